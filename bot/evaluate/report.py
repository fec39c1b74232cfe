"""Results -> lines of text."""

from collections import Counter
from collections.abc import Sequence

from bot.evaluate.measure import OUTCOMES, Result, by_kind


def table(results: Sequence[Result]) -> str:
    """Rows of each kind by outcome, in per cent, with the sums over rows in scope and out of scope."""
    head = f"{'kind':<14}{'rows':>6}" + "".join(f"{name:>12}" for name in OUTCOMES)
    lines = [head, *(_row(kind, counts) for kind, counts in by_kind(results).items())]
    for name, chosen in (("in scope", True), ("out of scope", False)):
        counts = Counter(result.outcome for result in results if result.case.in_scope is chosen and not result.case.chat)
        if counts:
            lines.append(_row(name, counts))
    return "\n".join(lines)


def _row(name: str, counts: Counter[str]) -> str:
    rows = sum(counts.values())
    return f"{name:<14}{rows:>6}" + "".join(f"{100 * counts[outcome] / rows:>11.1f}%" for outcome in OUTCOMES)


def failures(results: Sequence[Result]) -> str:
    """Each case that is not right, with what was said instead."""
    lines = []
    for result in results:
        good = ("right",) if result.case.in_scope or result.case.chat else ("refused",)
        if result.outcome not in good:
            said = (
                [answer.id for answer in result.reply.answers]
                or [option.id for option in result.reply.options]
                or [result.reply.reason or ""]
            )
            wanted = result.case.accept_all or result.case.accept or "no answer"
            lines.append(
                f"line {result.case.line}: {result.outcome}: {' '.join(result.case.message.split())[:100]}\n    got {said}, wanted {wanted}"
            )
    return "\n".join(lines)


def stances(results: Sequence[Result]) -> str:
    """How many stances were right, of the answered rows that have one."""
    judged = [result.stance_right for result in results if result.stance_right is not None]
    return f"stance: {sum(judged)} of {len(judged)} right" if judged else ""

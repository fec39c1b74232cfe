"""Items, suggestions and trials of the inbox as lines: no boxes, no columns, so that a screen reader can read them."""

from collections.abc import Iterable, Sequence

from bot.english.tokens import safe
from bot.evaluate.compare import Difference
from bot.inbox.asked import WHYS
from bot.inbox.items import Item
from bot.inbox.session import Proposal, diff

_LONGEST, _FEW = 160, 6
"""Characters of a question, and lines of a list, that are shown."""


def item_text(item: Item, place: int, count: int) -> str:
    """An item with all that is needed to judge it."""
    whys = ", ".join(f"{WHYS[why]} {times}" for why, times in item.whys)
    lines = [
        f"\nGroup {place} of {count}: asked {_times(item.times)}, {_trend(item)}. {whys[:1].upper()}{whys[1:]}.",
        f"  {_shown(item.wordings[0].text)}",
    ]
    if len(item.wordings) > 1:
        lines += [f"  also: {_shown(one.text)}" + (f" ({_times(one.times)})" if one.times > 1 else "") for one in item.wordings[1:_FEW]]
        more = len(item.wordings) - _FEW
        lines += [f"  and {more} more"] if more > 0 else []
        lines += [f"  These share {', '.join(map(str, item.shared))}."] if item.shared else ["  These share no single word."]
    if item.nearest:
        lines.append("  Nearest when asked: " + ", ".join(f"{_shown(name)} {score:.0f}" for name, score in item.nearest[:_FEW]) + ".")
    if item.chosen:
        lines.append(
            "  Chosen when asked back: " + ", ".join(f"{_shown(name)} {_times(times)}" for name, times in item.chosen[:_FEW]) + "."
        )
    lines += [f"  Comment: {_shown(text)}" for text in item.comments[:_FEW]]
    return "\n".join(lines)


def listed(items: Iterable[Item]) -> str:
    """Items a line each, those outside by design apart."""
    inside, outside = ([one for one in items if one.outside is apart] for apart in (False, True))
    lines = [f"To look at: {len(inside)}", *map(_line, inside)]
    lines += [f"Outside by design: {len(outside)}", *map(_line, outside)] if outside else []
    return "\n".join(lines)


def proposal_text(proposal: Proposal) -> str:
    """What a proposal would change: the files, how its own questions and others would be decided, and what it comes near."""
    trial = proposal.trial
    if trial.problems:
        return "\n".join(["This cannot be taken:", *(f"  {problem}" for problem in trial.problems[:_FEW])])
    lines = [diff(proposal.changes, trial.base.folder), ""]
    lines += [f"Comes near {', '.join(f'{name} ({score:.0f})' for name, score in trial.near)}."] if trial.near else []
    lines += _differences("Questions of this group that would be decided otherwise", trial.own)
    about = f"Of the {trial.asked} known questions most like it, decided otherwise"
    lines += _differences(about, trial.others)
    return "\n".join(lines)


def _differences(about: str, found: Sequence[Difference]) -> list[str]:
    if not found:
        return [f"{about}: none."]
    lines = [f"{about}: {len(found)}"]
    lines += [f"  {_shown(one.question)}: {one.old}, would be {one.new}" for one in found[:_FEW]]
    return [*lines, *([f"  and {len(found) - _FEW} more"] if len(found) > _FEW else [])]


def _line(item: Item) -> str:
    share = f"; share {', '.join(map(str, item.shared))}" if item.shared and len(item.wordings) > 1 else ""
    whys = ", ".join(WHYS[why] for why, _ in item.whys)
    return f"  {_times(item.times)}, {_trend(item)}: {_shown(item.wordings[0].text)} ({whys}{share})"


def _trend(item: Item) -> str:
    if item.before == item.after:
        return "as often as before"
    return f"{'more' if item.after > item.before else 'less'} than before ({item.before}, then {item.after})"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _shown(text: str) -> str:
    line = " ".join(safe(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"

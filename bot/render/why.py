"""A trace -> why this was the reply, in lines for a curator."""

from bot.candidates import Candidate
from bot.decide import Answered, Clarify
from bot.engine import Bot, Trace
from bot.evidence import Evidence
from bot.wording import Block

_SHOWN = 4


def why(trace: Trace, bot: Bot) -> tuple[Block, ...]:
    """How a reply came about: what was read, the candidates with their evidence, and the rule that decided."""
    query = trace.query
    found = [Block("text", f"Words: {' '.join(query.words[:60]) or '(none)'}")]
    found += [Block("text", f"Read as: {item.typed} -> {item.read}") for item in query.corrections]
    found += [Block("text", f"Synonym: {typed} -> {canonical}") for typed, canonical in query.synonyms]
    found += [Block("text", f"Name: {', '.join(value.name for value in mention.values)} ({mention.entity})") for mention in query.mentions]
    found.append(Block("heading", "Candidates, best first:"))
    found += [Block("related", f"{number}. {_candidate(item, bot)}") for number, item in enumerate(trace.evidence[:_SHOWN], 1)]
    found.append(Block("heading", f"Decision: {_decision(trace)}"))
    limits = f"threshold {bot.limits.threshold:.0f}, asking back from {bot.limits.ask:.0f}, margin {bot.limits.margin:g}"
    found.append(Block("dated", f"In force: {limits}; knowledge base {bot.kb.version}."))
    return tuple(found)


def _candidate(item: Evidence, bot: Bot) -> str:
    likeness = item.candidate
    views = f"words {likeness.words:.2f}, pieces {likeness.pieces:.2f}, pairs {likeness.pairs:.2f}, nearest wording {likeness.nearest:.2f}"
    parts = f"{views}; strength {item.strength:.2f}, lead {item.lead:+.2f}, doubt {item.doubt:.1f}; evidence {item.total:.1f}"
    unnamed = ", does not name what the message names" if item.unnamed else ""
    return f"{likeness.owner.id}: score {item.score:.1f} ({parts}{unnamed}), by {_wording(likeness, bot)}"


def _wording(candidate: Candidate, bot: Bot) -> str:
    """The wording that matched, with its file and line where it has one."""
    file, line = bot.index.files[bot.index.file[candidate.wording]], int(bot.index.lines[candidate.wording])
    return f"“{bot.index.wordings[candidate.wording]}”" + (f" ({file}:{line})" if line else "")


def _decision(trace: Trace) -> str:
    match trace.decision:
        case Answered(best, _):
            return f"answered from {best.candidate.owner.id}."
        case Clarify(options):
            return f"asked back between {', '.join(item.candidate.owner.id for item in options)}."
        case nothing:
            words = f": {', '.join(nothing.words)}" if nothing.words else ""
            return f"no answer ({nothing.reason}{words})."

"""A trace -> why this was the reply, in lines for a curator."""

from bot.candidates import Candidate
from bot.decide import Answered, Clarify
from bot.engine import Bot, Trace
from bot.evidence import Evidence
from bot.wording import Block

_SHOWN = 4


def why(trace: Trace, bot: Bot) -> tuple[Block, ...]:
    """How a reply came about: what was read, the candidates with their evidence, and the rule that decided."""
    query, settings = trace.query, bot.kb.settings
    found = [Block("text", f"Words: {' '.join(query.words[:60]) or '(none)'}")]
    found += [Block("text", f"Read as: {item.typed} -> {item.read}") for item in query.corrections]
    found += [Block("text", f"Synonym: {typed} -> {canonical}") for typed, canonical in query.synonyms]
    found += [Block("text", f"Name: {', '.join(value.name for value in mention.values)} ({mention.entity})") for mention in query.mentions]
    found.append(Block("heading", "Candidates, best first:"))
    found += [Block("related", f"{number}. {_candidate(item, bot)}") for number, item in enumerate(trace.evidence[:_SHOWN], 1)]
    found.append(Block("heading", f"Decision: {_decision(trace)}"))
    limits = f"threshold {settings.threshold:g}, asking back from {settings.ask:g}, margin {settings.margin:g}"
    found.append(Block("dated", f"In force: {limits}; knowledge base {bot.kb.version}."))
    return tuple(found)


def _candidate(item: Evidence, bot: Bot) -> str:
    parts = (
        f"similarity {item.similarity:.2f}, coverage {item.coverage:.2f}, strength {item.strength:.2f}, lead {item.lead:+.2f}, "
        f"unknown {item.unknown:.2f}"
    )
    unnamed = ", does not name what the message names" if item.unnamed else ""
    return f"{item.candidate.owner.id}: score {item.score:.1f} ({parts}{unnamed}), by {_wording(item.candidate, bot)}"


def _wording(candidate: Candidate, bot: Bot) -> str:
    """The wording that matched, with its file and line where it has one."""
    entry = bot.kb.entries.get(candidate.owner.id)
    line = int(bot.index.lines[candidate.wording])
    return f"“{bot.index.wordings[candidate.wording]}”" + (f" ({entry.file}:{line})" if entry and line else "")


def _decision(trace: Trace) -> str:
    match trace.decision:
        case Answered(best, _):
            return f"answered from {best.candidate.owner.id}."
        case Clarify(options):
            return f"asked back between {', '.join(item.candidate.owner.id for item in options)}."
        case nothing:
            words = f": {', '.join(nothing.words)}" if nothing.words else ""
            return f"no answer ({nothing.reason}{words})."

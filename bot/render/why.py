"""An explanation -> lines that tell a curator why the reply was this one."""

from collections.abc import Iterator

from bot.english.aspects import ASPECTS
from bot.explain import Explanation, Outcome, Parameters, Weighed
from bot.matching.candidates import Candidate
from bot.matching.evidence import DOUBT, LACKS, LEAD, NEAR, NEAREST, STRENGTH, UNCOVERED
from bot.reply import Block

_SHOWN = 4
_SETTLED = {
    "chosen": "a choice of what was offered or named before",
    "completed": "the last question, completed by this message",
    "language": "the language of the message",
    "cried": "words that tell of danger and of nothing else",
    "wordless": "a message that says nothing of its own is not answered",
}


def why(explained: Explanation, shown: int = _SHOWN) -> tuple[Block, ...]:
    """How a reply came about: how the message was understood, at most `shown` candidates with their evidence, and the rule that decided."""
    found = [Block("text", f"Words: {' '.join(explained.words[:60]) or '(none)'}")]
    if explained.looked_up != explained.asked:
        found.append(Block("text", f"Looked up as: {explained.looked_up}"))
    found += [Block("text", f"Read as: {item.typed} -> {item.read}") for item in explained.corrections]
    found += [Block("text", f"Synonym: {typed} -> {canonical}") for typed, canonical in explained.synonyms]
    found += [Block("text", f"Name: {name} ({entity})") for name, entity in explained.names]
    found.append(Block("heading", "Candidates, best first:"))
    found += [
        Block("related", f"{number}. {_candidate(item)}", number=number) for number, item in enumerate(explained.candidates[:shown], 1)
    ]
    if explained.unaccounted:
        found.append(Block("text", f"Not accounted for by the first: {', '.join(explained.unaccounted)}"))
    if explained.lost:
        found.append(Block("text", f"Runner-up: {explained.lost}"))
    if explained.parts:
        found.append(
            Block("text", f"A letter: evidence is the sum of what {len(explained.parts)} of its texts give, questions counting more.")
        )
    if explained.settled in _SETTLED:
        found.append(Block("text", f"Settled by: {_SETTLED[explained.settled]}."))
    found.append(Block("heading", f"Decision: {_decision(explained.outcome, explained.strange)}"))
    found.append(Block("dated", _force(explained.force)))
    return tuple(found)


def _candidate(item: Weighed) -> str:
    one = item.candidate
    views = f"words {one.words:.2f}, letter n-grams {one.ngrams:.2f}, word pairs {one.skip_bigrams:.2f}, words used alike {one.meaning:.2f}"
    views += f", nearest wording {one.nearest:.2f}"
    where = f" ({item.file}:{item.line})" if item.line else ""
    like = f"strength {item.strength:.2f} of {views}: “{item.wording}”{where}"
    if item.left_out:
        return f"{one.target.id}: left out, {item.left_out}; {like}"
    sums = f"{STRENGTH:g} x strength {LEAD:+g} x lead {item.lead:+.2f} {NEAREST:+g} x nearest {-DOUBT:+g} x doubt {one.doubt:.1f}"
    sums += f" {-UNCOVERED:+g} x not covered {one.uncovered:.2f}"
    sums += f" {-LACKS:+g} x lacks “{item.lacked}” {one.lacks:.2f}" if item.lacked else ""
    near = f" {NEAR:+g} x near {one.near:.1f}" if one.near else ""
    guards = "".join(f"; {text}" for text in _guards(one))
    return f"{one.target.id}: score {item.score:.1f}, evidence {item.total:.1f} = {sums}{near}{guards}; {like}"


def _guards(one: Candidate) -> Iterator[str]:
    """What speaks against an answer from a candidate, each guard by its name."""
    if one.unnamed:
        yield "unnamed: does not name what the message names"
    if one.foreign:
        yield f"unknown object: the base does not know {', '.join(one.foreign)}"
    if one.numbers:
        yield f"another number: does not hold {', '.join(one.numbers)}"
    if one.opposed:
        yield f"the contrary: does not hold {', '.join(one.opposed)}"
    if one.unsaid:
        yield f"aspect: does not say {ASPECTS[one.unsaid].said}"


def _decision(outcome: Outcome, strange: tuple[str, ...]) -> str:
    match outcome.decision:
        case "answer":
            return f"answered from {outcome.ids[0]}."
        case "clarify":
            return f"asked back between {', '.join(outcome.ids)}."
        case _:
            words = f": {', '.join(strange)}" if strange else ""
            return f"no answer ({outcome.reason}{words})."


def _force(force: Parameters) -> str:
    limits = f"threshold {force.limits.threshold:.0f}, asking back from {force.limits.ask:.0f}, margin {force.limits.margin:g}"
    fit = f"score = 100 / (1 + exp(-({force.fit.offset:.2f} {force.fit.slope:+.2f} x evidence)))"
    own = f"fitted to {force.fit.rows} questions left out or made up" if force.fit.rows else "the common fit"
    return f"In force: {limits}; {fit}, {own}; knowledge base {force.kb}."

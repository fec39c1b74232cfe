"""Whether somebody who denies a myth may be told "That is right". Rather not than wrongly: whoever is not told so gets the fact."""

from collections.abc import Sequence
from functools import lru_cache

from bot.answering.agreement import Proposition, contradicts, fact_of, holds, is_figure, is_name, proposition
from bot.answering.gist import Vote, balance
from bot.answering.stance import Reading, told_of
from bot.english.clauses import sentences
from bot.english.speech_acts import SpeechAct
from bot.knowledge import Entry, Usage

_ALIKE, _COVERED = 0.3, 0.7
"""How alike a message and the likest statement must be, and how much of the message that one must cover. Measured on our myths with each
statement left out in turn (tests/measure/left_out_statements.py): of 428 claims then unknown 10 are confirmed, of 363 denials 142."""


def confirms(message: str, read: Reading, entry: Entry, usage: Usage) -> bool:
    """Whether a message, as it was read beside a myth, is covered by a denial of the same polarity or by a claim of the contrary one.

    Either it repeats a denial word for word, or a denial or fact holds all that it says (bot.answering.agreement), or the likest
    statement covers it and the number of denying words points the same way. It names no figure and no name that the entry does not hold.
    """
    if read.stance != "denies_myth" or any(act.asks for act in read.acts):
        return False
    return _covers(message, read, entry, usage) and _names_known(message, entry, usage)


def _covers(message: str, read: Reading, entry: Entry, usage: Usage) -> bool:
    if literal := {*read.literal} - {0}:
        return literal == {-1}
    if balance(read.votes) >= 0:
        return False
    sign = _sign_by_facts(message, read.acts, entry, usage)
    return sign > 0 or (not sign and _supported(read.votes))


def _names_known(message: str, entry: Entry, usage: Usage) -> bool:
    """Whether the entry holds all figures and names of a message."""
    told = (entry.claim, entry.answer, entry.more, entry.why, entry.remember)
    texts = (entry.question, *entry.claims, *entry.denials, *(text for text in told if text))
    known = _words_of(texts, usage.organisation)
    used = [word for sentence in sentences(message, usage.organisation) for word in sentence.words if word != ","]
    return all(word in known or not (is_figure(word) or is_name(word, message)) for word in used)


@lru_cache(maxsize=1024)
def _words_of(texts: tuple[str, ...], organisation: str) -> frozenset[str]:
    return frozenset(word for text in texts for sentence in sentences(text, organisation) for word in sentence.words)


def _sign_by_facts(message: str, acts: Sequence[SpeechAct], entry: Entry, usage: Usage) -> int:
    """1 if a denial or fact holds all that the message says, or a claim turned round; -1 if it is the other way; else 0."""
    if len(acts) != 1:
        return 0
    point = proposition(acts[0].clauses, message, acts[0].sign, usage)
    told = (*told_of(entry), *((fact, -1) for fact in entry.facts))
    signs = {-side * sign for text, side in told if (sign := _sign(point, fact_of(text, usage)))}
    return signs.pop() if len(signs) == 1 else 0


def _sign(point: Proposition, fact: Proposition) -> int:
    return 1 if holds(point, fact) else -1 if contradicts(point, fact) else 0


def _supported(found: Sequence[Vote]) -> bool:
    """Whether the likest statement leaves it open or denies, and the likest one that fits and covers the message denies."""
    fitting = next((vote for vote in found if vote.fits and vote.alike >= _ALIKE and vote.covered >= _COVERED), None)
    return found[0].side <= 0 and fitting is not None and fitting.side < 0

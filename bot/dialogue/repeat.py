"""A follow-up whose answer was just told -> the part of it that answers, or that there is no more: no text is told twice in a row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.context import just_told
from bot.dialogue.conversation import Conversation, nearness
from bot.dialogue.resolution import Chosen, Repeated, Resolution, resolution
from bot.english.followup_phrases import AMOUNT_WORDS, AMOUNTS_ASKED, OF_ME, SAY_LITTLE, THING_MEANT, TO_READER
from bot.english.followups import Followup, own_words
from bot.english.sentences import Span, asks
from bot.english.tokens import fold
from bot.english.words import GENERIC, STOP_WORDS
from bot.knowledge import Entry
from bot.matching.candidates import in_wordings
from bot.matching.decision import Clarify, NoAnswer
from bot.matching.match import Matcher
from bot.matching.query import Lexicon, named, wording_query

FAIR = 1 / 2
"""How far above the threshold, as a share of the way to 100, another entry must be to be told instead of a sentence of the last answer
that holds all words of a follow-up. Chosen on tests/content/followups_blind.yaml."""

_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)\s+(?=[A-Z\u201c\"(])")
_TELLING = 2  # words by which a sentence of the last answer is told from another entry
_SPARED = 3  # of so many words of a follow-up a sentence that answers may lack one


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a follow-up asks for: the stems of its own words, and the pattern of the amount, time or date that it wants to know, if any."""

    words: frozenset[str]
    amount: re.Pattern[str] | None


def held(found: Resolution, question: Span, followup: Followup, conversation: Conversation) -> Resolution:
    """The resolution of a follow-up, or in place of an answer that was just told the part of it that the follow-up asks for."""
    topic = conversation.topic
    if topic is None or conversation.within or isinstance(found.outcome, Chosen):
        return found
    leans = followup.dependent or followup.short or followup.vague
    if found.entry == topic.id and _same_names(found, conversation):
        told = topic.id in conversation.context.told
        return _repeated(found, question, followup, conversation) if leans or told else found
    if not leans or _surely(found, question, conversation):
        return found
    instead = _repeated(found, question, followup, conversation)
    missed = isinstance(found.outcome, NoAnswer) and found.outcome.reason == "below-threshold" and not conversation.context.age
    return instead if instead.entry or (missed and followup.dependent) else found


def _surely(found: Resolution, question: Span, conversation: Conversation) -> bool:
    """Whether a follow-up is answered by another entry, or by what is no entry, rather than by a sentence of the last answer: with little
    doubt, or because no sentence holds all its words, and there are not enough to tell."""
    outcome, matcher = found.outcome, conversation.matcher
    if isinstance(outcome, NoAnswer | Clarify):
        return found.how == "language" or (isinstance(outcome, NoAnswer) and outcome.outside is not None)
    if found.entry is None or found.score >= matcher.limits.above(FAIR):
        return True
    wanted = wanted_of(question.text, matcher.lexicon)
    told = conversation.entries[conversation.context.topic or ""]
    if len(wanted.words) < _TELLING and wanted.amount is None:
        return True
    return not any(wanted.words <= _stems(part, matcher.lexicon) for part in _sentences(told))


def _same_names(found: Resolution, conversation: Conversation) -> bool:
    """Whether a message names nothing that the last question did not name: "and Fiji?" is answered anew."""
    return named(found.match.query) <= named(conversation.matcher.read(conversation.context.asked))


def _repeated(found: Resolution, question: Span, followup: Followup, conversation: Conversation) -> Resolution:
    """The part of the last answer that a follow-up asks for; none if it was told just now."""
    topic, matcher = conversation.entries[conversation.context.topic or ""], conversation.matcher
    wanted = wanted_of(question.text, matcher.lexicon)
    part = part_that_answers(topic, wanted, matcher) or (
        _gist(topic, question, matcher.lexicon) if _about_it(wanted, followup, conversation) else None
    )
    fresh = part if part and not just_told(conversation.context, part) else None
    return resolution(question, found.match, "repeated", Repeated(topic.id, fresh))


def _about_it(wanted: Wanted, followup: Followup, conversation: Conversation) -> bool:
    """Whether a follow-up asks about the thing itself ("where do I get that?"), perhaps by one word that stands near the topic ("is it a
    trick?") or by words that can be said of anything, if the wordings of the topic say them ("is it free?"): what the last answer says
    first answers it, if anything does."""
    if wanted.amount or followup.why or not followup.dependent:
        return False
    own, lexicon = own_words(followup.text), conversation.matcher.lexicon
    said = frozenset(_stems(" ".join(own), lexicon))
    if own and set(own) <= SAY_LITTLE and not THING_MEANT.search(fold(followup.text)):
        return False
    if own and set(own) <= SAY_LITTLE:
        return any(said <= _stems(part, lexicon) for part in _sentences(conversation.entries[conversation.context.topic or ""]))
    if set(own) <= GENERIC:
        return said <= in_wordings(conversation.context.topic or "", said, conversation.matcher.index)
    close = nearness(conversation)
    if not followup.vague or not asks(followup.text):
        return False
    return any(wanted.words <= in_wordings(name, wanted.words, conversation.matcher.index) for name in close)


def wanted_of(message: str, lexicon: Lexicon) -> Wanted:
    """What a follow-up asks for, by its own words."""
    plain = fold(message)
    amount = next((told for asked, told in AMOUNTS_ASKED if asked.search(plain)), None)
    little = SAY_LITTLE | GENERIC | STOP_WORDS | (AMOUNT_WORDS if amount else frozenset())
    own = " ".join(word for word in own_words(message) if word not in little)
    return Wanted(frozenset(_stems(own, lexicon)), amount)


def part_that_answers(entry: Entry, wanted: Wanted, matcher: Matcher) -> str | None:
    """The sentence of an entry that holds what a follow-up asks for: of several the one that holds most of its words, of equal ones the
    first. Words that stand in the entry's wordings may lack, unless an amount is asked for: it would be that of something else. None if
    there is no such sentence."""
    if not wanted.amount and all(word.isdigit() for word in wanted.words):
        return None
    told = [part for part in _sentences(entry) if not wanted.amount or wanted.amount.search(part)]
    elsewhere = in_wordings(entry.id, wanted.words, matcher.index) if not wanted.amount else frozenset()
    lacking = [_lacking(part, wanted.words, elsewhere, matcher.lexicon) for part in told]
    fitting = [(less, at) for at, less in enumerate(lacking) if less is not None]
    return told[min(fitting)[1]] if fitting else None


def holds(name: str, text: str, conversation: Conversation) -> bool:
    """Whether an entry holds what a message that leans on something says of its own."""
    wanted = wanted_of(text, conversation.matcher.lexicon)
    if not wanted.words and not wanted.amount:
        return True
    return part_that_answers(conversation.entries[name], wanted, conversation.matcher) is not None


def tells(name: str, wanted: Wanted, conversation: Conversation) -> bool:
    """Whether an entry may tell what a follow-up wants: its wordings and sentences hold at least half of its words, and one of its
    sentences the amount, if one is wanted."""
    entry, lexicon = conversation.entries[name], conversation.matcher.lexicon
    told = [*_sentences(entry)]
    if wanted.amount and not any(wanted.amount.search(part) for part in told):
        return False
    words = frozenset(word for word in wanted.words if not word.isdigit())
    held = in_wordings(name, words, conversation.matcher.index) | {stem for part in told for stem in _stems(part, lexicon)}
    return 2 * len(words & held) >= len(words)


def _lacking(part: str, words: frozenset[str], held: frozenset[str], lexicon: Lexicon) -> int | None:
    """How many of some words a sentence lacks; None if it lacks too many that are not held elsewhere."""
    lacking = words - _stems(part, lexicon)
    spared = len(words) // _SPARED if len(lacking) < len(words) else 0
    return len(lacking) if len(lacking - held) <= spared else None


def _gist(entry: Entry, question: Span, lexicon: Lexicon) -> str | None:
    """What an entry tells first: if there is such a sentence, one that holds the words of the follow-up, and one that concerns its reader
    where the follow-up asks for that ("how do I get one")."""
    told = tuple(_sentences(entry))
    own = _stems(" ".join(own_words(question.text)), lexicon)
    holding = [part for part in told if own <= _stems(part, lexicon)] or told
    personal = [part for part in holding if TO_READER.search(part)] if OF_ME.search(fold(question.text)) else []
    return next(iter((*personal, *holding)), None)


def _sentences(entry: Entry) -> Iterator[str]:
    """The sentences that an entry tells, then its facts; none of an entry whose text depends on the name that was asked about."""
    if entry.by_status:
        return
    for text in (entry.answer, entry.remember, entry.more):
        for paragraph in (text or "").split("\n\n"):
            yield from (part for part in _SENTENCE.split(" ".join(paragraph.split())) if part)
    yield from entry.facts


def _stems(text: str, lexicon: Lexicon) -> set[str]:
    return set(wording_query(text, lexicon).readings[0])

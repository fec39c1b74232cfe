"""A message in a conversation -> what it leans on: a choice of what was offered, a correction, an ellipsis, a pronoun."""

from dataclasses import dataclass, replace

from bot.english.followup_phrases import (
    BETWEEN_US,
    BOTH,
    CARDINALS,
    CONJOINED,
    CORRECTION,
    DISPUTED,
    ELLIPSIS,
    FIRM_YES,
    MORE,
    NAMES_SOMEBODY,
    NEW_TOPIC,
    NO,
    NOT_ASKED,
    NUMBER_CHOICE,
    OF_IT,
    OF_SOMEBODY,
    ORDINAL_CHOICE,
    OTHER,
    PLACES,
    POINTING,
    REJECTED,
    SOURCES,
    SURE,
    THANKED,
    WHY,
    YES,
)
from bot.english.forms import ORDINALS
from bot.english.sentences import asks, asks_outright, has_question_word
from bot.english.tokens import fold, plain_words
from bot.english.words import ASKED_ANYHOW, GENERIC, KEPT_IN_FOLLOWUPS, STOP_WORDS

_FEW = 2  # words of its own that a message has at most which goes on from a "yes"


@dataclass(frozen=True, slots=True)
class Followup:
    """How a message leans on what was said before.

    text: what remains to be looked up. choice: a number said, from 1. place: an ordinal said, from 0, -1 for the last. rejected: the
    places of what is not meant of that which was offered. yes, no, both, more, other, not_asked, correction: such a phrase was found;
    firm: a yes that is more than "ok"; disputed: it contradicts the last answer ("wrong, they left"); why: "why" or "why not" and nothing
    else; sources: "who told you that"; sure: "are you sure".
    dependent: the rest has a pronoun or an ellipsis; short: it has hardly a word of its own;
    vague: what it says of "it" could be said of anything ("how long does it take", "is it a trick").
    """

    text: str
    choice: int | None = None
    place: int | None = None
    rejected: tuple[int, ...] = ()
    yes: bool = False
    firm: bool = False
    no: bool = False
    both: bool = False
    more: bool = False
    sources: bool = False
    sure: bool = False
    other: bool = False
    not_asked: bool = False
    correction: bool = False
    disputed: bool = False
    why: str = ""
    dependent: bool = False
    short: bool = False
    vague: bool = False


def parse_followup(message: str) -> Followup:
    """How a message leans on what was said before, by its own words alone."""
    text = _fresh(message)
    plain = fold(text)
    rest = after_yes(text)
    if rest is None:
        return _parsed(text)
    if not own_words(rest) and not has_question_word(rest):
        return Followup(text, yes=True, firm=bool(FIRM_YES.search(plain)))
    found = _parsed(rest)
    return found if len(own_words(rest)) > _FEW else replace(found, dependent=True)


def after_yes(text: str) -> str | None:
    """What follows the "yes" that a text begins with; None if it begins with none, or only thanks or chooses."""
    plain = fold(text)
    yes = YES.match(plain)
    return text[yes.end() :] if yes and not THANKED.search(plain) and not _chosen(text, plain) else None


def _parsed(text: str) -> Followup:
    """The same of a text that does not begin with a "yes"."""
    plain = fold(text)
    if chosen := _chosen(text, plain):
        return chosen
    if wrong := NOT_ASKED.search(plain):
        rest = (text[: wrong.start()] + text[wrong.end() :]).strip(" ,.!?")
        if not own_words(rest):
            return Followup(text, not_asked=True)
        return replace(_parsed(rest), not_asked=True, dependent=True, disputed=_disputes(text, plain))
    return replace(_leaning(text, plain), disputed=_disputes(text, plain))


def _disputes(text: str, plain: str) -> bool:
    """Whether a text contradicts what was said by a statement: "wrong, they left in 1999"."""
    against = DISPUTED.match(plain)
    rest = text[against.end() :] if against else ""
    return bool(own_words(rest)) and not asks(rest) and not CORRECTION.match(fold(rest))


def _chosen(text: str, plain: str) -> Followup | None:
    """A message that chooses, refuses or wants more, and says nothing else."""
    if refused := REJECTED.match(" ".join(plain_words(text))):
        places = PLACES.findall(refused["before"] or refused["after"])
        return Followup(text, rejected=tuple(map(_place, places))) if not refused["instead"] else _parsed(refused["instead"])
    if number := NUMBER_CHOICE.match(plain):
        return Followup(text, choice=int(CARDINALS.get(number[1], number[1])))
    if ordinal := ORDINAL_CHOICE.match(plain):
        return Followup(text, place=ORDINALS[ordinal["which"]])
    if NO.match(plain):
        return Followup(text, no=True)
    wants = {"both": BOTH, "more": MORE, "sources": SOURCES, "sure": SURE}
    found = {name: bool(phrase.match(plain)) for name, phrase in wants.items()}
    return _wanting(text, **found) if any(found.values()) else None


def _place(said: str) -> int:
    """The place that an ordinal or a number means, from 0, -1 for the last."""
    return ORDINALS[said] if said in ORDINALS else int(CARDINALS.get(said, said)) - 1


def _wanting(text: str, *, both: bool, more: bool, sources: bool, sure: bool) -> Followup:
    return Followup(text, both=both, more=more, sources=sources, sure=sure)


def _leaning(text: str, plain: str) -> Followup:
    """How a text leans by a correction, a pronoun or an ellipsis."""
    correction = CORRECTION.match(plain)
    rest = text[correction.end() :] if correction else text
    return Followup(
        rest,
        other=bool(OTHER.search(plain)) and not own_words(OTHER.sub(" ", plain)),
        correction=bool(correction),
        why=_why(plain),
        dependent=bool(correction) or depends(rest),
        short=len(own_words(rest)) < 2 and not BETWEEN_US.search(plain),
        vague=bool(OF_IT.search(plain))
        and (set(own_words(rest)) <= GENERIC or (len(own_words(rest)) < 2 and not has_question_word(plain))),
    )


def _why(plain: str) -> str:
    found = WHY.match(plain)
    return ("why not" if found[1] else "why") if found else ""


def _fresh(message: str) -> str:
    """The message without the words that say that something new begins."""
    new = NEW_TOPIC.match(fold(message))
    return message[new.end() :] if new and own_words(message[new.end() :]) else message


def depends(text: str) -> bool:
    """Whether a text has a pronoun or an ellipsis that points to something said before."""
    plain = fold(text)
    return bool(ELLIPSIS.match(plain) or POINTING.search(plain) or _of_somebody(plain)) or (
        len(own_words(text)) < 2 and not BETWEEN_US.search(plain) and (has_question_word(plain) or asks_outright(plain))
    )


def _of_somebody(plain: str) -> bool:
    """Whether a text says "his" or "her" of somebody whom it does not name before: "will her picture be shown"."""
    said = OF_SOMEBODY.search(plain)
    return bool(said and not NAMES_SOMEBODY.search(plain[: said.start()]))


def own_words(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning of their own."""
    return tuple(word for word in plain_words(text) if word in KEPT_IN_FOLLOWUPS or (word not in STOP_WORDS and word not in ASKED_ANYHOW))


def conjuncts(text: str) -> tuple[str, ...]:
    """The things that a text names side by side: ("red notice", "diffusion whats the diff")."""
    return tuple(part for part in CONJOINED.split(text) if own_words(part))

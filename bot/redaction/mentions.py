"""Names of people whom a message is about: "is there a red notice for ...", "... was convicted", "wanted person: ...".

A run is a sequence of words that may be a name. It is hidden if a cue of the base is near or a date of birth follows, and with it the runs
joined to it by a comma or "and", and the date of birth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.english.words import COORDINATORS, STOP_WORDS
from bot.redaction.field import Field
from bot.redaction.tokens import Message, message_of
from bot.redaction.words import AUXILIARIES, BEFORE_NAMES, BEFORE_PLACES, BIRTH_WORDS, CALENDAR, HONORIFICS, PARTICLES, ROLES, TITLES

_LONGEST = 6
"""Words of a name, at most. A longer run of words that are not English is another language."""

_TO_DATE = 7
"""Words and marks between a name and the date of birth after it, at most: "..., Polish citizen from Gdynia, born on the ..."."""

_BEFORE = BEFORE_NAMES | HONORIFICS | frozenset((*ROLES, *TITLES, ":"))
"""What stands directly before a person who is named."""

_JOINS = COORDINATORS | frozenset(",&/;")


@dataclass(frozen=True, slots=True)
class _Run:
    """tokens[first:last] may be a name of `size` words; `unusual` of them are neither English nor the base's."""

    first: int
    last: int
    size: int
    unusual: int
    capitalised: bool

    @property
    def is_full(self) -> bool:
        """Whether it looks like a full name wherever it stands."""
        return self.size > 1 and (self.unusual > 1 or (self.capitalised and self.unusual > 0))


def hide(text: str, field: Field) -> str:
    """The text with [name] for the people whom it is about, and [date of birth] for the dates that follow their names."""
    message = message_of(text, field)
    runs = list(_runs(message))
    chosen = _joined(message, runs, [_is_name(message, run) for run in runs])
    names = [(run.first, run.last) for run, is_name in zip(runs, chosen, strict=True) if is_name]
    tags = [(place, place + 1) for place, token in enumerate(message.tokens) if token.text == "[name]"]
    dated = {(first, last): _birth_date(message, last) for first, last in (*names, *tags)}
    halves = {place for (first, last), date in dated.items() if date is not None for place in _other_half(message, first, last)}
    spans = {(first, last, "[name]") for first, last in names} | {(place, place + 1, "[name]") for place in halves}
    dates = {(date, date + 1, "[date of birth]") for date in dated.values() if date is not None and message.tokens[date].kind != "tag"}
    return _replaced(text, [(message.tokens[first].start, message.tokens[last - 1].end, tag) for first, last, tag in sorted(spans | dates)])


def _replaced(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, tag in spans:
        parts += [text[at:start], tag]
        at = end
    return "".join((*parts, text[at:]))


def _runs(message: Message) -> Iterator[_Run]:
    place = 0
    while place < len(message.tokens):
        last = _end_of_run(message, place)
        run = _run(message, place, last)
        if run:
            yield run
        place = max(last, place + 1)


def _end_of_run(message: Message, first: int) -> int:
    last = first
    while last < len(message.tokens) and (last == first or message.is_touching(last)) and _belongs(message, last):
        last += 1
    return last


def _belongs(message: Message, place: int) -> bool:
    if message.at(place) == ".":
        return place > 0 and not message.ends_sentence(place) and message.is_marked(place - 1)
    return message.may_be_name(place) or message.is_marked(place) or (message.at(place) in PARTICLES and not message.is_cue(place))


def _run(message: Message, first: int, last: int) -> _Run | None:
    """The run of these tokens and of the ordinary words at its ends that belong to it; None if no word of it may be a name."""
    while last > first and not (message.may_be_name(last - 1) or message.is_marked(last - 1)):
        last -= 1
    if any(message.is_unusual(place) for place in range(first, last)):
        first, last = _widened(message, first, last)
    words = [place for place in range(first, last) if message.tokens[place].kind == "word"]
    unusual = sum(message.is_unusual(place) for place in words)
    capitalised = all(message.tokens[place].capitalised for place in words if message.at(place) not in PARTICLES)
    run = _Run(first, last, len(words), unusual, capitalised and not message.loud)
    possible = any(message.may_be_name(place) for place in words)
    return run if possible or (run.capitalised and run.size > 1) else None


def _widened(message: Message, first: int, last: int) -> tuple[int, int]:
    """Names are English words too ("hardy", "comfort"): the one before the run, after "is" or a cue or at the start of what is said of the
    person; the one after, before "is" or a cue."""
    before = first - 1
    if before >= 0 and message.is_touching(first) and _is_loose(message, before):
        starts = message.ends_sentence(before - 1) and (message.at(last) in AUXILIARIES or message.is_cue(last))
        first = before if starts or _opens(message, before) else first
    if last < len(message.tokens) and message.is_touching(last) and _is_loose(message, last):
        capitalised = message.tokens[last].capitalised and message.tokens[last - 1].capitalised and not message.loud
        last += capitalised or (last - first == 1 and _opens(message, first) and _closes(message, last + 1))
    return first, last


def _is_loose(message: Message, place: int) -> bool:
    """Whether a word that has a meaning may be part of a name next to an unusual word."""
    token = message.tokens[place]
    if (
        place < 0
        or token.kind != "word"
        or len(token.text) == 1
        or message.cues[place]
        or token.low in STOP_WORDS | CALENDAR
        or token.low in _BEFORE
    ):
        return False
    return (token.capitalised and not token.text.isupper() and not message.loud) or not message.field.is_ordinary(token.low)


def _opens(message: Message, place: int) -> bool:
    """Whether a person may be named from a place on, by what stands before it."""
    return message.at(place - 1) in _BEFORE or message.is_cue(place - 1)


def _closes(message: Message, place: int) -> bool:
    """Whether a name may end before a place, by what stands there."""
    at = message.at(place)
    return message.ends_sentence(place) or message.is_cue(place) or at in AUXILIARIES | BEFORE_PLACES or at in ("on", "for", ",", "(")


def _is_name(message: Message, run: _Run) -> bool:
    """Whether what stands around a run makes it a name."""
    if run.size > _LONGEST or message.at(run.first - 1) in BEFORE_PLACES:
        return False
    if not (run.unusual or (run.capitalised and run.size > 1)):
        return False
    if run.unusual and (run.is_full or message.at(run.last) in (",", "(")) and _birth_date(message, run.last) is not None:
        return True
    near = message.near[run.first] or message.near[run.last - 1]
    if run.is_full:
        return near or any(message.cues) or message.at(run.last) == "here"
    return near and _is_in_place(message, run)


def _is_in_place(message: Message, run: _Run) -> bool:
    """Whether a run stands directly where a person is named: after "is", "against", a title or a cue, or before a cue."""
    if _opens(message, run.first):
        return run.capitalised or run.size > 1 or _closes(message, run.last)
    begins = message.ends_sentence(run.first - 1) and message.at(run.last) in AUXILIARIES
    return (begins or message.is_cue(run.last)) and (run.capitalised or run.size > 1)


def _joined(message: Message, runs: Sequence[_Run], chosen: list[bool]) -> list[bool]:
    """Chosen as well: runs joined by a comma or "and" to a chosen one or to a name that is already hidden."""
    for place, run in enumerate(runs):
        chosen[place] = chosen[place] or _is_beside_tag(message, run)
    for order in (range(1, len(runs)), range(len(runs) - 2, -1, -1)):
        for place in order:
            other = place - 1 if order.step > 0 else place + 1
            first, second = sorted((place, other))
            joined = chosen[other] and _are_joined(message, runs[first], runs[second])
            chosen[place] = chosen[place] or (joined and message.at(runs[place].first - 1) not in BEFORE_PLACES)
    return chosen


def _are_joined(message: Message, first: _Run, second: _Run) -> bool:
    return 0 < second.first - first.last <= 2 and all(message.at(place) in _JOINS for place in range(first.last, second.first))


def _is_beside_tag(message: Message, run: _Run) -> bool:
    after = message.at(run.first - 1) in _JOINS and message.at(run.first - 2) == "[name]"
    return after or (message.at(run.last) in _JOINS and message.at(run.last + 1) == "[name]")


def _birth_date(message: Message, end: int) -> int | None:
    """The place of the date of birth, or of its tag, after a name that ends at `end`."""
    for place in range(end, min(end + _TO_DATE, len(message.tokens))):
        token = message.tokens[place]
        is_year = token.kind == "number" and len(token.text) == 4 and message.at(place - 1) in BIRTH_WORDS
        if token.kind == "date" or is_year or token.text == "[date of birth]":
            return place
        if message.ends_sentence(place) or message.is_cue(place) or token.low in AUXILIARIES:
            return None
    return None


def _other_half(message: Message, first: int, last: int) -> Iterator[int]:
    """Of a name with a date of birth the half that is an English word, before or after a comma ("Wells, Igor", "Sahin, Aurora")."""
    if message.at(first - 1) == "," and message.ends_sentence(first - 3) and _is_half(message, first - 2):
        yield first - 2
    if message.at(last) == "," and message.at(last + 2) in (",", "(") and _is_half(message, last + 1):
        yield last + 1


def _is_half(message: Message, place: int) -> bool:
    return _is_loose(message, place) and not message.field.is_ordinary(message.at(place))

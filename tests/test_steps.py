"""What a reply takes grows with the length of a message or of a base, not with its square: steps are counted, no time is measured."""

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

import pytest
from test_imports import OWN

from bot import Bot
from bot.english.email import HEADER_LENGTH, HEADER_LINES, body
from bot.english.followups import parse_followup
from bot.english.openings import opens_as_question, stripped
from bot.imports.found import Synonyms
from bot.imports.group import group
from bot.knowledge import Entry, subjects_of
from bot.lint.examples import an_entry

CLAIM = "A Red Notice is an arrest warrant"
LESS, MORE = 4_000, 8_000  # characters
MOST = 2.5  # times as many steps for twice the text


def steps(bot: Bot, text: str) -> int:
    """The calls, of Python and of C, that a reply takes once what it needs is loaded."""
    bot.ask(text)
    return calls(partial(bot.ask, text))


def calls(of: Callable[[], object]) -> int:
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        of()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("filler", ["so, ", "okay, ", "yes ", "no, ", "and ", "right? ", "is ", "my brother says that "])
@pytest.mark.parametrize("place", ["before", "after"])
def test_fillers_around_a_claim_take_steps_in_proportion(bot: Bot, filler: str, place: str) -> None:
    def text(size: int) -> str:
        filled = filler * ((size - len(CLAIM)) // len(filler))
        return f"{filled}{CLAIM}" if place == "before" else f"{CLAIM}, {filled}"

    assert steps(bot, text(MORE)) <= MOST * steps(bot, text(LESS))


@pytest.mark.parametrize(
    "unit", ["what is it? ", "who pays and ", "gvfrx qltzp? ", "- a\n", "On the ", "Kind regards,\n", "> what is it\n"]
)
def test_units_again_and_again_take_steps_in_proportion(bot: Bot, unit: str) -> None:
    assert steps(bot, unit * (MORE // len(unit))) <= MOST * steps(bot, unit * (LESS // len(unit)))


def test_topics_one_in_the_other_take_steps_in_proportion() -> None:
    """Each entry belongs to the one before it: a table of all subjects walks no way twice."""
    short, long = (_Followed({at: an_entry(id=at, topic=str(int(at) + 1)) for at in map(str, range(size))}) for size in (1_000, 2_000))
    assert calls(partial(subjects_of, long)) <= MOST * calls(partial(subjects_of, short))
    assert set(subjects_of(long).values()) == {"1999"}


def test_a_circle_of_topics_is_one_subject() -> None:
    topics = {"a": "b", "b": "c", "c": "b", "d": "gone", "e": "e"}
    assert subjects_of({name: an_entry(id=name, topic=topic) for name, topic in topics.items()}) == dict(zip("abcde", "cccde", strict=True))


class _Followed(dict[str, Entry]):
    """Entries whose every look-up is a call."""

    def __getitem__(self, name: str) -> Entry:
        return super().__getitem__(name)


@pytest.mark.parametrize("word", ["yes", "no", "ok", "right", "wrong", "another question: yes"])
def test_a_word_again_and_again_never_recurses(word: str) -> None:
    for joint in (" ", ", ", ". "):
        parse_followup(f"{word}{joint}" * 3_000)
    words = tuple(part for _ in range(3_000) for part in (*word.split(), ","))
    assert stripped(words) == stripped(stripped(words))
    opens_as_question(words)


def test_lines_are_looked_through_for_quoted_mail_up_to_a_length_and_a_number() -> None:
    said = "I have waited for a year for your letter about the boat that was taken from me, and nobody has written a word to me so far.\n\n"
    header = "On 3 May 2026 at 10:00, The Office wrote:"
    assert "quoted" not in body(f"{said}{header}\nThis is quoted.")
    assert "quoted" in body(f"{said}{header.replace('The', 'The' + ' very' * HEADER_LENGTH)}\nThis is quoted.")
    assert "quoted" in body("a line\n" * HEADER_LINES + f"{said}{header}\nThis is quoted.")


def test_synonyms_of_an_import_are_not_all_compared_anew_for_each_list() -> None:
    few, many = ([Synonyms(f"list {number}", (f"w{number}", f"v{number}")) for number in range(count)] for count in (200, 400))
    assert calls(lambda: group(many, "s.json", "a source", OWN)) < MOST * calls(lambda: group(few, "s.json", "a source", OWN))


def test_codes_of_a_base_are_looked_up_at_once() -> None:
    """A question with codes takes about as many steps whether a base knows twenty or two hundred."""
    few, many = (steps(Bot.from_entries(_with_codes(count)), "is part x1a or x9z or x8z or x7z there") for count in (20, 200))
    assert many < 1.5 * few


def _with_codes(count: int) -> list[dict[str, object]]:
    parts = {"id": "parts", "question": "Which parts do you have?", "alternates": [f"is part x{number}a there" for number in range(count)]}
    return [{**parts, "answer": "All of them."}, {"id": "hours", "question": "When are you open?", "answer": "From nine."}]

"""What a reply takes grows with the length of a message, not with its square: steps are counted, no time is measured."""

import sys
from types import FrameType

import pytest

from bot import Bot
from bot.english.email import HEADER_LENGTH, HEADER_LINES, body
from bot.english.followups import parse_followup
from bot.english.openings import opens_as_question, stripped

CLAIM = "A Red Notice is an arrest warrant"
LESS, MORE = 4_000, 8_000  # characters
MOST = 2.5  # times as many steps for twice the text


def steps(bot: Bot, text: str) -> int:
    """The calls, of Python and of C, that a reply takes once what it needs is loaded."""
    bot.ask(text)
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        bot.ask(text)
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

"""What speaks against answering from an entry although it is about the right thing, each guard by its name."""

from pathlib import Path

import pytest
import yaml

from bot import Bot
from bot.render.why import why

TABLE = yaml.safe_load(Path(__file__).with_name("guards.yaml").read_text("utf-8"))
NAMES = ("aspect", "another number", "the contrary", "unknown object")


@pytest.fixture(scope="module")
def museum() -> Bot:
    return Bot.from_entries(TABLE["entries"])


def spoken(bot: Bot, text: str, entry: str) -> set[str]:
    """The guards that /why tells of an entry."""
    line = next(block.text for block in why(bot.explain(text)[0], 9) if f". {entry}: " in block.text)
    return {name for name in NAMES if f"; {name}: " in line}


@pytest.mark.parametrize("row", TABLE["rows"], ids=lambda row: row["ask"])
def test_a_guard_speaks_where_the_entry_does_not_hold_what_is_asked(row: dict[str, str], museum: Bot) -> None:
    assert spoken(museum, row["ask"], row["entry"]) == {row["guard"]} - {"none"}
    reply = museum.ask(row["ask"])
    assert row["guard"] == "none" or row["entry"] not in [answer.id for answer in reply.answers]
    assert (reply.reason == "not-said") <= (row["guard"] == "aspect")


def test_what_our_sources_do_not_say_is_told_first_and_what_is_known_is_offered(museum: Bot) -> None:
    reply = museum.ask("when was the round tower built")
    assert (reply.status, reply.reason) == ("clarify", "not-said")
    assert reply.text.startswith("Our sources do not say when it began.")
    assert [option.id for option in reply.options][:1] == ["tower"]


def test_an_answer_that_is_kept_elsewhere_says_nothing_of_what_it_lacks() -> None:
    bot = Bot.from_entries([{"id": "tower", "questions": ["What is the Round Tower?", "tell me about the round tower"], "answer": "A7"}])
    assert spoken(bot, "when was the round tower built", "tower") == set()

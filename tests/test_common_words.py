"""What the wordings of an entry have in common and a question lacks makes the entry less sure, and /why names it."""

import pytest

from bot import Bot
from bot.render.why import why

ENTRIES = [
    {
        "id": "wool",
        "questions": ["How do I wash a wool jumper?", "wash wool", "is wool washed by hand", "wool in cold water"],
        "answer": "By hand, in cold water.",
    },
    {
        "id": "parcel",
        "questions": ["How do I send a parcel?", "post a parcel", "parcel by boat", "weight of a parcel"],
        "answer": "At the counter.",
    },
    {
        "id": "hours",
        "questions": ["When do you open?", "opening hours", "are you open today", "open on Monday"],
        "answer": "From nine to five.",
    },
]
LACKED = [("how do I wash curtains", "wool"), ("is wool washed by hand then", None)]


@pytest.fixture(scope="module")
def bot() -> Bot:
    return Bot.from_entries(ENTRIES)


@pytest.mark.parametrize(("asked", "lacked"), LACKED)
def test_the_first_lacks_what_its_wordings_share_or_nothing(bot: Bot, asked: str, lacked: str | None) -> None:
    first = bot.explain(asked)[0].candidates[0]
    assert first.lacked == lacked
    assert (first.candidate.lacks > 0) == (lacked is not None)


def test_who_says_the_common_word_is_surer_of_an_answer(bot: Bot) -> None:
    (said, lacks) = (bot.explain(text)[0].candidates[0] for text in ("wash my wool scarf", "wash my scarf"))
    assert said.candidate.target == lacks.candidate.target
    assert lacks.total is not None
    assert said.total is not None
    assert lacks.total < said.total
    assert "lacks “wool”" in "".join(block.text for block in why(bot.explain("wash my scarf")[0]))


def test_a_word_that_is_used_alike_stands_for_the_common_one_in_part(bot: Bot) -> None:
    said, alike, other = (
        next(item.candidate.lacks for item in bot.explain(f"how do I send a {thing}")[0].candidates if item.candidate.target.id == "parcel")
        for thing in ("parcel", "package", "piano")
    )
    assert 0 == said < alike < other

"""How often a message is read: each text of it once, however many stages look at it."""

from dataclasses import replace

import pytest

from bot import Bot
from bot.dialogue.context import load
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import resolutions
from bot.matching.query import Query

RED_NOTICE = "what is a red notice"


@pytest.mark.parametrize(
    ("turns", "most"),
    [
        pytest.param([RED_NOTICE], 1, id="a plain question"),
        pytest.param(["is Norway a member"], 1, id="a question with a name"),
        pytest.param(["is Norway a member", "why?"], 3, id="a reason after an answer"),
        pytest.param(["is Norway a member", "and Fiji?"], 3, id="another name after an answer"),
        pytest.param(["Is Norway a member, and who pays for INTERPOL?"], 3, id="two questions in a sentence"),
        pytest.param(["What is a Red Notice? Who pays for INTERPOL?"], 3, id="two questions"),
    ],
)
def test_each_text_is_read_once(bot: Bot, turns: list[str], most: int) -> None:
    read: set[str] = set()
    matcher = bot.matcher

    def noted(text: str) -> Query:
        read.add(text)
        return matcher.read(text)

    context = load(bot.after(turns[:-1]), bot.kb.entries, bot.clock())
    assert resolutions(turns[-1], Conversation(context, replace(matcher, read=noted), bot.kb.entries))
    assert len(read) <= most, read

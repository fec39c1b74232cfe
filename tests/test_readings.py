"""How often a message is read and looked up: each text and each query of it once, however many stages look at it."""

from dataclasses import replace

import pytest

from bot import Bot
from bot.dialogue.context import load
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import resolutions
from bot.matching import candidates
from bot.matching.candidates import Candidate
from bot.matching.index import Index
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


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("What is a Red Notice? Who pays for INTERPOL?", id="two questions"),
        pytest.param("My brother was arrested in Spain. Can they extradite him? How long does it take?", id="a story and two questions"),
        pytest.param("Dear Sir or Madam,\n\nmy boat was stolen. May I report it?\n\nKind regards,\nOla", id="a letter"),
    ],
)
def test_each_query_is_looked_up_once(bot: Bot, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[Query] = []
    find = candidates.find

    def noted(query: Query, index: Index) -> tuple[Candidate, ...]:
        looked_up.append(query)
        return find(query, index)

    monkeypatch.setattr(candidates, "find", noted)
    bot.ask(text)
    assert len(looked_up) > 1
    assert len(looked_up) == len(set(looked_up))

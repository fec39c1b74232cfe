"""What an empty chat offers: the entries given most often, by the question log; and the topics."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import Bot
from bot.knowledge import themes_of
from bot.questionlog.record import AnswerRecord, QuestionRecord
from bot.questionlog.store import Store
from bot.serve.beginnings import OFFERED, Beginnings, examples

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def asked(reply: str, *entries: str, days: int = 1) -> QuestionRecord:
    """A reply with these entries, some days ago."""
    given = tuple(AnswerRecord(entry, "1", 90.0) for entry in entries)
    return QuestionRecord(reply, NOW - timedelta(days=days), "widget", reply, "what", "answer", None, given, 90.0, "kb", 1.0)


GIVEN = (["owner", "bags"], ["bags", "bags"], ["owner", "bags"], *[["no-such-entry"]] * 4, ["history"])
RECORDS = [asked(f"new {number}", *given) for number, given in enumerate(GIVEN)]
RECORDS += [asked(f"old {number}", "location", days=40) for number in range(9)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(f"sqlite:///{tmp_path}/questions.db")
    found.write(RECORDS)
    return found


def test_the_most_frequent_of_the_last_month_that_are_still_there_come_first(store: Store, shop: Bot) -> None:
    beginnings = Beginnings(store, lambda: NOW)
    assert beginnings.asked(shop) == []
    beginnings.refresh()
    found = beginnings.asked(shop)
    assert [entry.id for entry in found] == ["bags", "owner", "history"]
    further = examples(shop, found)
    assert len(found) + len(further) == OFFERED
    assert not set(map(id, found)) & set(map(id, further))
    store.close()


def test_without_a_log_there_are_examples_of_several_topics(shop: Bot) -> None:
    beginnings = Beginnings(None)
    beginnings.refresh()
    assert beginnings.asked(shop) == []
    assert set(themes_of(examples(shop, []))) == set(themes_of(shop.kb.entries.values()))


def test_without_its_database_what_was_read_stays(store: Store, shop: Bot) -> None:
    beginnings = Beginnings(store, lambda: NOW)
    beginnings.refresh()
    store.close()
    beginnings.store = Store("postgresql://127.0.0.1:1/none")
    beginnings.refresh()
    assert beginnings.asked(shop) != []

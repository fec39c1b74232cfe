"""The shipped base held to its sources: every sentence mapped, every figure in the fact it rests on, nothing of the seeds lost."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import Bot
from bot.knowledge import Entry

HERE = Path(__file__).parent
AUDIT: dict[str, list[dict[str, Any]]] = yaml.load((HERE / "audit.yaml").read_text("utf-8"), yaml.BaseLoader)
FACTS: dict[str, dict[str, Any]] = yaml.load((HERE / "facts.yaml").read_text("utf-8"), yaml.BaseLoader)
COVERAGE: list[dict[str, Any]] = yaml.load((HERE / "coverage.yaml").read_text("utf-8"), yaml.BaseLoader)

NO_FACT = {"none-on-file", "advice"}
"""For a sentence that says that something is not known to us, or that tells somebody in danger what anybody would."""

MONTHS = "january february march april may june july august september october november december".split()


def figures(text: str) -> list[str]:
    """The numbers of a text and, as three letters, the months beside them."""
    text = re.sub(r"I-24/7", "", text)
    found = [number.replace(",", "").rstrip(".") for number in re.findall(r"\d[\d,.]*\d|\d", text)]
    return found + [month[:3].lower() for month in re.findall(r"[A-Z][a-z]+", text) if month.lower() in MONTHS]


def _dated(day: str | None) -> list[str]:
    """The figures of a date: year, month as three letters, day."""
    year, *rest = (day or "").split("-")
    return [year, *(MONTHS[int(month) - 1][:3] for month in rest[:1]), *(str(int(number)) for number in rest[1:])]


def _texts(entry: Entry) -> str:
    told = (entry.answer, *entry.points, *entry.steps, entry.more, *entry.by_status.values(), entry.why, entry.remember)
    return " ".join(" ".join(text.split()) for text in told if text)


def _cited(bot: Bot, entry: Entry) -> set[str]:
    entity = bot.kb.entities.get(entry.entity or "")
    of_values = [citation for value in entity.values for citation in value.sources] if entity else []
    return {citation.id for citation in (*entry.sources, *(entity.sources if entity else ()), *of_values)}


def _rows(bot: Bot) -> Iterator[tuple[Entry, dict[str, Any]]]:
    for name, rows in AUDIT.items():
        for row in rows:
            yield bot.kb.entries[name], row


def test_every_sentence_of_every_entry_is_mapped(bot: Bot) -> None:
    assert set(AUDIT) == set(bot.kb.entries)
    for entry in bot.kb.entries.values():
        mapped = sorted(word for row in AUDIT[entry.id] for word in row["sentence"].split())
        assert mapped == sorted(_texts(entry).split()), f"{entry.id}: map its sentences again in tests/content/audit.yaml"
        assert all(row["sentence"] in _texts(entry) for row in AUDIT[entry.id])


def test_every_row_is_one_sentence(bot: Bot) -> None:
    several = [row["sentence"] for _, row in _rows(bot) if re.search(r"[a-z]{3}[.!?] [A-Z][a-z]+ [a-z]+ [a-z]+", row["sentence"])]
    assert several == []


def test_every_sentence_rests_on_a_fact_of_a_source_that_its_entry_cites(bot: Bot) -> None:
    for entry, row in _rows(bot):
        facts = [fact for fact in row["facts"] if fact not in NO_FACT]
        cited = _cited(bot, entry)
        assert row["facts"], row
        assert set(facts) <= set(FACTS), row
        assert not facts or NO_FACT & set(row["facts"]) or row["source"] in cited, row
        assert not facts or NO_FACT & set(row["facts"]) or any(row["source"] in FACTS[fact]["sources"] for fact in facts), row


def test_figures_and_dates_occur_in_the_fact_or_date_its_source(bot: Bot) -> None:
    for entry, row in _rows(bot):
        facts = [fact for fact in row["facts"] if fact not in NO_FACT]
        told = {figure for fact in facts for figure in FACTS[fact]["figures"]}
        for name in {name for fact in facts for name in FACTS[fact]["sources"]} & _cited(bot, entry):
            source = bot.kb.sources[name]
            told |= {*figures(source.title), *_dated(source.published), *_dated(source.checked)}
        strange = set(figures(row["sentence"])) - told if facts else set()
        assert not strange, (row, strange)


def test_nothing_of_the_seeds_is_lost(bot: Bot) -> None:
    letters = {"F": (1, 18), "L": (1, 22)}
    rows = [row["row"] for row in COVERAGE]
    for letter, (first, last) in letters.items():
        assert {int(re.sub(r"\D", "", row)) for row in rows if row.startswith(letter)} == set(range(first, last + 1))
    assert len(rows) == len(set(rows))
    for row in COVERAGE:
        assert bool(row.get("entries")) != bool(row.get("left_out")), row
        assert set(row.get("entries", ())) <= set(bot.kb.entries), row


def test_every_topic_of_the_start_is_answerable(bot: Bot) -> None:
    assert len(bot.kb.entries) >= 108
    assert sum(entry.kind == "myth" for entry in bot.kb.entries.values()) >= 15


def _words(entry: Entry) -> int:
    return sum(len(text.split()) for text in (entry.answer, *entry.points, *entry.steps, entry.why, entry.remember) if text)


def test_answers_are_short(bot: Bot) -> None:
    """At most 60 words, 80 for the longest tenth; a myth with its cause and its last sentence 90."""
    faq = sorted(_words(entry) for entry in bot.kb.entries.values() if entry.kind == "faq")
    assert faq[int(0.9 * len(faq))] <= 60
    assert faq[-1] <= 80
    assert [entry.id for entry in bot.kb.entries.values() if entry.kind == "myth" and _words(entry) > 90] == []


def test_where_a_fact_comes_from_stands_with_the_source(bot: Bot) -> None:
    """No "By a law blog's account, ..." in a sentence; who says it and when it was read is told by the line of the source."""
    hedge = re.compile(r"\bBy (?:an?|the) [^.,]{0,40}(?:account|page|article|blog)|\bBy (?:press|law)|\bwe follow\b|read in a copy")
    assert [entry.id for entry in bot.kb.entries.values() if hedge.search(_texts(entry))] == []


def _newest(bot: Bot, entry: Entry) -> str:
    """The newest date among what an entry cites and the years that its text names."""
    published = [bot.kb.sources[name].published or "" for name in _cited(bot, entry)]
    return max([*published, *re.findall(r"\b(?:19|20)\d\d\b", _texts(entry))], default="")


def test_no_answer_is_dated_later_than_the_newest_of_its_sources(bot: Bot) -> None:
    """`as_of` is the date of the newest fact, never the day on which a page was read."""
    undated = {entry.id: entry.as_of for entry in bot.kb.entries.values() if entry.as_of and entry.as_of[:4] > _newest(bot, entry)[:4]}
    known = [
        name for name, day in undated.items() if not any(bot.kb.sources[one].published is None for one in _cited(bot, bot.kb.entries[name]))
    ]
    assert known == []
    assert not [name for name, day in undated.items() if day and day >= "2026"]


def test_what_an_assembly_may_change_is_due_before_it_meets(bot: Bot) -> None:
    for entry in bot.kb.entries.values():
        if "Assembly of November 2026" in _texts(entry) or "in Hong Kong in November 2026" in _texts(entry):
            assert "2026" < (entry.review_by or "") < "2026-11-15", entry.id
    assert (bot.kb.entities["country"].review_by or "") < "2026-11-15"


FIGURES_OF_ONE_DATE = {r"196 (?:member|of)": "28 November 2023|27 November 2025|2025|January 2026"}
"""A figure that several entries give, and the dates that may stand beside it."""


@pytest.mark.parametrize("figure", FIGURES_OF_ONE_DATE)
def test_a_figure_has_one_date_in_all_entries(figure: str, bot: Bot) -> None:
    for _, row in _rows(bot):
        if re.search(figure, row["sentence"]) and re.search(r"\b20\d\d\b", row["sentence"]):
            assert re.search(FIGURES_OF_ONE_DATE[figure], row["sentence"]), row


def test_entries_have_as_many_alternates_as_were_asked_for(bot: Bot, intents: Path) -> None:
    files = [file for kind in ("faq", "myths") for file in (intents / kind).rglob("*.yaml")]
    entries = [yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) for file in files]
    counts = {entry["id"]: len(entry["alternates"]) for entry in entries}  # a base that comes from the cache has them in its index alone
    assert counts.keys() == bot.kb.entries.keys()
    assert [name for name, count in counts.items() if not 8 <= count <= 25] == []


@pytest.mark.parametrize("row", [pytest.param(row, id=row["row"]) for row in COVERAGE if row.get("entries")])
def test_what_the_seeds_hold_is_reached_in_two_plain_wordings(row: dict[str, Any], bot: Bot) -> None:
    for message in row["say"]:
        assert {answer.id for answer in bot.ask(message).answers} & set(row["entries"]), message
    assert len(row["say"]) == 2

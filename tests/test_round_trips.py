"""What is exported and imported again is the same base, as far as the row of its format in intents/README.md says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import SHOP
from orders import read_base

from bot.commands import import_
from bot.exports import FORMATS
from bot.exports.format import EVERYTHING, Subject
from bot.exports.table import entries
from bot.kb.convert import items_of
from bot.kb.files import read_folder
from bot.kb.items import Item
from bot.kb.read import from_items
from bot.knowledge import Entry, KnowledgeBase

DAY = date(2026, 11, 29)

FIRST_DAY: list[Item] = [
    {"type": "settings", "handoff": "Ring the desk.", "organisation": {"name": "The pool", "checked": "2026-11"}},
    {
        "type": "source",
        **{"id": "rules", "title": "House rules", "publisher": "The pool", "kind": "internal"},
        **{"url": "https://example.org/rules", "published": "2026-01", "checked": "2026-11", "via": "live"},
    },
    {"type": "synonyms", "word": "pool", "synonyms": ["swimming bath", "lido"]},
    {
        **{"id": "hours", "theme": "visit", "question": "When is the pool open?"},
        "alternates": ["opening hours", "open on sunday?", 'what does "early" mean'],
        "answer": "From 7 to 20.\n\nOn Sundays from 9 to 18, in 2026.",
        **{"as_of": "2026-03", "related": ["reach"], "sources": [{"id": "rules", "at": "page 2"}], "facts": ["The pool opens at 7"]},
    },
    {
        **{"id": "reach", "theme": "visit", "question": "How do I reach you?", "alternates": ["e-mail", "phone number"]},
        "answer": "Write to desk@example.org, ring +44 20 7946 0000, or see https://example.org/a_b?c=1&d=2.",
    },
    {
        **{"id": "ticket", "theme": "visit", "question": "How do I buy a ticket?", "alternates": ["ticket machine"]},
        **{"answer": "At the machine by the door:", "steps": ["Choose a day.", "Pay by card."], "topic": "hours"},
    },
    {
        **{"id": "bring", "theme": "rules", "question": "What may I bring?", "alternates": ["may i eat there", "toys"]},
        **{"answer": "You may bring:", "points": ["towels", "goggles", "food, but no glass"]},
        "not": [{"say": "may i bring a dog", "see": "dogs"}],
    },
    {
        **{"id": "dogs", "theme": "rules", "question": "Are dogs allowed?"},
        "alternates": ["my dog", "-5 degrees and a dog", "@the pool with a dog"],
        **{"answer": "No. It costs 2 * 3 = 6 euros (about $7) to leave <one> with us & the cat_sitter.", "review_by": "2030-01-01"},
    },
    {
        **{"id": "sale", "theme": "rules", "question": "Is there a sale?", "alternates": ["reduced price"]},
        **{"answer": "-20 % on all tickets.", "expires": "2031-01-01", "as_of": "2026-11-01", "more": "Not for clubs."},
    },
]  # fmt: skip
"""What somebody writes on the first day: plain answers, with what easily gets lost on the way."""


@pytest.fixture(scope="module")
def first_day() -> KnowledgeBase:
    kb, problems = from_items(FIRST_DAY, {}, "")
    assert problems == []
    return kb


@pytest.fixture(scope="module")
def wares() -> KnowledgeBase:
    return read_base(SHOP / "base")


def there_and_back(name: str, subject: Subject, folder: Path) -> KnowledgeBase:
    """The base that an import makes of an export."""
    output = FORMATS[name].write(subject)
    for file, content in output.files.items():
        (folder / "out" / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / "out" / file).write_bytes(content)
    source = folder / "out" if FORMATS[name].several else folder / "out" / next(iter(output.files))
    assert import_.run([str(source), "--to", str(folder / "in"), "--yes"], lambda: DAY) == 0
    return read_base(folder / "in")


def rows(kb: KnowledgeBase) -> Mapping[str, Mapping[str, str]]:
    """What each entry says, by its id and then by key. What has no source rests on the import itself, afterwards."""
    head, *found = entries(Subject(kb, DAY, ""))
    return {row[0]: {key: "" if cell == "imported" else cell for key, cell in zip(head, row, strict=True)} for row in found}


def differences(name: str, before: KnowledgeBase, after: KnowledgeBase) -> list[tuple[str, str, str, str]]:
    """(id, key, as it was, as it came back) of what a format holds and does not give back."""
    new, held = rows(after), FORMATS[name].holds
    return [
        (entry, key, _published(was, key, held), new.get(entry, {}).get(key, ""))
        for entry, was in rows(before).items()
        for key in sorted({key for key in (*was, *new.get(entry, {})) if key in held})
        if _published(was, key, held) != new.get(entry, {}).get(key, "")
    ]


def _published(was: Mapping[str, str], key: str, held: frozenset[str]) -> str:
    """A text as it was; where `more` has no place of its own, it stands below the answer."""
    more = was.get("more") if key == "answer" and "more" not in held else ""
    return f"{was.get(key, '')}\n\n{more}" if more else was.get(key, "")


FORMS = sorted(name for name in FORMATS if FORMATS[name].holds != EVERYTHING and name != "claimreview")
OWN = ("csv", "xlsx")
"""Tables with our own headings: no answer is composed of several keys there."""

QUOTED = (
    "hours",
    "alternates",
    'opening hours\nopen on sunday?\nwhat does "early" mean',
    "opening hours\nopen on sunday?\nwhat does 'early' mean",
)
"""QnABot's import of workbooks deletes double quotes."""


@pytest.mark.parametrize("name", FORMS)
def test_plain_entries_come_back(name: str, first_day: KnowledgeBase, tmp_path: Path) -> None:
    after = there_and_back(name, Subject(first_day, DAY, "The pool"), tmp_path)
    assert sorted(after.entries) == sorted(first_day.entries)
    assert differences(name, first_day, after) == ([QUOTED] if name == "qnabot-xlsx" else [])
    if "synonyms.yaml" in FORMATS[name].holds:
        assert after.synonyms == first_day.synonyms
    if "sources.yaml" in FORMATS[name].holds:
        assert after.sources["rules"] == first_day.sources["rules"]


@pytest.mark.parametrize("name", FORMS)
def test_the_shop_comes_back(name: str, wares: KnowledgeBase, tmp_path: Path) -> None:
    """Where an answer is one text, that of a myth has the claim in it, and of an entity the first name stands for all."""
    kb = replace(wares, entries=_plain(wares.entries)) if name in OWN else wares
    after = there_and_back(name, Subject(kb, DAY, "The shop"), tmp_path)
    lost = differences(name, kb, after)
    told = {(entry.id, "answer") for entry in kb.entries.values() if entry.claim} if name not in OWN else set()
    told |= {(entry.id, "alternates") for entry in kb.entries.values() if entry.claim or entry.entity} if name not in OWN else set()
    assert sorted(after.entries) == sorted(kb.entries)
    assert [one for one in lost if one[:2] not in told] == []


def _plain(found: Mapping[str, Entry]) -> dict[str, Entry]:
    """The entries that depend on no entity, without the others among what is related."""
    kept = {name: entry for name, entry in found.items() if not entry.entity}
    return {name: replace(entry, related=tuple(one for one in entry.related if one in kept)) for name, entry in kept.items()}


def test_claims_come_back_with_their_verdicts(wares: KnowledgeBase, tmp_path: Path) -> None:
    after = there_and_back("claimreview", Subject(wares, DAY, "Claims"), tmp_path)
    myths = replace(wares, entries={name: entry for name, entry in wares.entries.items() if entry.claim})
    assert differences("claimreview", myths, after) == []
    assert {entry.kind for entry in after.entries.values() if entry.claim} == {"myth"}


@pytest.mark.parametrize("name", ["jsonl", "yaml"])
def test_a_lossless_format_gives_all_back(name: str, first_day: KnowledgeBase, tmp_path: Path) -> None:
    for kb, items in ((first_day, FIRST_DAY), (read_base(SHOP / "base"), items_of(read_folder(SHOP / "base"), str(SHOP / "base")))):
        folder = tmp_path / str(len(items))
        if name == "jsonl":
            after = there_and_back(name, Subject(kb, DAY, "", items=lambda items=items: items), folder)  # type: ignore[misc]
        else:
            for file, content in FORMATS[name].write(Subject(kb, DAY, "", items=lambda items=items: items)).files.items():  # type: ignore[misc]
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_bytes(content)
            after = read_base(folder)
        assert rows(after) == rows(kb)
        assert (after.talk, after.synonyms, after.opposites, after.settings) == (kb.talk, kb.synonyms, kb.opposites, kb.settings)
        assert [entity.values for entity in after.entities.values()] == [entity.values for entity in kb.entities.values()]


def test_what_names_no_source_gets_none_and_a_source_of_the_imports_id_stays(tmp_path: Path) -> None:
    source = {"id": "imported", "title": "An earlier FAQ", "publisher": "Us", "kind": "internal", "checked": "2026-01", "via": "live"}
    bare: Item = {"id": "fish", "question": "Is there a fish?", "alternates": ["any fish here"], "answer": "No."}
    items: list[Item] = [
        bare,
        {"type": "source", **source},
        {**bare, "id": "cat", "question": "Is there a cat?", "alternates": ["a cat here"], "sources": [{"id": "imported"}]},
    ]
    kb, problems = from_items(items, {}, "")
    assert problems == []
    after = there_and_back("jsonl", Subject(kb, DAY, "", items=lambda: items), tmp_path)
    assert (after.settings.organisation, after.sources) == (None, kb.sources)
    assert [entry.sources for entry in after.entries.values()] == [entry.sources for entry in kb.entries.values()]

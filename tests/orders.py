"""A knowledge base with its parts in reverse order."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from conftest import TODAY

from bot import Bot
from bot.kb.files import read_folder
from bot.kb.read import read
from bot.knowledge import Entry, KnowledgeBase
from bot.matching import build_index, leave_out, query


def _turned(entry: Entry) -> Entry:
    return replace(entry, alternates=entry.alternates[::-1], further=entry.further[::-1], exclusions=entry.exclusions[::-1])


def _entries_turned(kb: KnowledgeBase) -> KnowledgeBase:
    return replace(kb, entries=dict([*kb.entries.items()][::-1]), talk=dict([*kb.talk.items()][::-1]))


def _alternates_turned(kb: KnowledgeBase) -> KnowledgeBase:
    talk = {name: replace(item, alternates=item.alternates[::-1]) for name, item in kb.talk.items()}
    return replace(kb, entries={name: _turned(entry) for name, entry in kb.entries.items()}, talk=talk)


def _synonyms_turned(kb: KnowledgeBase) -> KnowledgeBase:
    return replace(kb, synonyms={word: others[::-1] for word, others in [*kb.synonyms.items()][::-1]})


def read_base(folder: Path, *, files_turned: bool = False) -> KnowledgeBase:
    files = read_folder(folder)
    kb, problems = read(dict(reversed(files.items())) if files_turned else files, str(folder), "")
    assert problems == []
    return kb


def bot_of(kb: KnowledgeBase) -> Bot:
    index, words = build_index.build(kb), query.lexicon(kb)
    return Bot(kb, index, words, leave_out.calibrate(index, words), lambda: TODAY)


def turned(folder: Path) -> KnowledgeBase:
    """The base of a folder with everything in reverse order at once."""
    return _synonyms_turned(_alternates_turned(_entries_turned(read_base(folder, files_turned=True))))


ORDERS: dict[str, Callable[[Path], KnowledgeBase]] = {
    "files": lambda folder: read_base(folder, files_turned=True),
    "entries": lambda folder: _entries_turned(read_base(folder)),
    "alternates": lambda folder: _alternates_turned(read_base(folder)),
    "synonyms": lambda folder: _synonyms_turned(read_base(folder)),
    "everything": turned,
}

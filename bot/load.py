"""A folder -> a checked knowledge base and its index, from the cache if this content was built before."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cache import kept, shipped
from bot.errors import KnowledgeBaseError, Level, Problem
from bot.kb.files import content_hash, default_folder, read_folder
from bot.knowledge import KnowledgeBase
from bot.matching.calibration import PlattScaling
from bot.matching.index import Index
from bot.matching.query import Lexicon, lexicon

if TYPE_CHECKING:
    from bot.kb.items import Item

FOLDER_VARIABLE = "FACTOTUM_INTENTS"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A base, its index and its lexicon."""

    kb: KnowledgeBase
    index: Index
    lexicon: Lexicon
    fit: PlattScaling


def folder_of(path: str | Path | None) -> Path:
    """The folder to read: the one named, else the one of the environment variable, else the base that ships with Factotum."""
    return Path(path or os.environ.get(FOLDER_VARIABLE) or default_folder())


def load(path: str | Path | None = None) -> Loaded:
    """The base of a folder. Raises KnowledgeBaseError with every error of its structure and content.

    To notice later changes, take bot.kb.files.stamp_of(folder) before calling this, not after.
    """
    folder = folder_of(path)
    files = read_folder(folder)
    version = content_hash(files, folder)
    store = kept.file_for(version, folder)
    found = kept.read(store, Loaded)
    if found is None:
        found = shipped.read(version, folder, Loaded) or _build(files, folder, version)
        kept.write(store, found)
    return found


def ship(folder: Path, file: Path) -> None:
    """Writes the index of the base of a folder as the one that comes with the package. Raises KnowledgeBaseError, OSError."""
    files = read_folder(folder)
    version = content_hash(files, folder)
    shipped.write(version, _build(shipped.anywhere(files, folder), Path(shipped.ANYWHERE), version), file)


def load_rest(path: str | Path | None = None) -> tuple[Loaded, tuple[Problem, ...]]:
    """What can be read of a base with faults, and its errors: for somebody who works on it. It is not kept in the cache.

    Raises KnowledgeBaseError if nothing is left that could be answered.
    """
    folder = folder_of(path)
    files = read_folder(folder)
    kb, problems = examine(files, folder, content_hash(files, folder), date.min, ("error",))
    errors = tuple(problem for problem in problems if problem.level == "error")
    if not kb.entries:
        raise KnowledgeBaseError(errors)
    return built(kb), errors


def examine(
    files: dict[str, bytes], folder: Path, version: str, today: date, levels: tuple[Level, ...] = ("error", "warning")
) -> tuple[KnowledgeBase, list[Problem]]:
    """The base that files describe, as far as it can be read, and every problem of structure and content on a day, in order of place."""
    # Imported here: a base that comes from the cache needs neither the YAML parser nor the rules.
    from bot.kb.read import read
    from bot.lint import as_set, check

    kb, problems = read(files, str(folder), version)
    return kb, sorted([*as_set(problems, kb.settings), *check(kb, today, levels)])


def _build(files: dict[str, bytes], folder: Path, version: str) -> Loaded:
    # No rule of level error depends on the day: what loads today loads tomorrow.
    kb, problems = examine(files, folder, version, date.min, ("error",))
    errors = tuple(problem for problem in problems if problem.level == "error")
    if errors:
        raise KnowledgeBaseError(errors)
    return built(kb)


def with_entry(loaded: Loaded, item: "Item") -> Loaded:
    """The same with one entry more, in milliseconds; bot.matching.one_more says what differs from a base that is built anew. Raises
    KnowledgeBaseError."""
    from bot.kb import memory
    from bot.matching import one_more

    kb, entry = memory.with_entry(loaded.kb, item)
    words = one_more.lexicon_with(loaded.lexicon, entry)
    return Loaded(kb, one_more.index_with(loaded.index, words, kb, entry), words, loaded.fit)


def built(kb: KnowledgeBase) -> Loaded:
    """A base with its index, its lexicon and the fit of its scores."""
    # Imported here: a base that comes from the cache needs neither.
    from bot.matching import build_index, leave_out

    index, words = build_index.build(kb), lexicon(kb)
    return Loaded(kb, index, words, leave_out.calibrate(index, words))

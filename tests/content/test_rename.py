"""The code knows no organisation: under another name, throughout base and messages, every stance and every agreement stays the same."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answering.agreement import agreement
from bot.answering.stance import stance
from bot.kb.files import read_folder
from bot.kb.read import read
from bot.knowledge import KnowledgeBase
from bot.matching import query

HERE = Path(__file__).parent
PAIRS = [pair for name in ("stance", "stance_further") for pair in yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))]
STANCES: list[tuple[str, str]] = [(pair["myth"], pair[side]["say"]) for pair in PAIRS for side in ("one", "other")]
STATEMENTS: list[dict[str, Any]] = yaml.safe_load((HERE / "statements.yaml").read_text("utf-8"))
OLD = "Interpol"


def _renamed(text: str, name: str) -> str:
    """The text with another name of the organisation, in the case of the old one."""
    forms = {OLD: name, OLD.lower(): name.lower(), OLD.upper(): name.upper()}
    return re.sub(OLD, lambda found: forms.get(found[0], name.lower()), text, flags=re.IGNORECASE)


def _base(folder: Path, name: str) -> KnowledgeBase:
    """The base of a folder under another name: ids, files and texts."""
    files = {
        str(folder / _renamed(str(Path(path).relative_to(folder)), name)): _renamed(content.decode(), name).encode()
        for path, content in read_folder(folder).items()
    }
    kb, problems = read(dict(sorted(files.items())), str(folder), "")
    assert problems == []
    return kb


def _told(kb: KnowledgeBase, name: str) -> Iterator[tuple[str, str | None]]:
    """(message in the old name, stance or agreement under the new one) of every row."""
    new = partial(_renamed, name=name)
    lexicon = query.lexicon(kb)
    for myth, text in STANCES:
        yield text, stance(new(text), kb.entries[new(myth)], kb.usage)
    for row in STATEMENTS:
        entry, text = kb.entries[new(row["entry"])], new(row["say"])
        mentions = query.read(text, lexicon).mentions
        values = tuple(value for mention in mentions if mention.entity == entry.entity for value in mention.values)
        yield row["say"], agreement(text, entry, values, kb.usage)


@pytest.fixture(scope="module")
def told(intents: Path) -> list[tuple[str, str | None]]:
    return [*_told(_base(intents, OLD), OLD)]


def test_there_are_rows_that_are_told_apart(told: list[tuple[str, str | None]]) -> None:
    assert len(told) > 600
    assert {outcome for _, outcome in told} == {"asserts_myth", "denies_myth", "asks", "holds", "fails", None}


@pytest.mark.parametrize("name", ["Zorvane", "Quellith", "Brastow"])
def test_another_name_changes_no_stance_and_no_agreement(intents: Path, told: list[tuple[str, str | None]], name: str) -> None:
    renamed = _told(_base(intents, name), name)
    assert [(text, old, new) for (text, old), (_, new) in zip(told, renamed, strict=True) if old != new] == []

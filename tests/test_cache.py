"""What is kept between runs: nothing that could be executed, and nothing that is trusted unread."""

from pathlib import Path

import pytest
from base import write

from bot import Bot, cache, load

QUESTION = "how deep is the deepest ocean"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return write(tmp_path / "base")


def _kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").rglob("*.kb"))


def test_a_second_start_reads_the_same_from_the_cache(folder: Path, tmp_path: Path) -> None:
    fresh = Bot.load(folder)
    (file,) = _kept(tmp_path)
    kept = cache.read(file, load.Loaded)
    assert kept is not None
    assert kept.kb == fresh.kb
    assert kept.lexicon.names == fresh.lexicon.names
    assert kept.lexicon.speller.words == fresh.lexicon.speller.words
    assert kept.fit == fresh.fit
    assert kept.index.targets == fresh.index.targets
    assert Bot.load(folder).ask(QUESTION) == fresh.ask(QUESTION)


def test_a_change_of_content_is_seen_at_once(folder: Path, tmp_path: Path) -> None:
    before = Bot.load(folder).kb.version
    write(folder, {"synonyms.yaml": "ocean: [main]\n"})
    assert Bot.load(folder).kb.version != before
    assert len(_kept(tmp_path)) == 2


@pytest.mark.parametrize("damage", [b"", b"\x00" * 100, b"not ours\n", None])
def test_a_damaged_or_foreign_cache_is_rebuilt(damage: bytes | None, folder: Path, tmp_path: Path) -> None:
    reply = Bot.load(folder).ask(QUESTION)
    (file,) = _kept(tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]) if damage is None else damage)
    assert Bot.load(folder).ask(QUESTION) == reply
    assert _kept(tmp_path)[0].read_bytes() == content


def test_a_cache_folder_that_cannot_be_made_is_no_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way", "utf-8")
    assert Bot.load(folder).ask(QUESTION).status == "answer"


def test_old_bases_are_forgotten(folder: Path, tmp_path: Path) -> None:
    for number in range(12):
        write(folder, {"synonyms.yaml": f"ocean: [main{number}]\n"})
        Bot.load(folder)
    assert len(_kept(tmp_path)) == 8

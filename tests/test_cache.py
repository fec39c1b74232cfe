"""What is kept between runs: nothing that could be executed, and nothing that is trusted unread."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from base import write

from bot import Bot, load
from bot.cache import builder, kept, shipped
from bot.kb.files import content_hash, read_folder

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
    found = kept.read(file, load.Loaded)
    assert found is not None
    assert found.kb == fresh.kb
    assert found.lexicon.names == fresh.lexicon.names
    assert found.lexicon.speller.words == fresh.lexicon.speller.words
    assert found.fit == fresh.fit
    assert found.index.targets == fresh.index.targets
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


def test_the_bases_used_last_are_kept(folder: Path, tmp_path: Path) -> None:
    Bot.load(folder)
    (first,) = _kept(tmp_path)
    for number in range(12):
        write(folder, {"synonyms.yaml": f"ocean: [main{number}]\n"})
        Bot.load(folder)
        assert first in _kept(tmp_path)
        os.utime(first, (0, 0))
        write(folder)
        Bot.load(folder)


def test_what_killed_writers_left_behind_goes(folder: Path, tmp_path: Path) -> None:
    caches = tmp_path / "cache" / "factotum"
    strange = [caches / "tmp-of-somebody" / "letter.txt", caches / "questions.db"]
    for path in (caches / "tmp0" / "a.kb", caches / "b.draft", caches / "fresh.draft", *strange):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        os.utime(path, (0, 0))
    for path in (caches / "tmp0", caches / "tmp-of-somebody"):
        os.utime(path, (0, 0))
    os.utime(caches / "fresh.draft")
    Bot.load(folder)
    assert sorted(path for path in caches.rglob("*") if path.is_file() and path.suffix != ".kb") == sorted(
        [caches / "fresh.draft", *strange]
    )
    assert not (caches / "tmp0").exists()


def test_a_writer_that_fails_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    loaded = load.load(folder)
    (file,) = _kept(tmp_path)
    file.unlink()
    file.mkdir()  # in the way of the file that is to replace it
    kept.write(file, loaded)
    assert list(file.parent.iterdir()) == [file]


def test_without_a_home_folder_nothing_is_written(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "~/cache")  # as platformdirs gives it where there is no home to fill in
    monkeypatch.chdir(tmp_path)
    assert Bot.load(folder).ask(QUESTION).status == "answer"
    assert not (tmp_path / "~").exists()


def test_the_key_follows_the_content_of_the_code_whatever_its_time(tmp_path: Path) -> None:
    package = builder.PACKAGE
    shutil.copytree(package, tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__", "intents"))
    before = builder.code_hash(tmp_path / "bot")
    assert before == builder.code_hash(package)
    for name in ("load.py", "lint/advertising.py", "kb/read.py", "matching/synonyms.py", "english/stems.py", "english/wordlist.txt"):
        path = tmp_path / "bot" / name
        content, status = path.read_bytes(), path.stat()
        path.write_bytes(content[:-2] + content[-2:].swapcase()[::-1])
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert builder.code_hash(tmp_path / "bot") != before, name
        path.write_bytes(content)
    assert builder.code_hash(tmp_path / "bot") == before


def test_all_the_code_that_builds_a_base_is_in_the_key(folder: Path) -> None:
    code = "import sys; from bot import load; load.load(sys.argv[1]); print(*[name for name in sys.modules if name.startswith('bot.')])"
    loaded = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True).stdout.split()
    assert "bot.lint.advertising" in loaded
    rooms = {name.split(".")[1] for name in loaded if name.count(".") == 2}
    assert rooms <= set(builder.ROOMS)


@pytest.mark.parametrize("what", ["Stemmer.version", "np.__version__", "unidata_version"])
def test_what_is_built_with_other_versions_is_not_read(what: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Bot.load(folder)
    (file,) = _kept(tmp_path)
    monkeypatch.setattr(f"bot.cache.builder.{what}", (lambda: "9.9") if what.endswith(".version") else "9.9")
    builder.builder.cache_clear()
    try:
        assert kept.read(file, load.Loaded) is None
        assert kept.file_for("", folder) != file
    finally:
        monkeypatch.undo()
        builder.builder.cache_clear()


def test_old_bases_are_forgotten(folder: Path, tmp_path: Path) -> None:
    for number in range(12):
        write(folder, {"synonyms.yaml": f"ocean: [main{number}]\n"})
        Bot.load(folder)
    assert len(_kept(tmp_path)) == 8


@pytest.fixture
def ship(folder: Path, tmp_path: Path) -> tuple[str, Path, Path]:
    """(the version of the base, its folder, the file that would be shipped)."""
    file = tmp_path / "shipped.kb"
    load.ship(folder, file)
    return content_hash(read_folder(folder), folder), folder, file


def test_a_shipped_index_is_what_would_be_built(ship: tuple[str, Path, Path], tmp_path: Path) -> None:
    version, folder, file = ship
    found, built = shipped.read(version, folder, load.Loaded, file), load.load(folder)
    assert found is not None
    assert found.kb == built.kb
    assert found.index.files == built.index.files
    assert found.fit == built.fit
    elsewhere = shipped.read(version, tmp_path / "else where", load.Loaded, file)
    assert elsewhere is not None
    assert any(name.startswith(str(tmp_path / "else where")) for name in elsewhere.index.files)


@pytest.mark.parametrize("changed", ["files", "code", "stemmer", "content", "nothing"])
def test_a_shipped_index_fits_its_files_code_and_stemmer(
    changed: str, ship: tuple[str, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    version, folder, file = ship
    if changed == "files":
        version = version[::-1]
    if changed == "code":
        monkeypatch.setattr(shipped, "code_hash", lambda package, *, tables: "0" * 16)
    if changed == "stemmer":
        monkeypatch.setattr(shipped, "stems", lambda words: tuple("oceans" if word == "ocean" else word for word in words))
    if changed == "content":
        file.write_bytes(file.read_bytes().replace(b"ocean", b"ocaen", 1))
    assert (shipped.read(version, folder, load.Loaded, file) is None) is (changed != "nothing")


def test_an_index_is_shipped_whatever_the_times_of_the_tables(tmp_path: Path) -> None:
    shutil.copytree(builder.PACKAGE, tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__", "intents"), copy_function=shutil.copy)
    os.utime(tmp_path / "bot" / "english" / "thesaurus.npy", (0, 0))
    assert builder.code_hash(tmp_path / "bot", tables=True) == builder.code_hash(builder.PACKAGE, tables=True)
    assert builder.code_hash(tmp_path / "bot") != builder.code_hash(builder.PACKAGE)

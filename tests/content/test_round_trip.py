"""The shipped base goes into one file of JSON lines and comes back through the importer as it was."""

from pathlib import Path

from bot.imports.documents import files
from bot.imports.entries import Source
from bot.imports.files import files_of
from bot.imports.formats import own
from bot.imports.group import group
from bot.kb.convert import items_of
from bot.kb.files import read_folder
from bot.kb.items import Item
from bot.kb.lines import as_lines


def test_nothing_is_lost_on_the_way(intents: Path, tmp_path: Path) -> None:
    items = items_of(read_folder(intents), str(intents))
    (tmp_path / "base.jsonl").write_text(as_lines(items), "utf-8")
    made = group(own.read(files_of(tmp_path / "base.jsonl", "")), "base.jsonl", "", Source("imported", {}))
    again = items_of({f"in/{path}": content for path, content in files(made)}, "in")
    assert list(made.untaken()) == []
    assert sorted(map(_as_line, again)) == sorted(map(_as_line, items))


def _as_line(item: Item) -> str:
    return as_lines([dict(sorted(item.items()))])

"""factotum import: a FAQ in another format -> a knowledge base (extra `import` for pages, workbooks and Markdown)."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.commands.options import Parser
from bot.engine import Clock
from bot.errors import UsageError
from bot.evaluate.progress import counted
from bot.exits import NOT_ANSWERED, OK
from bot.imports.as_json import as_json
from bot.imports.as_table import as_table
from bot.imports.as_text import as_text, merged, preview
from bot.imports.entries import Import, Source
from bot.imports.files import File, files_of
from bot.imports.findings import examined
from bot.imports.formats import FORMATS, Format, by_format, named
from bot.imports.found import Found, Skipped
from bot.imports.group import group
from bot.imports.merge import has_organisation, merge, refuse_faults
from bot.imports.own_word import on_own_word, without_source
from bot.imports.write import REPORT, create, is_free, records_of, update
from bot.kb.files import replace_file

ABOUT = """Reads a FAQ and writes a knowledge base: a page saved from a browser, a sheet, or the export of another product. What would be
written is shown first; nothing is written without a yes."""


def run(arguments: list[str], clock: Clock) -> int:
    given = _parser().parse_args(arguments)
    source, folder = Path(given.source), Path(given.to)
    free = is_free(folder)
    if not free and not given.merge:
        raise UsageError(f"{folder} is not empty. Name a new folder, or add --merge to put the entries into the base that is there.")
    if given.report:
        _spare(source, Path(given.report))
    own = _own_source(source, given, clock())
    made, findings = examined(_resting(_read(source, given, own), own, given, free), clock())
    print(preview(made, findings))
    if given.report:
        _write_report(Path(given.report), made)
    if not made.drafts:
        raise UsageError(f"nothing was written: {source} holds no question with an answer.")
    return _create(folder, made, given) if free else _merge(folder, made, given)


def _parser() -> argparse.ArgumentParser:
    parser = Parser("import", ABOUT, intents=False)
    parser.add_argument("source", metavar="SOURCE", help="a file, a folder or a ZIP archive")
    parser.add_argument("--to", metavar="FOLDER", required=True, help="where the base is written: a new or an empty folder")
    parser.add_argument("--merge", action="store_true", help="put it into the base that is in FOLDER; what you changed there stays")
    parser.add_argument("--yes", action="store_true", help="write without asking")
    parser.add_argument("--format", metavar="NAME", help="what SOURCE is, if its content does not tell")
    parser.add_argument(
        "--columns", metavar="ROLE=NAME,…", help="of a table: question=NAME,answer=NAME, also alternates, theme, name, as_of, url"
    )
    parser.add_argument("--encoding", help="how the letters are written, if it cannot be told (utf-8, cp1252, utf-16 …)")
    parser.add_argument("--name", metavar="TEXT", help="whom the bot speaks for; shown below each answer that names no page")
    parser.add_argument("--handoff", metavar="TEXT", help="where a person is reached")
    parser.add_argument(
        "--report", metavar="FILE", help=f"also write the report here: .txt, .json or .csv (a table is always in FOLDER/{REPORT})"
    )
    return parser


def _read(source: Path, given: argparse.Namespace, rests_on: Source) -> Import:
    files = files_of(source, given.encoding or "")
    chosen, rest = _chosen(files, given.format)
    columns = _columns(given.columns)
    found = (one for form, own in chosen for one in form.read(own, columns))
    unread = (Skipped(file.name, "", "this file is in no format that we know") for file in rest)
    name = source.resolve().name
    about = ", ".join(form.ABOUT for form, _ in chosen)
    return group(counted(_all(found, unread), f"reading {name}", sys.stderr), name, about, rests_on)


_OWN = "imported"
"""The id of the source that an import rests on, in a base whose settings name no organisation."""


def _own_source(source: Path, given: argparse.Namespace, today: date) -> Source:
    """What an import rests on."""
    fields = {"title": f"FAQ ({source.resolve().name})", "publisher": given.name or "our own FAQ", "kind": "internal"}
    return Source(_OWN, fields | {"checked": today.isoformat()[:7], "via": "live"})


def _resting(made: Import, own: Source, given: argparse.Namespace, free: bool) -> Import:
    """The import with what its entries rest on: the organisation of the settings, which a new base gets if it needs one."""
    if not free:
        return without_source(made, own) if has_organisation(Path(given.to)) else made
    organisation = {"name": given.name or own.fields["title"], "checked": own.fields["checked"]}
    told = {"organisation": organisation, "addressee": given.name} if given.name else {}
    return on_own_word(made, own, told | ({"handoff": given.handoff} if given.handoff else {}), organisation)


def _all(*found: Iterable[Found]) -> Iterator[Found]:
    for one in found:
        yield from one


def _chosen(files: list[File], wanted: str | None) -> tuple[list[tuple[Format, list[File]]], list[File]]:
    """(each format with the files that it reads, the files that none reads)."""
    if wanted:
        return [(named(wanted), files)], []
    found, rest = by_format(files)
    if not found:
        known = "; ".join(f"{one.ABOUT} ({one.NAMES[0]})" for one in FORMATS)
        shown = files[0].name if len(files) == 1 else "these files"
        raise UsageError(f"{shown} is in no format that we know. There are: {known}. If it is one of them, name it with --format.")
    return [(named(name), own) for name, own in found.items()], rest


_ROLES = ("question", "answer", "alternates", "theme", "name", "as_of", "url")


def _columns(text: str | None) -> dict[str, str] | None:
    if not text:
        return None
    pairs = [part.partition("=") for part in text.split(",")]
    found = {role.strip(): name.strip() for role, _, name in pairs}
    if not {"question", "answer"} <= set(found) or not set(found) <= set(_ROLES) or not all(found.values()):
        raise UsageError(f"--columns: write it like question=NAME,answer=NAME. The roles are {', '.join(_ROLES)}.")
    return found


def _spare(source: Path, report: Path) -> None:
    """Raises UsageError if a report would be written over the source, or over a file of its folder."""
    if source.exists() and report.exists() and any(source.samefile(one) for one in (report, *report.resolve().parents)):
        raise UsageError(f"--report: {report} is what is imported. Name another file; nothing was written.")


def _write_report(path: Path, made: Import) -> None:
    forms = {".json": lambda: as_json(made).encode(), ".csv": lambda: as_table(made), ".txt": lambda: as_text(made).encode()}
    form = forms.get(path.suffix.lower())
    if form is None:
        raise UsageError(f"--report: {path} ends in none of .txt, .json and .csv.")
    try:
        replace_file(path, form())
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}.") from error


def _create(folder: Path, made: Import, given: argparse.Namespace) -> int:
    if not _agreed(f"Write {len(made.drafts):,} entries to {folder}?", given.yes):
        return NOT_ANSWERED
    try:
        create(folder, made, as_table(made))
    except OSError as error:
        raise UsageError(f"cannot write {folder}: {error.strerror}. Nothing was written.") from error
    _done(folder)
    return OK


def _merge(folder: Path, made: Import, given: argparse.Namespace) -> int:
    records = records_of(folder)
    found = merge(folder, made, records)
    refuse_faults(folder, found)
    lines = tuple(replace(line, entry=found.homes.get(line.entry, line.entry)) for line in made.lines)
    print(f"\n{merged(found, str(folder))}")
    if found.changes and not _agreed(f"Change {len(found.changes):,} files in {folder}?", given.yes):
        return NOT_ANSWERED
    try:
        update(folder, found, records | {made.name: found.record}, as_table(replace(made, lines=lines)))
    except OSError as error:
        raise UsageError(f"cannot write {error.filename}: {error.strerror}. Run the same command again.") from error
    if found.changes:
        _done(folder)
    return OK


def _agreed(question: str, yes: bool) -> bool:
    if yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        print("\nNothing was written. To write it, add --yes.")
        return False
    try:
        answer = input(f"\n{question} [y/N] ")
    except EOFError:
        answer = ""
    agreed = answer.strip().lower() in ("y", "yes")
    print("" if agreed else "Nothing was written.")
    return agreed


def _done(folder: Path) -> None:
    print(f"\nWritten. What became of each row: {os.path.join(folder, REPORT)}\nTalk to it:  factotum --intents {folder}")

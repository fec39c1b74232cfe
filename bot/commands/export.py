"""factotum export: a base in the format of another system, or as a page for readers."""

import argparse
import sys
from datetime import date
from pathlib import Path

from bot.commands.options import Parser
from bot.engine import Clock
from bot.errors import KnowledgeBaseError, UsageError
from bot.exits import OK
from bot.exports import FORMATS
from bot.exports.format import Format, Output, Subject
from bot.kb.convert import items_of
from bot.kb.files import content_hash, read_folder, replace_file
from bot.knowledge import Settings
from bot.load import examine, folder_of


def run(arguments: list[str], clock: Clock) -> int:
    given = _parser().parse_args(arguments)
    chosen = FORMATS[given.format]
    _check(given, chosen)
    output = chosen.write(_subject(given, clock()))
    if given.to:
        _write(output, given.to, chosen, force=given.force)
    else:
        _print(output)
    for note in output.notes:
        print(f"note: {note}", file=sys.stderr)
    return OK


def _parser() -> Parser:
    about = "Writes a knowledge base in another format, to a file, a folder or standard output. What a format has no place for is left out."
    parser = Parser("export", about)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "formats:\n" + "\n".join(f"  {one.name:<19} {one.about}" for one in FORMATS.values())
    parser.add_argument("--format", required=True, choices=FORMATS, metavar="FORMAT", help="one of those below")
    parser.add_argument("--to", type=Path, metavar="PATH", help="the file to write, or the folder for a format of several files")
    parser.add_argument("--force", action="store_true", help="write over what is there")
    parser.add_argument("--title", help="what stands over a page (default: 'Questions and answers about …', as settings.yaml says)")
    parser.add_argument("--url", help="the address at which the page will stand, for links to its entries")
    parser.add_argument("--author", help="who publishes it (default: the organisation of settings.yaml)")
    return parser


def _check(given: argparse.Namespace, chosen: Format) -> None:
    """Raises UsageError for what would be found out only after the work."""
    if chosen.several and not given.to:
        raise UsageError(f"{chosen.name} is several files: name a folder with --to.")
    if given.to and chosen.several and given.to.exists() and not given.to.is_dir():
        raise UsageError(f"{chosen.name} is several files, and {given.to} is no folder.")
    if given.to and not chosen.several and given.to.is_dir():
        raise UsageError(f"{given.to} is a folder: name a file.")
    if given.to and not given.to.parent.is_dir():
        raise UsageError(f"cannot write {given.to}: there is no folder {given.to.parent}.")


def _subject(given: argparse.Namespace, day: date) -> Subject:
    """The base as it stands in its files: the cache keeps no alternates. Raises KnowledgeBaseError for a base with errors."""
    folder = folder_of(given.intents)
    files = read_folder(folder)
    kb, problems = examine(files, folder, content_hash(files, folder), day, ("error",))
    errors = tuple(problem for problem in problems if problem.level == "error")
    if errors:
        raise KnowledgeBaseError(errors)
    author = given.author or (kb.settings.organisation.name if kb.settings.organisation else None)
    return Subject(kb, day, given.title or _title(kb.settings), given.url, author, lambda: items_of(files, str(folder)))


def _title(settings: Settings) -> str:
    """What stands over a page of a base that says no more than its settings."""
    name = settings.addressee or (settings.organisation.name if settings.organisation else "")
    return f"Questions and answers about {name}" if name else "Questions and answers"


def _write(output: Output, to: Path, chosen: Format, *, force: bool) -> None:
    """Writes every file beside its place and swaps it in. Raises UsageError before anything is written if one is there already."""
    files = {to / name: content for name, content in output.files.items()} if chosen.several else {to: next(iter(output.files.values()))}
    if not force and to.exists() and (not chosen.several or any(to.iterdir())):
        raise UsageError(f"{to} exists already: name another place, or write over what is there with --force.")
    try:
        for file, content in files.items():
            file.parent.mkdir(parents=chosen.several, exist_ok=True)
            replace_file(file, content)
    except OSError as error:
        raise UsageError(f"cannot write {to}: {error.strerror}.") from error


def _print(output: Output) -> None:
    (content,) = output.files.values()
    sys.stdout.buffer.write(content)

"""factotum new: a commented file for a new entry."""

import re
from pathlib import Path

from bot.commands.options import Parser
from bot.engine import Clock
from bot.errors import UsageError
from bot.exits import OK
from bot.kb.files import SUFFIXES, is_lines
from bot.kb.forms import Key, ListOf, Record
from bot.kb.schema import FAQ, ID, MYTH
from bot.load import folder_of

_LEFT_OUT = ("entity", "by_status")


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("new", "Writes a commented file for a new entry, to be filled in. `factotum check` then says what is still missing.")
    parser.add_argument("id", help="the id: small letters, digits and hyphens")
    parser.add_argument("--myth", action="store_true", help="a myth instead of a FAQ entry")
    parser.add_argument("--theme", metavar="FOLDER", default="", help="the folder below faq or myths")
    given = parser.parse_args(arguments)
    for name in filter(None, (given.id, given.theme)):
        if not re.fullmatch(ID.pattern, name):
            raise UsageError(f"'{name}' will not do: use small letters, digits and hyphens, for example red-notice.")
    base = folder_of(given.intents)
    if base.parent.name == "bot" and (base.parent / "cli.py").is_file():
        raise UsageError("the installed base is not for writing: name your own with --intents DIR or FACTOTUM_INTENTS.")
    if is_lines(base):
        raise UsageError(f"{base} holds an entry on each line: add one with an editor. This command writes files of a folder.")
    if not base.is_dir():
        raise UsageError(f"there is no folder {base}.")
    taken = next((path for suffix in SUFFIXES for path in base.rglob(f"{given.id}{suffix}")), None)
    if taken:
        raise UsageError(f"{taken} exists already.")
    file = base / ("myths" if given.myth else "faq") / given.theme / f"{given.id}.yaml"
    _create(file, template(MYTH if given.myth else FAQ, given.id))
    print(f"{file}\nFill it in, then run: factotum check --intents {base}")
    return OK


def _create(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as out:  # of two commands at the same time one is told
            out.write(text.encode())
    except FileExistsError as error:
        raise UsageError(f"{file} exists already.") from error
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}.") from error


def template(record: Record, name: str) -> str:
    """The keys of an entry, each with what it is for; optional ones commented out."""
    return "".join(_line(text, key, name) for text, key in record.keys.items() if text not in _LEFT_OUT)


def _line(text: str, key: Key, name: str) -> str:
    about = f"# {key.about} ({key.form.words()})"
    if text == "id":
        return f"id: {name}\n"
    if text == "alternates":
        return f"\n{about}\nalternates:\n  -\n"
    if text == "sources":
        return f"\n{about}\nsources:\n  - {{id: }}\n"
    if not key.required:
        return f"\n{about}\n# {text}:{' []' if isinstance(key.form, ListOf) else ''}\n"
    return f"\n{about}\n{text}:\n"

"""factotum init: a first base that answers at once."""

import json
import os
import secrets
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from string import Template

from bot.commands.options import Parser
from bot.engine import Clock
from bot.english.tokens import plain_words, safe
from bot.errors import UsageError
from bot.exits import OK
from bot.kb.files import DRAFT
from bot.kb.read import FOLDERS
from bot.kb.schema import DOCUMENTS, json_schema

ABOUT = """Starts a knowledge base in a new or empty folder: settings, two entries to be changed, questions to measure it with, and
completion for editors that know yaml.schemas (VS Code with the extension YAML). Asks for what is not given as an option."""

STARTER = Path(__file__).resolve().parents[1] / "starter"

ASKED = {
    "name": ("Whom does the bot speak for?", "Town Library"),
    "handoff": ("Where is a person reached?", "Call 01234 567 890, Tuesday to Saturday."),
    "about": ("What is it about, in a sentence?", "The Town Library lends books and films to everybody in town."),
}
"""Each question with an example of its answer."""

_BRACKETS = str.maketrans("{}", "()")

_ABOUT = ("information on {}", "what is the purpose of {}", "what kind of place is {}", "who is behind {}", "explain {} to me")


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("init", ABOUT, intents=False)
    parser.add_argument("folder", type=Path, help="the folder to write: a new one, or an empty one")
    for name, (question, like) in ASKED.items():
        parser.add_argument(f"--{name}", metavar="TEXT", help=f"{question} For example: {like}")
    given = parser.parse_args(arguments)
    folder: Path = given.folder
    _refuse(folder)
    texts = {name: _text(name, getattr(given, name)) for name in ASKED}
    _write(folder, _files(texts, clock().strftime("%Y-%m")))
    print(_told(folder))
    return OK


def _refuse(folder: Path) -> None:
    """Raises UsageError unless a folder may be written."""
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty. Name a new folder, or empty this one; nothing was changed.")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder} is not a folder. Name a new one; nothing was changed.")
    if not folder.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {folder.absolute().parent}. Make it first.")


def _text(name: str, given: str | None) -> str:
    """What was given as an option, or is asked for. Braces become brackets, as in an import: they would stand for an entity."""
    question, like = ASKED[name]
    if given is None and not sys.stdin.isatty():
        raise UsageError(f"--{name} is missing: {question} For example: --{name} {json.dumps(like)}")
    text = given
    while text is None or not plain_words(safe(text)):
        if text is not None and given is not None:
            raise UsageError(f"--{name}: '{safe(text)}' holds no word. For example: --{name} {json.dumps(like)}")
        text = _asked(f"{question}\n  (for example: {like})\n> ")
    return " ".join(safe(text).split()).translate(_BRACKETS)


def _asked(prompt: str) -> str:
    try:
        return input(prompt)
    except EOFError:
        raise UsageError("stopped. Nothing was written.") from None


def _files(texts: Mapping[str, str], month: str) -> dict[str, str]:
    """The texts of all files by their paths."""
    name = texts["name"]
    filled = {
        **texts,
        "about_question": f"What is {name}?",
        **{f"about_{number}": text.format(name) for number, text in enumerate(_ABOUT, 1)},
        "about_row": f"so what is this {name} thing for",
        "banner": f"This program answers questions about {name}. It is no person.",
    }
    values = {key: json.dumps(text, ensure_ascii=False) for key, text in filled.items()} | {"month": month}
    paths = [path.relative_to(STARTER) for path in sorted(STARTER.rglob("*.yaml"))]
    return {str(path): Template((STARTER / path).read_text("utf-8")).substitute(values) for path in paths} | _for_editors()


def _for_editors() -> dict[str, str]:
    """Settings by which an editor knows which of our schemas a file has, and the schemas beside them. JSON Schema is named as of draft 7,
    the last that the language server for YAML knows wholly; of the newer ones the schemas use nothing."""
    folders = {kind: folder for folder, kind in FOLDERS.items()}
    globs = {kind: f"/{folders[kind]}/**/*.yaml" if kind in folders else f"/{kind}.yaml" for kind in DOCUMENTS}
    schemas = {kind: json_schema(kind) | {"$schema": "http://json-schema.org/draft-07/schema#"} for kind in DOCUMENTS}
    settings = {"yaml.schemas": {f"./.vscode/schemas/{kind}.json": glob for kind, glob in globs.items()}}
    texts = {f".vscode/schemas/{kind}.json": schema for kind, schema in schemas.items()} | {".vscode/settings.json": settings}
    return {path: json.dumps(value, indent=2) + "\n" for path, value in texts.items()}


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes all files or none: a hidden draft of the folder beside it takes its place."""
    target = folder.absolute()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}{DRAFT}")
    try:
        for path, text in files.items():
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            (draft / path).write_text(text, "utf-8")
        if not target.exists():
            os.rename(draft, target)
        else:  # it stays the same folder, for whoever stands in it
            for made in sorted(draft.iterdir()):
                os.rename(made, target / made.name)
    except OSError as error:
        raise UsageError(f"cannot write {folder}: {error.strerror}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _told(folder: Path) -> str:
    shown = f'"{folder}"' if " " in str(folder) else str(folder)
    return f"""{folder} now holds a base of two entries.

  factotum --intents {shown}
      talk to it
  factotum new opening-hours --theme general --intents {shown}
      start the next entry
  factotum check --intents {shown}
      list what is wrong or missing
  factotum test {shown}/tests/questions.yaml --intents {shown}
      measure it on the questions in that file

Open the folder in an editor: every file says in comments what may stand in it."""

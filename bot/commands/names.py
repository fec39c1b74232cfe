"""factotum names: what a kept library calls the countries of an entity, for a curator to keep in its file (extra `curate`)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.commands.options import Parser, bot_of
from bot.engine import Clock
from bot.english.tokens import plain_words
from bot.errors import UsageError
from bot.exits import OK
from bot.kb.files import is_lines, replace_file
from bot.kb.generated import with_generated
from bot.kb.nodes import parse
from bot.kb.schema import ENTITY, GENERATED

ABOUT = """Prints the names that CLDR (by Babel) and ISO 3166 (by pycountry) give to the values of an entity, by their codes, as far as
the entity does not know them. Languages: English and the official ones of each place, in Latin letters. With --write they replace the
generated part of the entity's file; all else in it stays as it is."""


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("names", ABOUT)
    parser.add_argument("entity", help="for example country")
    parser.add_argument("--write", action="store_true", help="keep them in the entity's file")
    given = parser.parse_args(arguments)
    entities = bot_of(given, clock).kb.entities
    if given.entity not in entities:
        raise UsageError(f"there is no entity '{given.entity}'. There are: {', '.join(entities)}.")
    file = Path(entities[given.entity].file)
    if is_lines(file):
        raise UsageError(f"{file}: names are kept in the files of a folder, not in JSON lines.")
    text = file.read_bytes().decode("utf-8")
    fields = _fields(str(file), text)
    found = fresh(fields, library_names(_codes(fields)))
    if given.write:
        changed = with_generated(text, found)
        _fields(str(file), changed)  # what could not be read back is not written
        _write(file, text, changed)
        print(f"{file}: names for {len(found)} values. Now run: factotum check")
    else:
        unknown = {code: [name for name in names if name not in fields.get(GENERATED, {}).get(code, ())] for code, names in found.items()}
        print(with_generated("", {code: names for code, names in unknown.items() if names}) or f"{GENERATED}:\n", end="")
    return OK


def _write(file: Path, old: str, new: str) -> None:
    try:
        if new != old:
            replace_file(file, new.encode())
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}.") from error


def _fields(file: str, text: str) -> dict[str, Any]:
    """What is in an entity's file, the generated part apart from the rest. Raises UsageError if it cannot be read without a problem."""
    node, found = parse(file, text.removeprefix("\ufeff"))
    problems = [problem for problem in found if problem.level == "error"]
    fields = ENTITY.read(node, "", problems.append) if node else None
    if fields is None or problems:
        raise UsageError(f"{file}: its generated part cannot be replaced ({problems[0] if problems else 'the file is empty'}).")
    return fields


def _codes(fields: Mapping[str, Any]) -> list[str]:
    return [value["code"] for value in fields["values"] if "code" in value]


def fresh(fields: Mapping[str, Any], names: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """For each code the names that no value bears in the curator's own part of the file, each for one code only. What was generated
    before makes no difference, so that the same names are found again."""
    values = [*fields["values"], *fields.get("parts", ())]
    ours = [name for value in values for name in (value["name"], *value.get("also", ()))]
    taken = {plain_words(name) for name in (*ours, *fields.get("ambiguous", {}))}
    found: dict[str, list[str]] = {}
    for code, known in sorted(names.items()):
        for name in known:
            if plain_words(name) not in taken:
                taken.add(plain_words(name))
                found.setdefault(code, []).append(name)
    return found


def library_names(codes: Iterable[str]) -> dict[str, list[str]]:
    """What the libraries call each code (ISO 3166-1), in Latin letters. Raises UsageError where they are not installed."""
    try:
        import pycountry
        from babel import Locale, UnknownLocaleError
        from babel.languages import get_official_languages
    except ImportError:
        raise UsageError("this needs the extra 'curate': pip install '.[curate]'.") from None

    def told(code: str) -> Iterable[str]:
        country = pycountry.countries.get(alpha_2=code)
        for kind in ("name", "common_name", "official_name"):
            yield getattr(country, kind, None) or ""
        for language in ("en", *get_official_languages(code)):
            try:
                yield Locale.parse(language).territories.get(code, "")
            except UnknownLocaleError:
                continue

    return {code: [name for name in dict.fromkeys(told(code)) if _usable(name)] for code in codes if re.fullmatch(r"[A-Z]{2}", code)}


def _usable(name: str) -> bool:
    """Latin letters, and a name rather than an inverted list heading ("Korea, Republic of") or a gloss in brackets."""
    return (
        bool(name) and not re.search(r"[,()]", name) and bool(re.fullmatch(r"[\w\s'’.&-]+", name)) and name.isprintable() and _latin(name)
    )


def _latin(name: str) -> bool:
    return all(char.isascii() for word in plain_words(name) for char in word) and len("".join(plain_words(name))) >= len(name) * 0.6

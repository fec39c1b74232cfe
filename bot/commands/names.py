"""factotum names: what a kept library calls the countries of an entity, for a curator to keep in its file (extra `curate`)."""

import re
from collections.abc import Iterable
from pathlib import Path

from bot.commands.options import Parser, bot_of
from bot.engine import Clock
from bot.english.tokens import plain_words
from bot.errors import UsageError
from bot.exits import OK
from bot.kb.schema import GENERATED
from bot.knowledge import Entity

ABOUT = """Prints the names that CLDR (by Babel) and ISO 3166 (by pycountry) give to the values of an entity, by their codes, as far as
the entity does not know them. Languages: English and the official ones of each place, in Latin letters. With --write they replace the
generated part of the entity's file."""

MARK = f"{GENERATED}:"


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("names", ABOUT)
    parser.add_argument("entity", help="for example country")
    parser.add_argument("--write", action="store_true", help="keep them in the entity's file")
    given = parser.parse_args(arguments)
    entities = bot_of(given, clock).kb.entities
    if given.entity not in entities:
        raise UsageError(f"there is no entity '{given.entity}'. There are: {', '.join(entities)}.")
    entity = entities[given.entity]
    text = block(entity, library_names(value.code for value in entity.values if value.code))
    if given.write:
        file = Path(entity.file)
        file.write_text(replaced(file.read_text("utf-8"), text), "utf-8")
        print(f"{file}: {text.count(chr(10)) - 1} values. Now run: factotum check")
    else:
        print(text, end="")
    return OK


def replaced(file: str, text: str) -> str:
    """The text of an entity's file with its generated part, which stands last, replaced."""
    return re.split(rf"^{MARK}", file, maxsplit=1, flags=re.M)[0].rstrip() + "\n" + text


def block(entity: Entity, names: dict[str, list[str]]) -> str:
    """The generated part as YAML: for each code the names that no value, ours or another's, bears yet."""
    ours = [name for value in entity.values for name in (value.name, *value.also)] + list(entity.ambiguous)
    taken = {plain_words(name) for name in ours}
    lines = [MARK]
    for code, found in sorted(names.items()):
        fresh: list[str] = []
        for name in found:
            if plain_words(name) not in taken:
                taken.add(plain_words(name))
                fresh.append(name)
        if fresh:
            lines.append(f"  {code}: [{', '.join(_quoted(name) for name in fresh)}]")
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


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

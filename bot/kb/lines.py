"""Items of a base <-> JSON lines: an object on each line, in UTF-8 (jsonlines.org)."""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from bot.errors import Place, Problem
from bot.kb.forms import Report
from bot.kb.items import Item


def as_lines(items: Iterable[Item]) -> str:
    """The text of a JSON lines file."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def numbered(file: str, text: str, report: Report) -> Iterator[tuple[int, Any]]:
    """(number, value) of each line that is JSON and not blank; numbers in it stay the text that was typed."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            value = _value(line, Place(file, number, 1), report)
            if value is not None:
                yield number, value


def _value(line: str, place: Place, report: Report) -> Any:
    try:
        return json.loads(line, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=partial(_object, place, report))
    except json.JSONDecodeError as error:
        report(_syntax(line, Place(place.file, place.line, error.pos + 1), error))
    except RecursionError:
        report(place.problem("nesting", "Lists and objects go too deep here.", "Write plain lists and objects."))
    return None


def _object(place: Place, report: Report, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        for name in sorted({name for name in names if names.count(name) > 1}):
            report(place.problem("duplicate-key", f"{name}: stands here a second time.", "Keep one of them."))
    return found


def _syntax(line: str, place: Place, error: json.JSONDecodeError) -> Problem:
    if line.strip() in ("{", "[", "[{"):
        fault = "An object begins here and does not end on this line."
        return place.problem("syntax", fault, "Write each object on one line, without a list around them.")
    fault = f"This is not JSON: {error.msg[:1].lower()}{error.msg[1:]}."
    return place.problem("syntax", fault, "Write one object on the line, with texts in double quotes.")

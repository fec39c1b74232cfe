"""factotum schema: prints the JSON Schema of the reply, for programs, or of a kind of file, for a curator's editor."""

import json
from collections.abc import Callable

from bot.commands.options import Parser
from bot.engine import Clock
from bot.exits import OK
from bot.kb import items
from bot.kb.forms import JsonSchema
from bot.kb.schema import DOCUMENTS, json_schema
from bot.render import schema

_OTHERS: dict[str, Callable[[], JsonSchema]] = {"reply": schema.json_schema, "line": items.json_schema}


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("schema", "Prints a JSON Schema (2020-12).")
    parser.add_argument("document", choices=[*_OTHERS, *DOCUMENTS], help="the reply object, a line of a .jsonl file, or a kind of file")
    given = parser.parse_args(arguments)
    found = _OTHERS[given.document]() if given.document in _OTHERS else json_schema(given.document)
    print(json.dumps(found, indent=2))
    return OK

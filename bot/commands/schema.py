"""factotum schema: prints the JSON Schema of the reply, for programs, or of a kind of file, for a curator's editor."""

import json

from bot.commands.options import Parser
from bot.engine import Clock
from bot.exits import OK
from bot.kb.schema import DOCUMENTS, json_schema
from bot.render import schema


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("schema", "Prints a JSON Schema (2020-12).")
    parser.add_argument("document", choices=["reply", *DOCUMENTS], help="the reply object, or a kind of file")
    given = parser.parse_args(arguments)
    found = schema.json_schema() if given.document == "reply" else json_schema(given.document)
    print(json.dumps(found, indent=2))
    return OK

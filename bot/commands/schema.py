"""factotum schema: the formats, for programs and for a curator's editor."""

import json
from importlib.resources import files

from bot.commands.options import Parser
from bot.engine import Clock
from bot.exits import OK
from bot.kb.schema import DOCUMENTS, json_schema


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("schema", "Prints a JSON Schema (2020-12).")
    parser.add_argument("document", choices=["reply", *DOCUMENTS], help="the reply object, or a kind of file")
    given = parser.parse_args(arguments)
    if given.document == "reply":
        print(files("bot").joinpath("reply.schema.json").read_text("utf-8"), end="")
    else:
        print(json.dumps(json_schema(given.document), indent=2))
    return OK

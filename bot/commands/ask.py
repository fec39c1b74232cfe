"""factotum ask: one question, or a conversation of programs in JSON lines."""

import gc
import json
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from bot.commands.options import Parser, bot_of
from bot.engine import Bot, Clock
from bot.errors import UsageError
from bot.exits import NOT_ANSWERED, OK
from bot.render.json import as_json

ABOUT = """Answers one question. Exit status: 0 answered or small talk, 1 not answered, 2 error.
With --jsonl it reads lines like {"text": "..."} or {"turns": ["...", "..."]} (reply to the last turn) from standard input and
prints one reply object a line."""


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("ask", ABOUT)
    parser.add_argument("question", nargs="*", help="the question, in quotes or not")
    parser.add_argument("--json", action="store_true", help="print the reply object")
    parser.add_argument("--jsonl", action="store_true", help="read and write JSON lines")
    given = parser.parse_args(arguments)
    if given.jsonl == bool(given.question):
        raise UsageError("give either a question or --jsonl.")
    bot = bot_of(given, clock)
    if given.jsonl:
        gc.enable()
        answer_lines(bot, sys.stdin.buffer, sys.stdout)
        return OK
    return _one(bot, " ".join(given.question), as_object=given.json)


def _one(bot: Bot, question: str, *, as_object: bool) -> int:
    spoken = bot.trace(question).spoken
    if as_object:
        print(as_json(spoken.reply, indent=2))
    else:
        import os

        from bot.render.terminal import render, screen_of

        print(render(spoken.blocks, screen_of(sys.stdout, os.environ)))
    return OK if spoken.reply.status in ("answer", "smalltalk") else NOT_ANSWERED


def answer_lines(bot: Bot, lines: Iterable[bytes], out: TextIO) -> None:
    """A reply object for each line, in order, each flushed; for a bad line an error object in its place."""
    for number, line in enumerate(lines, 1):
        try:
            text = _message(line)
        except ValueError as error:
            out.write(json.dumps({"version": 1, "error": {"line": number, "detail": str(error)}}) + "\n")
        else:
            out.write(as_json(bot.ask(text)) + "\n")
        out.flush()


def _message(line: bytes) -> str:
    """The message of a line. Raises ValueError with what is wrong, for the one who wrote it."""
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise ValueError("not JSON that can be read: nested too deep") from None
    return _text_of(data)


def _text_of(data: Any) -> str:
    if not isinstance(data, dict) or len(data) != 1 or not set(data) <= {"text", "turns"}:
        raise ValueError('give one object with "text" or "turns" and nothing else')
    if "text" in data:
        if not isinstance(data["text"], str):
            raise ValueError('"text" must be a string')
        return str(data["text"])
    turns = data["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise ValueError('"turns" must be a list of strings that is not empty')
    return str(turns[-1])

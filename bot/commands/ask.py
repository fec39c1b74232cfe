"""factotum ask: answers one question, or JSON lines from a program."""

import gc
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from bot.commands.options import Parser, bot_of, talking_bot
from bot.engine import Bot, Clock
from bot.errors import UsageError
from bot.exits import NOT_ANSWERED, OK
from bot.render.json import as_json

ABOUT = """Answers one question. Exit status: 0 answered or small talk, 1 not answered, 2 error.
With --jsonl it reads lines like {"text": "..."} or {"turns": ["...", "..."]} (reply to the last turn) from standard input and
prints one reply object a line. With "context", that of an earlier reply, it continues that conversation."""


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("ask", ABOUT)
    parser.add_argument("question", nargs="*", help="the question, in quotes or not")
    parser.add_argument("--json", action="store_true", help="print the reply object")
    parser.add_argument("--jsonl", action="store_true", help="read and write JSON lines")
    given = parser.parse_args(arguments)
    if given.jsonl == bool(given.question):
        raise UsageError("give either a question or --jsonl.")
    bot = (bot_of if given.json or given.jsonl else talking_bot)(given, clock)
    if given.jsonl:
        gc.enable()
        answer_lines(bot, sys.stdin.buffer, sys.stdout)
        return OK
    return _one(bot, " ".join(given.question), as_object=given.json)


def _one(bot: Bot, question: str, *, as_object: bool) -> int:
    reply = bot.ask(question)
    if as_object:
        print(as_json(reply, indent=2))
    else:
        import os

        from bot.render.terminal import render, screen_of

        print(render(reply.blocks, screen_of(sys.stdout, os.environ)))
    return OK if reply.status in ("answer", "smalltalk") else NOT_ANSWERED


def answer_lines(bot: Bot, lines: Iterable[bytes], out: TextIO) -> None:
    """Writes a reply object for each line in order and flushes it; for a bad line, and for one at which the program fails, an error object
    in its place, so that the lines after it are answered."""
    for number, line in enumerate(lines, 1):
        try:
            turns, context = _message(line)
            told = as_json(bot.ask(turns[-1], bot.after(turns[:-1], context)))
        except ValueError as error:
            told = _fault(number, str(error))
        except Exception as error:
            told = _fault(number, f"a fault of ours: {type(error).__name__}; please report it with the line")
        out.write(told + "\n")
        out.flush()


def _fault(number: int, detail: str) -> str:
    return json.dumps({"version": 1, "error": {"line": number, "detail": detail}})


def _message(line: bytes) -> tuple[list[str], Mapping[str, Any] | None]:
    """The messages of a line and the context that they continue. Raises ValueError with a message for whoever wrote the line."""
    try:
        data = json.loads(line.decode("utf-8-sig"))  # some editors and Windows begin a file with a mark
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise ValueError("not JSON that can be read: nested too deep") from None
    return _turns_of(data)


def _turns_of(data: Any) -> tuple[list[str], Mapping[str, Any] | None]:
    if not isinstance(data, dict) or len({"text", "turns"} & set(data)) != 1 or not set(data) <= {"text", "turns", "context"}:
        raise ValueError('give one object with "text" or "turns", perhaps "context", and nothing else')
    context = data.get("context")
    if context is not None and not isinstance(context, dict):
        raise ValueError('"context" must be an object or null')
    if "text" in data:
        if not isinstance(data["text"], str):
            raise ValueError('"text" must be a string')
        return [data["text"]], context
    turns = data["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise ValueError('"turns" must be a list of strings that is not empty')
    return turns, context

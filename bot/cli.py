"""The command line: which command runs, and what its end means to the shell. The only owner of exit codes."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword

from bot.clock import clock
from bot.errors import BotError, KnowledgeBaseError
from bot.exits import BROKEN, ERROR, OK, STOPPED

COMMANDS = {
    "chat": "talk in the terminal (what runs without a command)",
    "ask": "answer one question, or a line of JSON at a time",
    "explain": "tell how the decision on a question came about",
    "show": "print an entry by its id",
    "import": "make a base of a FAQ in another format: a page, a sheet, an export (extra import)",
    "init": "start a knowledge base of your own, which answers at once",
    "new": "start a new entry: a commented file to fill in",
    "check": "list what is wrong with a knowledge base",
    "test": "measure a knowledge base on labelled questions",
    "compare": "list the questions that two knowledge bases decide differently",
    "export": "write a knowledge base in another format, or as a page",
    "serve": "answer over HTTP: an API, a widget for web pages, a help page, Rasa REST (extra serve)",
    "channel": "try the settings of a channel of the service (extra desk)",
    "log": "show what was asked of the service, and what had no answer (extra serve)",
    "report": "a week or any period of questions beside the one before: as text, page, CSV or mail (extras serve, report)",
    "triage": "try the bot on archives: mail, exports of help desks, sheets; what it would say, what it lacks (extra triage)",
    "review": "turn what had no good answer into changes of the base, group by group (extra serve)",
    "warm": "build the index of a base before anybody asks, such as into an image",
    "example": "print a file to run the service with: container, systemd, nginx, Caddy, Kubernetes, Prometheus, Grafana",
    "names": "what a kept library calls the countries of an entity",
    "schema": "print the JSON Schema of the files or of the reply",
}
"""Every command is a module of bot.commands (import: import_) with run(arguments, clock); only the one that is called is imported."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code."""
    first = arguments[0] if arguments else ""
    if first in ("-h", "--help", "help"):
        print(usage())
        return OK
    if first == "--version":
        from importlib.metadata import version

        print(f"factotum {version('factotum-faq')}")
        return OK
    name, rest = ("chat", arguments) if not first or first.startswith("-") else (first, arguments[1:])
    if name not in COMMANDS:
        print(f"factotum: there is no command '{name}'.\n\n{usage()}", file=sys.stderr)
        return ERROR
    result: int = import_module(f"bot.commands.{module_of(name)}").run(list(rest), clock)
    return result


def module_of(name: str) -> str:
    """The module of a command; one whose name is a word of Python has a line behind it."""
    return f"{name}_" if iskeyword(name) else name


def usage() -> str:
    """The help of `factotum --help`."""
    rows = "\n".join(f"  {name:<8} {about}" for name, about in COMMANDS.items())
    return (
        "factotum [COMMAND] [--intents DIR]: answers questions from a curated knowledge base and shows its sources.\n\n"
        f"{rows}\n\nEach command explains itself: factotum COMMAND --help.\n"
        "Environment: FACTOTUM_INTENTS (another knowledge base), FACTOTUM_TODAY (YYYY-MM-DD, the day to answer for), NO_COLOR."
    )


def run() -> None:
    """The entry point of the installed command. No exception reaches the user as a traceback."""
    # Nothing here uses BLAS, and starting its threads takes longer than an answer.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()  # one question leaves nothing to collect; a conversation switches it on again
    _replace_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    code = guarded(sys.argv[1:])
    if sys.argv[1:2] == ["ask"]:
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> None:
    """Ends the process at once. Nothing is left to be done, and to take apart all that a base is made of takes longer than an answer."""
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


def _replace_closed_streams() -> None:
    """A stream that the caller closed is None: nothing is to be said or read there, and that is no fault."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open until the end


def guarded(arguments: Sequence[str]) -> int:
    """main() with every failure turned into a message and an exit code."""
    try:
        code = main(arguments)
        sys.stdout.flush()
    except KnowledgeBaseError as error:
        count = len(error.problems)
        print(f"{error}\n{count} problem{'s' if count > 1 else ''}. Nothing was answered.", file=sys.stderr)
        return ERROR
    except BotError as error:
        print(f"factotum: {error}", file=sys.stderr)
        return ERROR
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # The reader left (`factotum … | head`). Nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        at = f"{error.filename}: " if error.filename else ""
        print(f"factotum: {at}{error.strerror or error}.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except Exception as error:
        print(f"factotum: an unexpected fault: {type(error).__name__}: {error}. Please report it.", file=sys.stderr)
        return BROKEN
    return code

"""What a dialogue in a terminal needs of it: a key, a line, and a place to write. Without a terminal, lines are read instead of keys."""

import sys
import textwrap
from collections.abc import Mapping, Sequence
from contextlib import suppress
from shutil import get_terminal_size
from typing import Protocol


class Console(Protocol):
    """Where somebody is asked. `key` and `line` raise EOFError once nobody answers any more."""

    def say(self, text: str) -> None:
        """Writes a text."""

    def key(self, question: str, keys: Mapping[str, str]) -> str:
        """One of some keys, each with what it does."""

    def line(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        """A line; `default` stands there to be changed, `known` are completed. "" gives up."""


class Piped:
    """Somebody whose answers come from a file: a line each, of which a key is the first letter. An empty line is the default."""

    def say(self, text: str) -> None:
        print(text, flush=True)

    def key(self, question: str, keys: Mapping[str, str]) -> str:
        while True:
            self.say(legend(question, keys))
            typed = self._read()[:1].lower()
            if typed in keys:
                return typed

    def line(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        self.say(f"{question}{f' [{default}]' if default else ''}")
        return self._read() or default

    def _read(self) -> str:
        line = sys.stdin.readline() if sys.stdin else ""
        if not line:
            raise EOFError
        return line.strip()


class Screen:
    """Somebody at a terminal."""

    def say(self, text: str) -> None:
        width = get_terminal_size().columns
        print("\n".join(_folded(line, width) for line in text.splitlines()), flush=True)

    def key(self, question: str, keys: Mapping[str, str]) -> str:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

        bindings = KeyBindings()

        def pressed(event: KeyPressEvent) -> None:
            event.app.exit(result=event.key_sequence[0].data.lower())

        for name in keys:
            bindings.add(name)(pressed)
            if name.upper() != name:
                bindings.add(name.upper())(pressed)
        self.say(legend(question, keys))
        _forget_typed()
        prompt: PromptSession[str] = PromptSession(key_bindings=bindings)
        chosen = prompt.prompt("> ")
        return chosen if chosen in keys else self.key(question, keys)

    def line(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        from prompt_toolkit import prompt
        from prompt_toolkit.completion import WordCompleter

        self.say(question)
        return prompt("> ", default=default, completer=WordCompleter(list(known), sentence=True) if known else None).strip()


def legend(question: str, keys: Mapping[str, str]) -> str:
    """A question with its keys."""
    return f"{question}  " + ", ".join(f"{name} {does}" for name, does in keys.items())


def _folded(line: str, width: int) -> str:
    """A line broken between words; a line of a diff stays as it is."""
    if len(line) < width or line[:1] in ("+", "-", "@"):
        return line
    margin = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(line, max(width - 1, 20), subsequent_indent=margin, break_long_words=False, break_on_hyphens=False)


def _forget_typed() -> None:
    """Forgets keys that were pressed before the question stood there: nobody agrees to what they have not read."""
    with suppress(ImportError, OSError, ValueError):
        import termios  # Windows has none

        with suppress(termios.error):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)

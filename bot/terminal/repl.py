"""The conversation in a terminal: prompt, completion, history, status line. The session decides what is shown."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from bot.answering.templates import say
from bot.reply import Block
from bot.terminal.fold import Blocks
from bot.terminal.session import COMMANDS, Leave, Session

PROMPT = "? "
AROUND = 4
"""Lines around a reply on the screen: the question, an empty line, the next prompt, the status line."""

_MOST_COMPLETIONS = 8
_MENU_LINES = 4  # of the screen that the menu of completions takes once something is typed

Show = Callable[[Blocks], None]


class Questions(Completer):
    """Completes commands, ids after /show, and known questions that contain every word typed so far."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        if typed.startswith("/show "):
            yield from _starting(typed[6:], self._session.bot.kb.entries)
        elif typed.startswith("/"):
            yield from _starting(typed, COMMANDS)
        elif len(typed.strip()) > 2:
            yield from self._questions(typed)

    def _questions(self, typed: str) -> Iterable[Completion]:
        words = typed.lower().split()
        asked = (entry.question for entry in self._session.bot.kb.entries.values())
        fitting = [question for question in asked if all(word in question.lower() for word in words)]
        for question in sorted(fitting, key=len)[:_MOST_COMPLETIONS]:
            yield Completion(question, -len(typed))


def _starting(typed: str, names: Iterable[str]) -> Iterable[Completion]:
    return (Completion(name, -len(typed)) for name in names if name.startswith(typed))


class _KeptWhilePossible(FileHistory):
    """A file of the lines typed. When it cannot be written any more, because the disk is full, the conversation goes on without it."""

    def store_string(self, string: str) -> None:
        with suppress(OSError):
            super().store_string(string)


def history_in(folder: Path) -> History:
    """The history in a folder, readable by its owner only; in memory if the folder cannot be written."""
    file = folder / "history"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600))
        file.chmod(0o600)
    except OSError:
        return InMemoryHistory()
    return _KeptWhilePossible(str(file))


def run(session: Session, show: Show, history: History) -> None:
    """Asks for lines and shows what they give, until the person leaves."""
    prompt: PromptSession[str] = PromptSession(
        history=history,
        completer=Questions(session),
        complete_while_typing=Condition(lambda: bool(prompt.default_buffer.text)),  # an empty prompt leaves the screen to the answer
        reserve_space_for_menu=_MENU_LINES,
        enable_suspend=True,
        key_bindings=_without_mouse(),
        bottom_toolbar=lambda: status(session),
    )
    wording = session.bot.kb.settings.wording
    show((Block("text", say(wording, "banner")), Block("note", "Type a question, or /help. Ctrl-D leaves.")))
    while True:
        try:
            show(session.handle(prompt.prompt(PROMPT)))
        except KeyboardInterrupt:
            continue
        except (EOFError, Leave):
            return


def _without_mouse() -> KeyBindings:
    """Bindings that ignore the mouse, which is not used. prompt-toolkit 3.0.53 takes the code of a colour in text that is pasted without
    marks (ESC [31m) for a report of the mouse, and raises ValueError."""
    bindings = KeyBindings()

    @bindings.add(Keys.Vt100MouseEvent)
    def ignore(event: KeyPressEvent) -> None:
        pass

    return bindings


def status(session: Session) -> FormattedText:
    """The status line: what the program is, and which knowledge base answers."""
    kb = session.bot.kb
    parts = (say(kb.settings.wording, "unofficial"), f"{len(kb.entries)} entries, base {kb.version[:4]}.", "/help")
    return FormattedText([("", " " + " ".join(filter(None, parts)))])

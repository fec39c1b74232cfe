"""A conversation without its terminal: a typed line -> the blocks to show. The REPL and piped input share it."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.answering.layout import listed
from bot.answering.templates import say
from bot.engine import Bot, Trace
from bot.english.tokens import safe
from bot.errors import KnowledgeBaseError
from bot.knowledge import themes_of
from bot.reply import Block, Option, Reply
from bot.terminal.fold import Blocks, folded, further, noted

Fit = Callable[[Blocks], tuple[Blocks, Blocks]]
"""Which blocks of a reply are shown at once, and which are kept for /more."""

PLAIN_WORDS = {"help": "/help", "?": "/help", "quit": "/quit", "exit": "/quit"}
"""Words that are commands in other programs, and our command for each."""


class Leave(Exception):  # noqa: N818 - not an error
    """Raised by /quit."""


@dataclass
class Session:
    """The state of a conversation: the last message, the entries that /topics listed by number, the last reply, what of it
    is not yet shown, and its context. `fit` keeps a reply to the size of the screen."""

    bot: Bot
    reload: Callable[[], Bot]
    last: Trace | None = None
    listed: tuple[str, ...] = ()
    shown: Reply | None = field(default=None, repr=False)
    context: Mapping[str, Any] | None = None
    fit: Fit = lambda blocks: (blocks, ())
    rest: Blocks = ()

    def handle(self, line: str) -> Blocks:
        """The blocks to show for a line; none for an empty one. Raises Leave for /quit."""
        text = safe(line).strip()
        if not text:
            return ()
        command = text if text.startswith("/") else PLAIN_WORDS.get(text.lower())
        if command:
            return self._command(command)
        number = re.fullmatch(r"#?(\d{1,3})[.)]?", text)
        choices = self.listed or tuple((self.context or {}).get("offered", ()))
        if number and choices:
            return self._choose(int(number[1]), choices)
        self.last = self.bot.trace(text, self.context)
        self.context, self.listed = self.last.reply.context, ()
        return self._remember(self.last.reply)

    def _choose(self, number: int, choices: Sequence[str]) -> Blocks:
        if not 1 <= number <= len(choices):
            return (Block("note", f"Choose a number from 1 to {len(choices)}."),)
        return self._show(choices[number - 1])

    def _remember(self, reply: Reply) -> Blocks:
        self.shown = reply
        shown, rest = self.fit(folded(reply))
        self.rest = (*rest, *further(reply))
        return noted(shown, self.rest)

    def more(self) -> Blocks:
        """The next part of what the last reply has not yet shown."""
        if not self.rest:
            return (Block("note", "There is no more to the last answer."),)
        shown, self.rest = self.fit(self.rest)
        return noted(shown, self.rest)

    def _command(self, text: str) -> Blocks:
        name, _, argument = ("/" + text[1:].strip()).partition(" ")
        name = name.lower()
        command = COMMANDS.get(name)
        if command is None:
            near = difflib.get_close_matches(name, COMMANDS, 1)
            return (Block("note", f"There is no {name}. " + (f"Do you mean {near[0]}?" if near else "Type /help for what there is.")),)
        return command.run(self, argument.strip())

    def _show(self, entry_id: str) -> Blocks:
        traced = self.bot.show(entry_id, self.context)
        if traced is None:
            return (Block("note", no_entry(entry_id, self.bot.kb.entries)),)
        self.last, self.listed, self.context = None, (), traced.reply.context
        return self._remember(traced.reply)


def no_entry(entry_id: str, known: Iterable[str]) -> str:
    """The message for an id that does not exist, with the nearest ones that do."""
    near = difflib.get_close_matches(entry_id, known, 3)
    return f"There is no entry '{entry_id}'." + (f" Near it: {', '.join(near)}." if near else "")


def _help(session: Session, _: str) -> Blocks:
    wording = session.bot.kb.settings.wording
    rows = (Block("related", f"{name} {command.takes}".strip() + f": {command.about}") for name, command in COMMANDS.items())
    tail = (
        "A number chooses an option. Ctrl-C drops the line, Ctrl-D leaves. What you type is kept in a history file that only you can read."
    )
    return (
        Block("text", say(wording, "banner")),
        Block("text", say(wording, "help")),
        Block("heading", "Commands:"),
        *rows,
        Block("note", tail),
    )


def _why(session: Session, _: str) -> Blocks:
    from bot.render.why import why

    return (
        tuple(block for item in session.bot.explained(session.last) for block in why(item))
        if session.last
        else (Block("note", "Ask something first. An entry that was chosen by its number or id was not matched."),)
    )


def _sources(session: Session, _: str) -> Blocks:
    if session.shown is None or not session.shown.answers:
        return (Block("note", "The last reply has no sources."),)
    return tuple(block for block in session.shown.blocks if block.role in ("dated", "source", "caveat"))


def _more(session: Session, _: str) -> Blocks:
    return session.more()


def _topics(session: Session, argument: str) -> Blocks:
    themes = themes_of(session.bot.kb.entries.values())
    if argument.lower() in themes:
        options = [Option(entry.id, entry.question) for entry in themes[argument.lower()]]
        session.listed = tuple(option.id for option in options)
        return (*listed("option", options), Block("note", "A number shows the answer."))
    found = [Block("related", f"{theme}: {len(entries)} questions") for theme, entries in sorted(themes.items())]
    return (Block("heading", "Themes:"), *found, Block("note", f"/topics {min(themes, default='')} lists one, for example."))


def _show_entry(session: Session, argument: str) -> Blocks:
    return session._show(argument) if argument else (Block("note", "Say which: /show red-notice, for example."),)


def _reload(session: Session, _: str) -> Blocks:
    try:
        session.bot = session.reload()
    except KnowledgeBaseError as error:
        problems = tuple(Block("related", str(problem)) for problem in error.problems)
        return (Block("caveat", "The knowledge base has errors; the one in use stays:"), *problems)
    session.last, session.shown, session.listed, session.context, session.rest = None, None, (), None, ()
    return (Block("note", f"Read again: {len(session.bot.kb.entries)} entries, knowledge base {session.bot.kb.version}."),)


def _quit(session: Session, _: str) -> Blocks:
    raise Leave


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the session. `about` and `takes` (its argument) make the line of the help."""

    run: Callable[[Session, str], Blocks]
    about: str
    takes: str = ""


COMMANDS = {
    "/help": Command(_help, "what Factotum is and what you can type"),
    "/why": Command(_why, "how the last reply came about"),
    "/sources": Command(_sources, "the sources of the last answer"),
    "/more": Command(_more, "the rest of the last answer"),
    "/topics": Command(_topics, "the themes, or the questions of one", "[THEME]"),
    "/show": Command(_show_entry, "an entry by its id", "ID"),
    "/reload": Command(_reload, "read the knowledge base again"),
    "/quit": Command(_quit, "leave"),
}

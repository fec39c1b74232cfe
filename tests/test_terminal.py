"""The conversation in a real terminal: a pty, keys in, screen out; and the session and renderer behind it."""

import io
import os
import pty
import re
import select
import stat
import sys
import termios
import time
from pathlib import Path

import pytest
from base import write
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory

from bot import Bot
from bot.answering.layout import plain
from bot.commands.chat import answer_lines
from bot.render.terminal import Screen, lines_of, render, screen_of
from bot.reply import Block
from bot.terminal.fold import fitted, folded
from bot.terminal.repl import AROUND, Questions, history_in
from bot.terminal.session import COMMANDS, Leave, Session

_PATIENCE = 300.0  # seconds until something that should come counts as missing, on a machine however busy


class Terminal:
    """`factotum` in a pty."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        self.seen = ""
        self.process, self.handle = pty.fork()
        if self.process == 0:
            termios.tcsetwinsize(0, (40, 80))
            os.environ.update({"TERM": "xterm", "COLUMNS": "80", "LINES": "40"} | variables)
            os.execv(sys.executable, [sys.executable, "-m", "bot", *arguments])

    def type(self, keys: str, until: str) -> str:
        """What appears after the keys, until some text is there and, after it, the status line of the next prompt."""
        before = len(self.seen)
        os.write(self.handle, keys.encode())
        end = time.monotonic() + _PATIENCE
        while not self._ready(before, until) and time.monotonic() < end:
            if select.select([self.handle], [], [], 0.2)[0]:
                try:
                    came = os.read(self.handle, 65536).decode("utf-8", "replace")
                except OSError:
                    break
                self.seen += came
                if "\x1b[6n" in came:
                    os.write(self.handle, b"\x1b[5;1R")  # where the cursor is, as every terminal answers
        assert self._ready(before, until), self._text(before)
        return self._text(before)

    def _ready(self, start: int, until: str) -> bool:
        _, found, after = self._text(start).partition(until)
        return bool(found) and "entries, base" in after

    def _text(self, start: int) -> str:
        return re.sub(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]", "", self.seen[start:])

    def end(self) -> int:
        """The exit code after Ctrl-D."""
        os.write(self.handle, b"\x04")
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                os.close(self.handle)
                return os.waitstatus_to_exitcode(status)
            if select.select([self.handle], [], [], 0.1)[0]:
                try:
                    os.read(self.handle, 65536)
                except OSError:
                    time.sleep(0.1)
        raise AssertionError("it did not leave")


def test_a_conversation_from_banner_to_goodbye(tmp_path: Path) -> None:
    terminal = Terminal(XDG_STATE_HOME=str(tmp_path))
    first = terminal.type("", "Ctrl-D leaves")
    assert "not INTERPOL" in first
    answer = terminal.type("what is a red notcie\r", "Related questions:")
    assert "“notcie” as “notice”" in answer
    assert "Sources (" in answer
    terminal.type("half a line\x03", "half a line")
    terminal.type("/why\r", "In force:")
    terminal.type("/sources\r", "https://")
    terminal.type("1\r", "As of")
    assert terminal.end() == 0
    kept = tmp_path / "factotum" / "history"
    assert "what is a red notcie" in kept.read_text("utf-8")
    assert "half a line" not in kept.read_text("utf-8")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_run_without_history_keeps_nothing(tmp_path: Path) -> None:
    terminal = Terminal("--no-history", XDG_STATE_HOME=str(tmp_path))
    terminal.type("", "Ctrl-D leaves")
    terminal.type("\x1b[31mhello\r", "unofficial program")  # the code of a colour, as copied from a terminal
    assert "exception" not in terminal.seen
    assert terminal.end() == 0
    assert not list(tmp_path.rglob("history"))


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    assert isinstance(history_in(file / "below"), InMemoryHistory)


def test_a_full_disk_ends_the_history_and_not_the_conversation(tmp_path: Path) -> None:
    history = history_in(tmp_path)
    history.append_string("kept")
    (tmp_path / "history").unlink()
    (tmp_path / "history").symlink_to("/dev/full")
    history.append_string("lost")
    assert history.get_strings() == ["kept", "lost"]


def _session(bot: Bot) -> Session:
    return Session(bot, lambda: bot)


def _said(session: Session, line: str) -> str:
    return plain(session.handle(line))


def test_every_command_is_in_the_help_and_works(bot: Bot) -> None:
    session = _session(bot)
    shown = _said(session, "/help")
    for name in COMMANDS:
        assert name in shown
        if name != "/quit":
            assert session.handle(name)
    with pytest.raises(Leave):
        session.handle("/quit")


def test_why_names_words_candidates_evidence_and_limits(bot: Bot) -> None:
    session = _session(bot)
    assert "Ask something" in _said(session, "/why")
    session.handle("is kosvo in the sea of interpol members")
    shown = _said(session, "/why")
    for part in (
        "Words: is kosovo",
        "kosvo -> kosovo",
        "Name: Kosovo (country)",
        "country-membership: score",
        "nearest wording",
        ".yaml:",
        "threshold",
    ):
        assert part in shown


def test_options_and_topics_are_chosen_by_number(bot: Bot) -> None:
    session = _session(bot)
    assert "notices: " in _said(session, "/topics")
    assert "A number shows the answer" in _said(session, "/topics notices")
    third = bot.kb.entries[session.listed[2]].question
    assert session.handle("3")[0].text == third
    assert session.shown is not None
    assert session.shown.answers[0].question == third
    count = len(session.context["offered"]) if session.context else 0
    assert _said(session, "999") == f"Choose a number from 1 to {count}."
    assert session.handle("#1.")[0].role == "heading"


@pytest.mark.parametrize("word", ["help", "HELP", "?", "/ help", "/Help"])
def test_words_of_other_programs_are_understood(word: str, bot: Bot) -> None:
    assert "Commands:" in _said(_session(bot), word)


def test_sources_are_one_line_in_the_conversation_and_all_of_them_on_request(bot: Bot) -> None:
    session = _session(bot)
    for entry_id in bot.kb.entries:
        shown = _said(session, f"/show {entry_id}").splitlines()
        assert session.shown is not None
        (answer,) = session.shown.answers
        (line,) = [line for line in shown if line.startswith("Sources")]
        assert line.startswith(f"Sources ({len(answer.sources)}): {answer.sources[0].publisher}")
        assert not [line for line in shown if line.startswith("- ") and "http" in line]
        assert f"\n{_said(session, '/sources')}".count("\n- ") == len(answer.sources)


SCREENS = [Screen(80, height=24), Screen(40, height=24), Screen(40, height=12), Screen(20, height=6)]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen.width}x{screen.height}")
def test_an_answer_begins_on_the_screen_and_all_of_it_can_be_had(bot: Bot, screen: Screen) -> None:
    room = max(1, screen.height - AROUND)
    session = Session(bot, lambda: bot, fit=lambda blocks: fitted(blocks, screen, room))
    for entry_id in [*bot.kb.entries][::9]:
        parts = [session.handle(f"/show {entry_id}")]
        while session.rest:
            parts.append(session.handle("/more"))
        assert session.shown is not None
        assert all(lines_of(part, screen) <= max(room, 3) for part in parts[:1])  # two lines of a note, and at least one of the answer
        words = " ".join(block.text for part in parts for block in part if block.text != "There is more: /more").split()
        told = " ".join(block.text for block in folded(session.shown)).split()
        further = " ".join(answer.more or "" for answer in session.shown.answers).split()
        assert words[: len(told)] == told
        assert words[len(told) :] in ([], further)  # the further text of an entry comes where /more is typed anyhow
        assert "no more" in _said(session, "/more")


def test_a_short_reply_is_shown_whole(bot: Bot) -> None:
    session = Session(bot, lambda: bot, fit=lambda blocks: fitted(blocks, SCREENS[0], 20))
    assert plain(session.handle("hello")) == bot.ask("hello").text


def test_of_several_answers_none_is_cut_away_with_the_sources(bot: Bot) -> None:
    session = _session(bot)
    shown = _said(session, "which countries are not members, and where is interpol based?")
    assert session.shown is not None
    for answer in session.shown.answers:
        assert answer.text.split("\n\n")[0] in shown
    assert len(session.shown.answers) == 2


def test_unknown_commands_and_ids_name_the_nearest(bot: Bot) -> None:
    session = _session(bot)
    assert "/why" in _said(session, "/wy")
    assert "red-notice" in _said(session, "/show red-notce")
    assert "Say which" in _said(session, "/show")
    assert _said(session, "   ") == ""


def test_reload_takes_a_sound_base_and_keeps_the_old_one_otherwise(tmp_path: Path) -> None:
    folder = write(tmp_path)
    session = Session(Bot.load(folder), lambda: Bot.load(folder))
    write(folder, {"faq/tides.yaml": "id: tides\nquestion: What makes tides?\nanswer: The moon.\nsources: [{id: atlas}]\n"})
    assert "4 entries" in _said(session, "/reload")
    assert "The moon." in _said(session, "what makes tides")
    write(folder, {"faq/tides.yaml": "id: tides\n"})
    assert "the one in use stays" in _said(session, "/reload")
    assert "The moon." in _said(session, "what makes tides")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("red not", "What is a Red Notice?"),
        ("/so", "/sources"),
        ("/show red-notice-r", "red-notice-removal"),
        ("re", None),
        ("zzz", None),
    ],
)
def test_completion_of_questions_commands_and_ids(bot: Bot, typed: str, offered: str | None) -> None:
    found = [item.text for item in Questions(_session(bot)).get_completions(Document(typed), CompleteEvent())]
    assert (offered in found) if offered else found == []


LONG = (
    Block("text", "word " * 40),
    Block("heading", "Sources:"),
    Block("source", "- https://example.org/" + "x" * 120 + " tail " * 20),
)


@pytest.mark.parametrize("width", [20, 40, 100])
def test_text_is_wrapped_to_the_width_and_addresses_stay_whole(width: int) -> None:
    lines = render(LONG, Screen(width)).splitlines()
    assert all(len(line) <= width or "https://" in line for line in lines)
    assert any("x" * 120 in line for line in lines)


def test_colour_only_where_it_is_wanted() -> None:
    assert "\x1b" in render(LONG, Screen(80, colour=True))
    assert "\x1b" not in render(LONG, Screen(80))
    assert screen_of(io.StringIO(), {}) == Screen(0, colour=False)
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as stream:
        assert screen_of(stream, {"TERM": "xterm"}).colour
        assert not screen_of(stream, {"TERM": "xterm", "NO_COLOR": "1"}).colour
        assert not screen_of(stream, {"TERM": "dumb"}).colour
    os.close(leader)


def test_nothing_typed_comes_back_as_an_escape(bot: Bot) -> None:
    out = io.StringIO()
    answer_lines(_session(bot), [b"\x1b[31mwhat is \x1b]0;owned\x07zzqy\x9b\n", b"/\x1b[2J\n", b"/show \x1b[2J\n"], out)
    assert not set(out.getvalue()) & {"\x1b", "\x07", "\x9b"}

"""The command as people and programs run it: a process with arguments, pipes and exit codes."""

import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import jsonschema
import pytest
from base import write

from bot.commands.new import run as new_entry
from bot.commands.options import waiting
from bot.errors import UsageError
from bot.evaluate.cases import read_cases
from bot.render.schema import json_schema

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
_PATIENCE = 600  # seconds until a command counts as hanging, on a machine however busy
TABLE = Path(__file__).with_name("content") / "questions.yaml"


def factotum(*arguments: str, said: bytes | None = None, **variables: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, input=said, capture_output=True, env=os.environ | variables, timeout=_PATIENCE, check=False)


def lines(*messages: Any) -> list[dict[str, Any]]:
    """The reply objects to lines of JSON; bytes are sent as they are."""
    said = b"".join(message if isinstance(message, bytes) else json.dumps(message).encode() + b"\n" for message in messages)
    done = factotum("ask", "--jsonl", said=said)
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.decode("ascii").splitlines()]


@pytest.mark.parametrize(
    ("arguments", "code", "shown"),
    [
        pytest.param(["ask", "what is a red notice"], 0, "an alert", id="answered"),
        pytest.param(["ask", "what", "is", "a", "red", "notice"], 0, "Sources:", id="without quotes"),
        pytest.param(["ask", "hello"], 0, "Factotum", id="small talk"),
        pytest.param(["ask", "how do I bake bread"], 1, "INTERPOL", id="no answer"),
        pytest.param(["ask", ""], 1, "no words", id="an empty question is a question"),
        pytest.param(["show", "red-notice"], 0, "As of", id="show"),
        pytest.param(["check"], 0, "0 errors", id="check"),
        pytest.param(["schema", "faq"], 0, '"alternates"', id="schema of a file"),
        pytest.param(["schema", "reply"], 0, '"answers"', id="schema of the reply"),
        pytest.param(["--help"], 0, "COMMAND", id="help"),
        pytest.param(["ask", "--help"], 0, "--jsonl", id="help of a command"),
        pytest.param(["--version"], 0, "factotum ", id="version"),
    ],
)
def test_commands_that_work(arguments: list[str], code: int, shown: str) -> None:
    done = factotum(*arguments)
    assert (done.returncode, done.stderr) == (code, b"")
    assert shown in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["aks", "x"], "there is no command 'aks'", id="unknown command"),
        pytest.param(["ask"], "give either a question or --jsonl", id="no question"),
        pytest.param(["ask", "x", "--jsonl"], "give either a question or --jsonl", id="both"),
        pytest.param(["ask", "--intents", "/nowhere", "x"], "/nowhere:1:1: error [folder]", id="no such folder"),
        pytest.param(["ask", "--nothing", "x"], "unrecognized arguments", id="unknown option"),
        pytest.param(["show", "red-notcie"], "Near it: red-notice", id="unknown id"),
        pytest.param(["new", "Not An Id"], "use small letters", id="bad id"),
        pytest.param(["new", "red-notice"], "exists already", id="id in use"),
        pytest.param(["test", "/nowhere.yaml"], "cannot read", id="no such table"),
        pytest.param(["schema", "nothing"], "invalid choice", id="no such schema"),
    ],
)
def test_mistakes_get_a_message_and_code_2_and_never_a_traceback(arguments: list[str], told: str) -> None:
    done = factotum(*arguments)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_day_that_is_none_is_told() -> None:
    done = factotum("ask", "hello", FACTOTUM_TODAY="tomorrow")
    assert (done.returncode, b"is not a day" in done.stderr) == (2, True)


def test_every_problem_of_a_base_is_told_with_code_2(tmp_path: Path) -> None:
    write(tmp_path, {"faq/a.yaml": "id: b\nquestion: What?\n", "synonyms.yaml": "a: [b]\na: [c]\n"})
    for command in (["check"], ["ask", "x"], ["chat"]):
        done = factotum(*command, "--intents", str(tmp_path), said=b"")
        told = (done.stdout + done.stderr).decode()
        assert done.returncode == 2
        assert "missing-key" in told
        assert "duplicate-key" in told


def test_json_is_the_documented_object() -> None:
    reply = json.loads(factotum("ask", "--json", "so it's a warrant? the red notcie").stdout)
    VALIDATOR.validate(reply)
    assert list(reply) == SCHEMA["required"]
    assert reply["corrections"] == [{"typed": "notcie", "read": "notice"}]


def test_every_kind_of_reply_fits_the_schema() -> None:
    messages = [{"text": case.message} for case in read_cases(TABLE)[::4]] + [
        {"text": text} for text in ("hello", "", "a human please", "x")
    ]
    replies = lines(*messages)
    for reply in replies:
        VALIDATOR.validate(reply)
    assert {reply["status"] for reply in replies} == {"answer", "clarify", "none", "smalltalk", "handoff"}
    assert all(len(reply["options"]) <= 4 for reply in replies)


def test_json_lines_keep_their_order_and_a_bad_line_its_place() -> None:
    replies = lines(
        {"text": "what is a red notice"},
        b"{not json}\n",
        {"turns": ["hello", "where is the headquarters of interpol"]},
        b"\xff\xfe\n",
        ["text"],
        {"text": 5},
        {"turns": []},
        {"text": "x", "turns": ["y"]},
        b"\n",
        b"[" * 100_000 + b"\n",
        {"text": "\ud800 \x1b[31m red notice"},
        b'{"text": "no line break at the end"}',
    )
    kinds = ["error" if "error" in reply else reply["status"] for reply in replies]
    assert kinds == ["answer", "error", "answer", *["error"] * 7, "answer", kinds[-1]]
    assert [reply["error"]["line"] for reply in replies if "error" in reply] == [2, 4, 5, 6, 7, 8, 9, 10]
    assert "not JSON" in replies[1]["error"]["detail"]
    assert replies[2]["answers"][0]["id"] == "headquarters"
    assert "\x1b" not in replies[10]["answers"][0]["asked"]


def test_a_reply_is_flushed_before_the_next_line_is_read() -> None:
    command = [sys.executable, "-m", "bot", "ask", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for text in ("hello", "what is a diffusion"):
            running.stdin.write(json.dumps({"text": text}).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["version"] == 1
        running.stdin.close()
        assert running.wait(_PATIENCE) == 0


def test_a_mark_at_the_beginning_is_no_part_of_a_line() -> None:
    (reply,) = lines(b'\xef\xbb\xbf{"text": "hello"}\n')
    assert reply["status"] == "smalltalk"


def test_a_megabyte_gets_a_reply() -> None:
    (reply,) = lines({"text": "what is a red notice " * 50_000})
    assert reply["status"] in ("answer", "clarify", "none")


def test_piped_questions_are_answered_line_by_line_without_a_prompt() -> None:
    done = factotum(said="what is a diffusion\n\n/sources\n1\n/nonsense\n\u2620\n".encode() + b"\xff\xfe\n/quit\nwhat is a red notice\n")
    out = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "A diffusion is an alert" in out
    assert "There is no /nonsense" in out
    assert "?" not in out[:3]
    assert "\x1b" not in out
    assert out.count("Sources (") == 2, "the line after /quit is not answered"


def test_of_new_entries_of_one_id_at_the_same_time_one_is_written(tmp_path: Path) -> None:
    write(tmp_path)
    start = Barrier(8)

    def made(name: str) -> bool:
        start.wait()
        try:
            return new_entry([name, "--intents", str(tmp_path)], date.today) == 0
        except UsageError as error:
            return not str(error).endswith("exists already.")

    with ThreadPoolExecutor(8) as pool:
        for name in ("tides", "moon", "comet"):
            assert sum(pool.map(made, [name] * 8)) == 1


def test_a_new_entry_tells_what_it_lacks_until_it_is_filled_in(tmp_path: Path) -> None:
    write(tmp_path)
    for arguments in (["new", "tides", "--theme", "earth"], ["new", "myth-moon", "--myth"]):
        assert factotum(*arguments, "--intents", str(tmp_path)).returncode == 0
    file = tmp_path / "faq" / "earth" / "tides.yaml"
    assert "# other ways to ask" in file.read_text("utf-8")
    told = factotum("check", "--intents", str(tmp_path)).stdout.decode()
    assert "tides.yaml" in told
    assert "question is empty" in told
    filled = {
        "question:": "question: What makes tides?",
        "  -\n": "  - ebb and flow\n",
        "answer:": "answer: The moon.",
        "  - {id: }": "  - {id: atlas}",
    }
    text = file.read_text("utf-8")
    for old, new in filled.items():
        text = text.replace(f"\n{old}" if not old.startswith(" ") else old, f"\n{new}" if not old.startswith(" ") else new, 1)
    file.write_text(text, "utf-8")
    (tmp_path / "myths" / "myth-moon.yaml").unlink()
    done = factotum("check", "--intents", str(tmp_path))
    assert (done.returncode, b"0 errors" in done.stdout) == (0, True)


def test_figures_are_printed_by_kind() -> None:
    done = factotum("test", str(TABLE), "--failures", "--kind", "terse")
    out = done.stdout.decode()
    assert done.returncode == 0
    assert all(word in out for word in ("right", "offered", "refused", "asked back", "wrong", "terse"))


def test_a_faulty_table_is_told_row_by_row(tmp_path: Path) -> None:
    table = tmp_path / "rows.yaml"
    table.write_text("- {kind: plain, q: what, accept: [a], stance: odd}\n- {kind: plain, accept: []}\n", "utf-8")
    told = factotum("test", str(table)).stderr.decode()
    assert "rows.yaml:1:47: error [choice]" in told
    assert "rows.yaml:2:3: error [row]" in told


def test_a_reader_that_leaves_is_no_error() -> None:
    command = f"{sys.executable} -m bot show red-notice | head -c 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=_PATIENCE)
    assert done.stderr == b""


def test_names_of_a_library_are_added_once_and_replaced_whole(tmp_path: Path) -> None:
    values = "  - {code: NL, name: Holland, status: in}\n  - {code: DE, name: Germany, also: [Deutschland], status: in}\n"
    text = f"entity: country\nvalues:\n{values}"
    write(tmp_path, {"entities/country.yaml": text})
    assert factotum("names", "country", "--write", "--intents", str(tmp_path)).returncode == 0
    written = (tmp_path / "entities" / "country.yaml").read_text("utf-8")
    assert written.startswith(text)
    assert "Nederland" in written
    assert "Deutschland" not in written.removeprefix(text)
    assert b"0 errors" in factotum("check", "--intents", str(tmp_path)).stdout
    assert factotum("names", "country", "--intents", str(tmp_path)).stdout == b"generated:\n"
    assert factotum("names", "country", "--write", "--intents", str(tmp_path)).returncode == 0
    assert (tmp_path / "entities" / "country.yaml").read_text("utf-8") == written


def test_a_rule_is_explained() -> None:
    told = factotum("check", "--explain", "no-source").stdout.decode()
    assert told.startswith("no-source (warning)\n\nFinds entries without a source ")
    assert b"there is no page about 'x'. There are: advertising" in factotum("check", "--explain", "x").stderr


def test_the_shipped_countries_have_what_the_library_knows() -> None:
    assert factotum("names", "country").stdout.count(b"\n") <= 3, "run: factotum names country --write"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault(closed: str) -> None:
    done = subprocess.run(["sh", "-c", f"{sys.executable} -m bot ask hello {closed}"], capture_output=True, check=False, timeout=_PATIENCE)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_told_plainly() -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m bot ask hello >/dev/full"], capture_output=True, check=False, timeout=_PATIENCE
    )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"unexpected" not in done.stderr


def test_the_installed_base_is_not_for_writing(tmp_path: Path) -> None:
    (tmp_path / "bot" / "intents").mkdir(parents=True)
    (tmp_path / "bot" / "cli.py").touch()
    done = factotum("new", "tides", "--intents", str(tmp_path / "bot" / "intents"))
    assert (done.returncode, b"name your own" in done.stderr) == (2, True)


class _Screen(io.StringIO):
    """A terminal that tells when something was written to it."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal, self.written = terminal, Event()

    def isatty(self) -> bool:
        return self.terminal

    def flush(self) -> None:
        self.written.set()


def test_who_waits_at_a_terminal_is_told_why() -> None:
    screen = _Screen(terminal=True)
    with waiting("Loading ...", screen, patience=0.0):
        assert screen.written.wait(_PATIENCE)
    assert screen.getvalue() == "Loading ...\n"


@pytest.mark.parametrize(("terminal", "patience"), [(False, 0.0), (True, float(_PATIENCE))])
def test_no_word_to_programs_or_of_a_short_wait(terminal: bool, patience: float) -> None:
    screen = _Screen(terminal=terminal)
    with waiting("Loading ...", screen, patience):
        pass
    assert screen.getvalue() == ""

"""The five pages: every example in them is run, in the order of its page and in a folder of that page's own.

A block of YAML begins with the name of a file in a comment and is written to it, or to several. A block of `console` shows commands and
what they print; `...` stands for what is left out. Blocks of `python` and `sh` must run without a fault. `toml` is the service's settings.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from service import ROOT, SECRET, Service, get, running

from bot import cli, exports
from bot.clock import TODAY_VARIABLE
from bot.errors import BotError
from bot.kb.forms import Form, ListOf, Record
from bot.kb.schema import ENTITY, SETTINGS, SOURCE, TALK, reference
from bot.serve.settings import FILE_VARIABLE, read

WRITTEN = "2026-11-20"
"""The day of the examples: later on an answer carries its caveat."""

PAGES = ("README.md", "bot/README.md", "bot/serve/README.md", "intents/README.md", "tests/README.md")
LEAST = {"README.md": 4, "bot/README.md": 4, "bot/serve/README.md": 6, "intents/README.md": 18, "tests/README.md": 2}
"""How many blocks of each page have something to run, at least: a page whose examples are not found must not pass."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language and its text."""

    language: str
    text: str


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks_of(page: str) -> list[Block]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text_of(page), re.S | re.M)
    return [Block(language, text) for language, text in found if language]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("readmes")) as found:
        yield found


def run_in(folder: Path, command: str, service: Service) -> str:
    """What a command of a page prints. The service of the page is the running one, and `factotum` is the code under test."""
    if "curl " in command and not shutil.which("curl"):
        return ""
    variables = {TODAY_VARIABLE: WRITTEN, "PYTHONPATH": str(ROOT), "FACTOTUM_SECRET": SECRET}
    variables |= {"FACTOTUM_DATABASE": f"sqlite:///{service.log.parent}/questions.db"}
    shell = f"factotum() {{ '{sys.executable}' -P -m bot \"$@\"; }}\npython() {{ '{sys.executable}' \"$@\"; }}\n"
    asked = shell + command.replace("http://127.0.0.1:8000", service.url)
    done = subprocess.run(["bash", "-c", asked], cwd=folder, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    assert "usage:" not in done.stderr, f"{command}\n{done.stderr}"
    return done.stdout + done.stderr


def shows(block: Block, folder: Path, service: Service) -> None:
    """Runs the commands of a block of `console`: each prints what is shown, part by part."""
    for command, shown in re.findall(r"^\$ (.*?)\n(.*?)(?=^\$ |\Z)", block.text, re.S | re.M):
        told, at = run_in(folder, command, service), 0
        for part in (part.strip() for part in shown.split("...") if part.strip()):
            if "curl " in command and not told:
                continue
            assert told.find(part, at) >= 0, f"$ {command}\ndoes not print:\n{part}\nbut:\n{told}"
            at = told.find(part, at) + len(part)


def installs(line: str) -> None:
    """Checks a line that installs the project, without installing it: .ci/run does."""
    extra = re.search(r"'\.\[(\w+)\]'", line)
    assert not extra or extra[1] in tomllib.loads(text_of("pyproject.toml"))["project"]["optional-dependencies"]
    assert re.search(r"/(factotum( serve)?|python -m pytest)$", line), line


def runs(block: Block, folder: Path, service: Service) -> None:
    """Runs the lines of a block of `sh`, none of which may be misunderstood by the command."""
    for line in block.text.splitlines():
        if line.startswith("python3 -m venv"):
            installs(line)
        elif line:
            run_in(folder, line, service)


def writes(block: Block, folder: Path) -> None:
    """Writes the files of a block of YAML."""
    head, *parts = re.split(r"^# (\S+\.yaml)\n", block.text, flags=re.M)
    assert not head.strip(), f"an example without the name of its file:\n{head}"
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def holds(block: Block, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads settings, once their secrets are changed: nobody is to serve with a secret that everybody can read there."""
    file = folder / "desk.toml"
    file.write_text(block.text, "utf-8")
    monkeypatch.setenv(FILE_VARIABLE, str(file))
    with pytest.raises(BotError, match=r"too short|write whsec_"):
        read()
    changed = block.text.replace("whsec_CHANGE-ME", f"whsec_{'A' * 32}").replace("CHANGE-ME", "changed, and long enough")
    file.write_text(changed, "utf-8")
    assert read().host_names == ("127.0.0.1", *(("desk.example.org",) if "public_url" in changed else ()))
    monkeypatch.delenv(FILE_VARIABLE)


def concerns_the_widget(block: Block, service: Service) -> None:
    """The tag of the widget leads to it, and it tells of the events that a script listens to."""
    told = get(re.findall(r'src="([^"]+)"|$', block.text)[0].replace("https://desk.example.org", service.url) or f"{service.url}/widget.js")
    assert told.status_code == 200
    assert set(re.findall(r"factotum:\w+", block.text)) <= set(re.findall(r"factotum:\w+", told.text))


@pytest.mark.parametrize("page", PAGES)
def test_every_example_of_a_page_is_so(page: str, tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    found = blocks_of(page)
    assert len(found) >= LEAST[page]
    for block in found:
        match block.language:
            case "console":
                shows(block, tmp_path, service)
            case "sh":
                runs(block, tmp_path, service)
            case "yaml":
                writes(block, tmp_path)
            case "python":
                exec(compile(block.text, page, "exec"), {"__name__": "example"})
            case "toml":
                holds(block, tmp_path, monkeypatch)
            case "html" | "js":
                concerns_the_widget(block, service)
            case other:
                pytest.fail(f"{page}: nothing runs a block of {other!r}")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_file_of_a_page_is_there(page: str) -> None:
    text, home = text_of(page), (ROOT / page).parent
    for target, anchor in re.findall(r"\]\(([\w./-]*)(#[\w-]+)?\)", text):
        file = home / target if target else ROOT / page
        assert file.is_file(), f"{page}: {target}"
        assert not anchor or anchor[1:] in _anchors(file), f"{page}: {target}{anchor}"
    for name in re.findall(r"`((?:bot|tests|intents)/[\w./-]+)`", text):
        assert (ROOT / name).exists(), f"{page}: {name}"


def _anchors(file: Path) -> list[str]:
    titles = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.M)
    return [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles]


def test_the_map_for_developers_names_files_that_are_there() -> None:
    text = text_of("bot/README.md")
    tables = text[text.index("## The rooms") : text.index("## The commands")]
    rooms = [ROOT, ROOT / "bot", *(path for path in (ROOT / "bot").rglob("*") if path.is_dir())]
    for name in re.findall(r"`([\w/]+\.py|[\w/]+/)`", tables):
        assert any((room / name).exists() for room in rooms), name


def test_every_command_stands_in_the_table_of_commands() -> None:
    named = set(re.findall(r"^\| `factotum (\w+)", text_of("bot/README.md"), re.M))
    assert named | {"chat"} == set(cli.COMMANDS)


def test_the_page_for_curators_shows_the_keys_of_entries() -> None:
    assert reference() in text_of("intents/README.md"), "run: python -c 'from bot.kb.schema import reference; print(reference())'"


VALUES = ENTITY.keys["values"].form
RECORDS = [ENTITY, VALUES.form if isinstance(VALUES, ListOf) else VALUES, SOURCE, TALK, SETTINGS]


@pytest.mark.parametrize("record", RECORDS, ids=["entity", "value", "source", "small talk", "settings"])
def test_the_page_for_curators_shows_the_keys_of_the_other_files(record: Form) -> None:
    assert isinstance(record, Record)
    assert keys(record) in text_of("intents/README.md"), f"write:\n{keys(record)}"


def keys(record: Record) -> str:
    """The keys of a record as a Markdown table."""
    rows = ["| key | form | what it is |", "|---|---|---|"]
    for name, key in record.keys.items():
        form = key.form.words().replace("|", "\\|")
        rows.append(f"| `{name}` | {form}{', required' if key.required else ''} | {key.about} |")
    return "\n".join(rows) + "\n"


def test_the_first_page_stays_short() -> None:
    assert len(text_of("README.md").splitlines()) <= 120


def test_the_first_page_names_one_command_that_tests() -> None:
    assert len(re.findall(r"^python3 -m venv .*pytest$", text_of("README.md"), re.M)) == 1  # .ci/run runs that line


def test_every_measuring_command_is_there() -> None:
    named = set(re.findall(r"python (tests/measure/\w+\.py)", "".join(map(text_of, PAGES))))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_page_for_curators_shows_what_formats_hold() -> None:
    assert exports.reference() in text_of("intents/README.md"), "run: python -c 'from bot.exports import reference; print(reference())'"

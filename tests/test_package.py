"""The wheel: whole, and at home in any folder. The README: what it shows is so."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from service import running

from bot.clock import TODAY_VARIABLE
from bot.errors import BotError
from bot.serve.settings import FILE_VARIABLE, read

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (file,) = folder.glob("factotum_faq-*.whl")
    return file


def test_the_wheel_holds_the_base_and_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    code = "import bot; reply = bot.Bot.load().ask('what is a red notice'); print(bot.__file__, reply.answers[0].id)"
    variables = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=folder, env=variables, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path / "site" / "bot" / "__init__.py"), "red-notice"]


def test_the_wheel_is_typed_and_carries_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "bot/py.typed" in names
    assert "bot/intents/settings.yaml" in names
    assert {"bot/serve/static/widget.js", "bot/serve/templates/base.html", "bot/questionlog/migrations/env.py"} <= set(names)
    assert {name.split("/")[0] for name in names} == {"bot", next(name.split("/")[0] for name in names if ".dist-info" in name)}


def test_the_top_level_holds_what_was_agreed() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    assert {name.split("/")[0] for name in tracked} <= {"bot", "intents", "tests", "pyproject.toml", "README.md", ".ci", ".gitignore"}


WRITTEN = "2026-11-20"
"""The day of the examples: later on an answer carries its caveat."""

CONSOLE = re.findall(r"^\$ factotum (.*?)\n(.*?)(?=^\$|^```)", README, re.S | re.M)


@pytest.mark.parametrize(("arguments", "shown"), [pytest.param(*found, id=found[0]) for found in CONSOLE])
def test_the_terminal_of_the_readme_says_what_it_shows(arguments: str, shown: str) -> None:
    command = [sys.executable, "-m", "bot", *shlex.split(arguments)]
    done = subprocess.run(command, env=os.environ | {TODAY_VARIABLE: WRITTEN}, capture_output=True, text=True, check=False)
    parts = [part.strip() for part in shown.split("...") if part.strip()]
    assert all(part in done.stdout for part in parts), done.stdout


SHELL = re.findall(r"^\$ ((?:curl|echo) .*?)\n(.*?)(?=^\$|^```)", README, re.S | re.M)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("readme")) as service:
        yield service.url


@pytest.mark.parametrize(("line", "shown"), [pytest.param(*found, id=found[0][:60]) for found in SHELL])
def test_the_shell_of_the_readme_says_what_it_shows(line: str, shown: str, url: str) -> None:
    if line.startswith("curl") and not shutil.which("curl"):
        pytest.skip("no curl: the examples for HTTP were not tried")
    command = line.replace("http://127.0.0.1:8000", url).replace("factotum ", f"{sys.executable} -m bot ")
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    parts = [part.strip() for part in shown.split("...") if part.strip()]
    assert all(part in done.stdout for part in parts), done.stdout


def test_the_settings_of_the_readme_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", README, re.S)
    (tmp_path / "desk.toml").write_text(text, "utf-8")
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "desk.toml"))
    with pytest.raises(BotError, match="too short"):  # nobody is to serve with a secret that everybody can read here
        read()
    (tmp_path / "desk.toml").write_text(text.replace("CHANGE-ME", "changed, and long enough"), "utf-8")
    assert read().workers == 2


PYTHON = re.findall(r"```python\n(.*?)```", README, re.S)


@pytest.mark.parametrize("code", [pytest.param(code, id=f"example {number}") for number, code in enumerate(PYTHON, 1)])
def test_the_python_of_the_readme_runs(code: str) -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True)


def test_the_readme_has_examples() -> None:
    assert len(PYTHON) >= 2
    assert len(CONSOLE) >= 2
    assert len(SHELL) >= 4

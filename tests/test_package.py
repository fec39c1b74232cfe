"""The wheel: whole, and at home in any folder. The README: what it shows is so."""

import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.clock import TODAY_VARIABLE

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


PYTHON = re.findall(r"```python\n(.*?)```", README, re.S)


@pytest.mark.parametrize("code", [pytest.param(code, id=f"example {number}") for number, code in enumerate(PYTHON, 1)])
def test_the_python_of_the_readme_runs(code: str) -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True)


def test_the_readme_has_examples() -> None:
    assert len(PYTHON) >= 2
    assert len(CONSOLE) >= 2

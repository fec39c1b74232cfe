"""The wheel: whole, and at home in any folder. (The pages and their examples: test_readmes.py.)"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # With what is installed here: .ci/run installs from a place of its own, as pip does.
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (file,) = folder.glob("factotum_faq-*.whl")
    return file


def test_the_wheel_holds_the_base_and_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    code = "import bot; reply = bot.Bot.load().ask('what is a red notice'); print(bot.__file__, reply.answers[0].id)"
    code += "; import sys; print('bot.lint' in sys.modules)"  # an index that came with the wheel is not built again
    variables = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=folder, env=variables, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path / "site" / "bot" / "__init__.py"), "red-notice", "False"]


def test_the_wheel_is_typed_and_carries_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "bot/py.typed" in names
    assert "bot/intents/settings.yaml" in names
    assert {
        "bot/serve/static/widget/start.js",
        "bot/serve/static/strings/ar.json",
        "bot/serve/templates/base.html",
        "bot/questionlog/migrations/env.py",
    } <= set(names)
    assert {name.split("/")[0] for name in names} == {"bot", next(name.split("/")[0] for name in names if ".dist-info" in name)}


def test_the_top_level_holds_what_was_agreed() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    agreed = "bot intents tests findings pyproject.toml README.md .ci .gitignore"
    assert {name.split("/")[0] for name in tracked} <= set(agreed.split())

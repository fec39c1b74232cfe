"""bot/serve/README.md: what it shows is so."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from service import ROOT, running

from bot.errors import BotError
from bot.serve.settings import FILE_VARIABLE, Settings, read

README = (ROOT / "bot/serve/README.md").read_text("utf-8")
SHELL = re.findall(r"^\$ (curl .*?)\n(.*?)(?=^\$|^```)", README, re.S | re.M)
ROWS = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \|$", README, re.M)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("readme")) as service:
        yield service.url


@pytest.mark.parametrize(("line", "shown"), [pytest.param(*found, id=found[0][:60]) for found in SHELL])
def test_its_requests_get_what_it_shows(line: str, shown: str, url: str) -> None:
    if not shutil.which("curl"):
        pytest.skip("no curl: the examples were not tried")
    done = subprocess.run(line.replace("http://127.0.0.1:8000", url), shell=True, capture_output=True, text=True, check=True)
    parts = [part.strip() for part in shown.split("...") if part.strip()]
    assert all(part in done.stdout for part in parts), done.stdout


def test_its_settings_hold_once_the_secrets_are_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", README, re.S)
    (tmp_path / "desk.toml").write_text(text, "utf-8")
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "desk.toml"))
    with pytest.raises(BotError, match="too short"):  # nobody is to serve with a secret that everybody can read there
        read()
    (tmp_path / "desk.toml").write_text(text.replace("CHANGE-ME", "changed, and long enough"), "utf-8")
    assert read().host_names == ("127.0.0.1", "desk.example.org")


def test_its_table_lists_every_setting_as_the_help_does() -> None:
    assert [(name, about) for name, _, about in ROWS] == [(name, item.description) for name, item in Settings.model_fields.items()]
    assert len(SHELL) >= 5

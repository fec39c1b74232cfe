import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot import Bot
from bot.clock import TODAY_VARIABLE
from bot.kb.files import default_folder

TODAY = date.fromisoformat(os.environ.get(TODAY_VARIABLE) or date.today().isoformat())
SHOP = Path(__file__).parent / "shop"

# No test asserts a time: on a busy machine Hypothesis would fail one for drawing its values slowly.
settings.register_profile("no times", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no times")


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests keep nothing in the folders of whoever runs them."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[variable] = str(home)
    os.environ.pop("FACTOTUM_INTENTS", None)


@pytest.fixture(scope="session")
def bot() -> Bot:
    """The shipped base. Only tests of its content, and of what is served with it, stand on it."""
    return Bot.load(clock=lambda: TODAY)


@pytest.fixture(scope="session")
def shop() -> Bot:
    """A small shop: the base of the engine's tests."""
    return Bot.load(SHOP / "base", clock=lambda: TODAY)


@pytest.fixture(scope="session")
def intents() -> Path:
    return default_folder()

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
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
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole run, which all its processes share. Tests keep nothing in the folders of whoever runs them, and a base that
    one process has built is read by the others."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("home"))
    os.environ["XDG_CACHE_HOME"] = str(shared / "cache")
    os.environ.pop("FACTOTUM_INTENTS", None)
    return shared


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Keeps the other processes of the run waiting: what is dear to build is built by one of them."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def bot(run_folder: Path) -> Bot:
    """The shipped base. Only tests of its content, and of what is served with it, stand on it."""
    with one_at_a_time(run_folder):
        return Bot.load(clock=lambda: TODAY)


@pytest.fixture(scope="session")
def shop() -> Bot:
    """A small shop: the base of the engine's tests."""
    return Bot.load(SHOP / "base", clock=lambda: TODAY)


@pytest.fixture(scope="session")
def intents() -> Path:
    return default_folder()

"""A running service for tests: the real command in a process of its own, on a free port."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECRET = "a secret of the tests, long enough"
_PATIENCE = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Service:
    """`url` has no slash at its end; `journal` is the file that its log goes to."""

    url: str
    process: subprocess.Popen[bytes] = field(repr=False)
    journal: Path

    def lines(self) -> list[dict[str, Any]]:
        """What it has logged."""
        return [json.loads(line) for line in self.journal.read_text("utf-8").splitlines() if line.startswith("{")]

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Sends a signal and waits for the end; the exit status."""
        self.process.send_signal(how)
        return self.process.wait(_PATIENCE)


@contextmanager
def running(folder: Path, port: int = 0, **settings: object) -> Iterator[Service]:
    """A service that is ready, with its database and its log in a folder; settings by name, without a limit on requests unless given."""
    journal = folder / "service.log"
    given = {"port": port, "secret": SECRET, "rate": "off", "token_rate": "off", "database": f"sqlite:///{folder}/questions.db"} | settings
    variables = {f"FACTOTUM_{name.upper()}": str(value) for name, value in given.items() if value is not None}
    with journal.open("ab") as out:
        process = subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=os.environ | variables, stdout=out, stderr=out)
    try:
        yield Service(_ready(journal, process), process, journal)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(_PATIENCE)


def _ready(journal: Path, process: subprocess.Popen[bytes]) -> str:
    """The address, once it answers there."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        found = re.findall(r'"url": "(http://[^"]+)/"', journal.read_text("utf-8"))
        if found and _answers(found[-1]):
            return str(found[-1])
        time.sleep(0.05)
    raise AssertionError(f"the service did not start:\n{journal.read_text('utf-8')}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False

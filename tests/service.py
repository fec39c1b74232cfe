"""A running service for tests: the real command in a process of its own, on a free port.

Nothing here asserts how long something takes. A busy machine is waited for; PATIENCE only ends the wait for what will never come.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import jsonschema

SECRET = "a secret of the tests, long enough"
PATIENCE = 120.0
"""Seconds. On two cores with a busy loop each, a service whose base is cached starts in some ten."""

TOKEN = "a token of the tests"
PAGE = "https://www.example.org"
"""The origin of a page that is named in the settings of some tests."""

FIRST, LEANS = "what is a red notice", "how long does it last"
"""The second has an answer after the first alone."""

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Service:
    """`url` has no slash at its end; `log` is the file with what it wrote."""

    url: str
    process: subprocess.Popen[bytes] = field(repr=False)
    log: Path

    def lines(self, message: str = "") -> list[dict[str, Any]]:
        """The events that it has logged: all of them, or those with this message."""
        found = (json.loads(line) for line in _whole_lines(self.log) if line.startswith("{"))
        return [line for line in found if message in ("", line["message"])]

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Sends a signal and waits for the end; the exit status."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


@contextmanager
def running(folder: Path, port: int = 0, *, cwd: Path | None = None, flags: Sequence[str] = (), **settings: object) -> Iterator[Service]:
    """A service that is ready, with its database and its log in a folder; settings by name, without a limit on requests unless given."""
    log = folder / "service.log"
    given = {"port": port, "secret": SECRET, "rate": "off", "token_rate": "off", "database": f"sqlite:///{folder}/questions.db"} | settings
    variables = {f"FACTOTUM_{name.upper()}": str(value) for name, value in given.items() if value is not None}
    variables |= {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}
    before = len(_whole_lines(log))
    with log.open("ab") as out:
        command = [sys.executable, "-P", "-m", "bot", "serve", *flags]
        process = subprocess.Popen(command, env=os.environ | variables, cwd=cwd, stdout=out, stderr=out)
    try:
        yield Service(_address(log, before, process), process, log)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE)


def until(what: Callable[[], object]) -> None:
    """Waits for a condition."""
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            raise AssertionError("it did not happen")
        time.sleep(0.05)


def _address(log: Path, before: int, process: subprocess.Popen[bytes]) -> str:
    """The address, which a service logs once it answers there."""
    found: list[str] = []

    def told() -> bool:
        found[:] = [json.loads(line)["url"] for line in _whole_lines(log)[before:] if '"message": "serving"' in line]
        return bool(found) or process.poll() is not None

    until(told)
    if not found:
        raise AssertionError(f"the service did not start:\n{log.read_text('utf-8')}")
    return found[0].rstrip("/")


def _whole_lines(log: Path) -> list[str]:
    text = log.read_text("utf-8") if log.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()


get = partial(httpx.get, timeout=PATIENCE)

post = partial(httpx.post, timeout=PATIENCE)

client_of = partial(httpx.Client, timeout=PATIENCE)


def ask(client: httpx.Client, text: str, context: object = None) -> dict[str, Any]:
    reply: dict[str, Any] = client.post("/v1/ask", json={"text": text, "context": context}).raise_for_status().json()
    return reply


def document(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").raise_for_status().json()
    return found


def holds(response: httpx.Response, told: dict[str, Any], document: dict[str, Any]) -> None:
    """Checks a response against what the document says of its status."""
    assert response.status_code == 200
    schema = told["responses"]["200"]["content"]["application/json"].get("schema", {})
    jsonschema.validate(response.json(), schema | {"components": document["components"]})


def send(service: Service, *parts: bytes, pause: float = 0.0) -> bytes:
    """What comes back for bytes as they are, until the other side closes."""
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as wire:
        for part in parts:
            try:
                wire.sendall(part)
            except OSError:
                break
            time.sleep(pause)
        received = b""
        with suppress(OSError):
            while chunk := wire.recv(65_536):
                received += chunk
        return received

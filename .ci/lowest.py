"""Installs the lowest versions that pyproject.toml allows and does with them what a user does first: asks, checks the base, serves.

uv finds these versions, because pip has no such mode; of those without a wheel for this Python it takes the next that has one.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds for a service to answer; on a busy machine two workers take 30


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        os.environ.update(dict.fromkeys(("XDG_CACHE_HOME", "XDG_STATE_HOME"), folder) | {"FACTOTUM_SECRET": "known to this run only"})
        bin_folder = install(work)
        factotum = str(bin_folder / "factotum")
        subprocess.run([factotum, "ask", "what is a red notice"], cwd=work, check=True, stdout=subprocess.DEVNULL)
        for arguments in (["check"], ["names", "country"]):
            subprocess.run([factotum, *arguments], cwd=work, check=True)
        for workers in ("1", "2"):
            serve(factotum, work, workers)


def install(work: Path) -> Path:
    """A virtual environment with the lowest versions; its folder of commands."""
    for name in ("uv", "lowest"):
        venv.create(work / name, with_pip=True)
    commands = "Scripts" if sys.platform == "win32" else "bin"
    pip = [str(work / "lowest" / commands / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([str(work / "uv" / commands / "python"), *pip[1:], "install", "--quiet", "uv"], check=True)
    index = re.search(r"^[^=]*\.index-url='(.*)'$", subprocess.run([*pip, "config", "list"], capture_output=True, text=True).stdout, re.M)
    find = ["pip", "compile", "--quiet", "--no-build", "--resolution", "lowest-direct", "--python", pip[0]]
    find += ["--extra", "serve", "--extra", "curate", "--no-annotate", "--no-header", "--output-file", "lowest.txt"]
    find += ["--default-index", index[1]] if index else []
    subprocess.run([str(work / "uv" / commands / "uv"), *find, str(PROJECT / "pyproject.toml")], cwd=work, check=True)
    subprocess.run([*pip, "install", "--quiet", "--requirement", "lowest.txt", str(PROJECT)], cwd=work, check=True)
    return work / "lowest" / commands


def serve(factotum: str, work: Path, workers: str) -> None:
    """Starts the service and asks it one question. Raises SystemExit with what it wrote if it does not answer."""
    log = work / f"serve-{workers}.log"
    settings = {"FACTOTUM_PORT": "0", "FACTOTUM_WORKERS": workers, "FACTOTUM_DATABASE": f"sqlite:///{work}/{workers}.db"}
    with log.open("wb") as out:
        service = subprocess.Popen([factotum, "serve"], cwd=work, env=os.environ | settings, stdout=out, stderr=out)
    try:
        until = time.monotonic() + PATIENCE
        while not (answered := answer(log)) and service.poll() is None and time.monotonic() < until:
            time.sleep(0.2)
    finally:
        service.terminate()
        ended = service.wait(PATIENCE)
    if not answered or ended:
        raise SystemExit(
            f"With {workers} workers and the lowest versions the service did not answer or end well:\n{log.read_text('utf-8')}"
        )
    print(f"{workers} workers: {answered}")


def answer(log: Path) -> str | None:
    """The status of the reply to a question; None while there is none."""
    address = re.search(r"answers at (http://\S+)", log.read_text("utf-8"))
    if not address:
        return None
    body = json.dumps({"text": "what is a red notice"}).encode()
    asked = urllib.request.Request(f"{address[1]}v1/ask", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=10) as reply:
            return str(json.load(reply)["status"])
    except OSError:
        return None


if __name__ == "__main__":
    main()

"""Archives made of public question sets, and what trying the bot on them costs.

    python tests/measure/archive.py make FOLDER 5000 --to mails.mbox
    python tests/measure/archive.py run mails.mbox --intents BASE

`make` takes questions from the sets of a folder (queries.jsonl with a `q` on each line), in an order that is the same every time, and
writes them as mails: with a greeting, a signature, every third with quoted mail, some as HTML, some sent by machines; on two years' days. A
name that ends in .jsonl makes lines of JSON instead. `run` triages an archive with one worker and then with two, and prints the seconds,
their ratio, and the memory of the largest worker in the second and in the last quarter of the run, which should be the same. On a machine
that others use too, the second ratio is the one to look at: it is that of processor times. Both runs must give the same rows; exit status 1
if they do not.
"""

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import psutil

_FIRST = datetime(2024, 11, 1, 8, tzinfo=UTC)
_MINUTES = 2 * 365 * 24 * 60
_NAMES = ("Jane Doe", "Amir Haddad", "Olga Petrova", "John Smith", "Chen Wei", "Maria Rossi", "Kofi Mensah", "Anna Schmidt")
_OPENINGS = ("Hello,", "Dear support team,", "Hi there", "Good morning,", "")
_CLOSINGS = ("Kind regards,", "Thanks in advance,", "Best,", "Many thanks")
_ANSWER = "we have received your request and will come back to you within two days.\nYour number is {number}."


def questions(folder: Path) -> list[str]:
    """The questions of all sets, sorted and then shuffled with a fixed seed."""
    found = {
        json.loads(line)["q"] for file in sorted(folder.rglob("queries.jsonl")) for line in file.read_text("utf-8").splitlines() if line
    }
    ordered = sorted(found)
    random.Random(20261130).shuffle(ordered)
    return ordered


def mail(question: str, number: int, chance: random.Random) -> EmailMessage:
    """A mail as somebody would send it."""
    name = chance.choice(_NAMES)
    sender = f"{name.lower().replace(' ', '.')}{number % 97}@example.org"
    made = EmailMessage()
    sent = _FIRST + timedelta(minutes=chance.randrange(_MINUTES))
    made["From"], made["To"], made["Date"] = f"{name} <{sender}>", "desk@example.com", format_datetime(sent)
    made["Subject"], made["Message-ID"] = chance.choice(("A question", "Re: my request", question[:60])), f"<{number}@example.org>"
    if number % 50 == 49:
        made["Auto-Submitted"] = "auto-replied"
    text = "\n\n".join(
        filter(None, (chance.choice(_OPENINGS), question, f"{chance.choice(_CLOSINGS)}\n{name}\n+44 20 7946 {number % 10000:04}"))
    )
    if number % 3 == 0:
        quoted = f"Dear {name},\n{_ANSWER.format(number=number)}\nYour desk"
        lines = "\n".join(f"> {line}" for line in quoted.split("\n"))
        text += f"\n\nOn Mon, 3 Nov 2025 at 09:12, Desk <desk@example.com> wrote:\n{lines}"
    made.set_content(text)
    if number % 4 == 0:
        made.add_alternative("<html><body><p>" + text.replace("\n", "<br>") + "</p></body></html>", subtype="html")
    return made


def make(folder: Path, count: int, to: Path) -> None:
    """Writes an archive of so many messages."""
    asked, chance = questions(folder), random.Random(count)
    with to.open("wb") as out:
        for number in range(count):
            question = asked[number % len(asked)]
            if to.suffix == ".jsonl":
                at = _FIRST + timedelta(minutes=chance.randrange(_MINUTES))
                out.write(json.dumps({"id": number, "text": question, "created_at": at.isoformat()}).encode() + b"\n")
            else:
                body = bytes(mail(question, number, chance)).replace(b"\nFrom ", b"\n>From ")
                out.write(b"From desk@example.com Mon Nov  3 09:12:00 2025\n" + body + b"\n\n")


def rows(folder: Path) -> list[tuple[str, ...]]:
    with (folder / "messages.csv").open(encoding="utf-8-sig", newline="") as file:
        return [tuple(row) for row in csv.reader(file)]


@dataclass
class Cost:
    """What a run took: seconds, seconds of processor of its first process and of each below, and the largest of these by time."""

    seconds: float = 0
    first: float = 0
    workers: dict[int, float] = field(default_factory=dict)
    sizes: list[float] = field(default_factory=list)

    def alone(self) -> float:
        """Seconds on a machine with a core for each process, if what the first process does waits for nobody."""
        return self.first + max(self.workers.values())


def watched(process: subprocess.Popen[bytes]) -> Cost:
    """Looks at a run until it ends."""
    begun, parent, cost = time.monotonic(), psutil.Process(process.pid), Cost()
    while process.poll() is None:
        with suppress(psutil.Error):
            cost.first = sum(parent.cpu_times()[:2])
            for child in parent.children(recursive=True):
                with suppress(psutil.Error):
                    cost.workers[child.pid] = sum(child.cpu_times()[:2])
                    cost.sizes.append(child.memory_info().rss / 2**20)
        cost.seconds = time.monotonic() - begun
        time.sleep(0.25)
    return cost


def timed(archive: Path, intents: str, workers: int, to: Path) -> Cost:
    """Triages an archive and prints what that took."""
    words = ["triage", str(archive), "--to", str(to), "--workers", str(workers), *(["--intents", intents] if intents else [])]
    with subprocess.Popen([sys.executable, "-m", "bot", *words], stdout=subprocess.DEVNULL) as process:
        cost = watched(process)
    if process.returncode:
        sys.exit(f"factotum triage ended with {process.returncode}")
    quarter = len(cost.sizes) // 4 or 1
    early, late = max(cost.sizes[quarter : 2 * quarter]), max(cost.sizes[-quarter:])
    told = f"{cost.seconds:.1f} s; processor: {cost.first:.1f} s before the workers and after, {sum(cost.workers.values()):.1f} s in them"
    print(f"{workers} worker(s): {told}; the largest {early:.0f} MB in the second quarter, {late:.0f} MB in the last", flush=True)
    return cost


def run(archive: Path, intents: str) -> int:
    """One worker beside two."""
    with tempfile.TemporaryDirectory() as name:
        one, two = (timed(archive, intents, workers, Path(name) / str(workers)) for workers in (1, 2))
        same = rows(Path(name) / "1") == rows(Path(name) / "2")
        count = len(rows(Path(name) / "1")) - 1
        size = (Path(name) / "1" / "messages.parquet").stat().st_size
    print(f"{count} messages: two workers are {one.seconds / two.seconds:.2f} times as fast as one as the machine was,")
    print(f"and {one.alone() / two.alone():.2f} times by the processor time of the first process and of the busier worker")
    print(f"a message: {1000 * sum(one.workers.values()) / count:.1f} ms of a worker, {size / count:.0f} bytes of Parquet")
    print("the rows are the same" if same else "THE ROWS DIFFER")
    return 0 if same else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("folder", type=Path)
    making.add_argument("count", type=int)
    making.add_argument("--to", type=Path, required=True)
    running = commands.add_parser("run")
    running.add_argument("archive", type=Path)
    running.add_argument("--intents", default="")
    given = parser.parse_args()
    if given.command == "make":
        make(given.folder, given.count, given.to)
        return 0
    return run(given.archive, given.intents)


if __name__ == "__main__":
    sys.exit(main())

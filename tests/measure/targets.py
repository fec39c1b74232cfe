"""The targets of speed and size, as ratios taken in one run: python tests/measure/targets.py

Times are CPU time, in units of a process that does nothing (`python -c pass`) or of bm25s over the same phrases (extra bench; left out
where it is not installed). Targets and limits are in targets.yaml; exit status 1 if a limit is exceeded. Takes some 30 CPU seconds. Run it
with the Python that Factotum is installed for: the wheel, not the folder that this is run in, is measured as a process.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import yaml

ROUNDS = 5
STEP = 6
"""One in so many questions of the table is asked."""

HERE = Path(__file__).resolve().parent
QUESTIONS = HERE.parent / "content" / "questions.yaml"
ASK = ["-m", "bot", "ask", "what is a red notice"]

ASKED = """
import json, sys, time
from bot import Bot
bot = Bot.load()
texts = json.loads(sys.stdin.read())
for text in texts:
    bot.ask(text)
for text in texts:
    start = time.process_time()
    bot.ask(text)
    print(time.process_time() - start)
"""

WARM = """
import os
from bot.serve import app
from bot.engine import Bot
from bot.serve.answering_process import warm
bot = warm(Bot.load())
with open("/proc/self/statm") as file:
    print(int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
"""


def python(arguments: Sequence[str], home: str, said: str = "") -> tuple[float, str]:
    """(CPU seconds, output) of a Python process in an empty folder, with a cache of its own."""
    before = _spent()
    environment = os.environ | {"XDG_CACHE_HOME": home, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, *arguments], cwd=home, env=environment, input=said, text=True, capture_output=True, check=False)
    return _spent() - before, done.stdout


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def figures(home: str) -> Iterator[tuple[str, float]]:
    """(figure, value) of all that can be measured here."""
    first, _ = python(ASK, home)
    pairs = [(python(["-c", "pass"], home)[0], python(ASK, home)[0]) for _ in range(ROUNDS)]
    unit = median(bare for bare, _ in pairs)
    yield "ask", median(asked for _, asked in pairs) / unit
    yield "first", first / unit
    yield "check", python(["-m", "bot", "check"], home)[0] / unit
    rows = yaml.load(QUESTIONS.read_text("utf-8"), yaml.CSafeLoader)
    times = sorted(map(float, python(["-c", ASKED], home, json.dumps([row["q"] for row in rows[::STEP]]))[1].split()))
    yield "median", median(times) / unit
    yield "slowest", times[int(0.99 * len(times))] / unit
    if Path("/proc/self/statm").exists():
        yield "worker", float(python(["-c", WARM], home)[1])
    if find_spec("bm25s"):
        yield from _beside_bm25s()


def _beside_bm25s() -> Iterator[tuple[str, float]]:
    from speed import ratios  # beside this file

    found = ratios(1_000)
    yield "bm25s", found["match p50"]
    yield "bm25s_slowest", found["match p99"]
    yield "bm25s_memory", found["memory"]


def main() -> int:
    wanted = {row["figure"]: row for row in yaml.safe_load((HERE / "targets.yaml").read_text("utf-8"))}
    over = 0
    with TemporaryDirectory() as home:
        for name, value in figures(home):
            row = wanted[name]
            over += value > row["limit"]
            told = "over the limit" if value > row["limit"] else "" if value > row["target"] else "reached"
            print(
                f"{row['what']:<42} {value:8.2f} {row['unit']:<6} target {row['target']:<6} 256ab08 {row['was']:<6} "
                f"limit {row['limit']:<6} {told}",
                flush=True,
            )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())

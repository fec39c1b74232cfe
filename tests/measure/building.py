"""How long a base takes to build, beside what bm25s takes to index the same phrases, in CPU seconds of one run.

    pip install '.[bench]'
    python tests/measure/building.py [ENTRIES ...]        (5000 10000 20000 if none is given)

The phrases are those of speed.py, ten to an entry. Each size is built in a process of its own, part by part: reading and checking the
values, the index, and the fit of the scores. In brackets: the ratio to bm25s.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from speed import PHRASES, bm25, phrases

from bot.kb import memory
from bot.matching import build_index, leave_out
from bot.matching.query import lexicon

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """(CPU seconds, what the work gives)."""
    before = time.process_time()
    found = work()
    return time.process_time() - before, found


def measure(entries: int) -> None:
    """Prints the seconds of each part as a line of JSON."""
    groups = phrases(entries * PHRASES)
    items = [{"id": number, "questions": group, "answer": "That."} for number, group in enumerate(groups)]
    other, _ = timed(lambda: bm25(groups))
    reading, kb = timed(lambda: memory.build(items, {}))
    indexing, index = timed(lambda: build_index.build(kb))
    fitting, _ = timed(lambda: leave_out.calibrate(index, lexicon(kb)))
    print(json.dumps({"bm25s": other, "reading": reading, "index": indexing, "fit": fitting}))


def main(sizes: list[str]) -> None:
    for size in sizes or ["5000", "10000", "20000"]:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run([sys.executable, __file__, "--measure", size], env=environment, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        other = found.pop("bm25s")
        parts = "  ".join(f"{name} {seconds:5.1f} s ({seconds / other:4.1f})" for name, seconds in found.items())
        whole = sum(found.values())
        print(f"{size:>6} entries  bm25s {other:5.1f} s  {parts}  all {whole:5.1f} s ({whole / other:4.1f})", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(int(sys.argv[2]))
    else:
        main(sys.argv[1:])

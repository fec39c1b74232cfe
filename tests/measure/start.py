"""The CPU time of `factotum ask` as a whole process, as a ratio to that of `python -c pass`, alternated in one run.

python tests/measure/start.py
"""

import resource
import subprocess
import sys
from pathlib import Path
from statistics import median

ROUNDS = 25
BARE = [sys.executable, "-c", "pass"]
ASK = [str(Path(sys.executable).with_name("factotum")), "ask", "what is a red notice"]


def seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    seconds(ASK)
    pairs = [(seconds(BARE), seconds(ASK)) for _ in range(ROUNDS)]
    bare, ask = (median(values) for values in zip(*pairs, strict=True))
    print(f"python -c pass {1000 * bare:.1f} ms, factotum ask {1000 * ask:.1f} ms, ratio {ask / bare:.1f}")

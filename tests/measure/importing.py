"""Time and memory of `factotum import` on a workbook: the time as a ratio to openpyxl reading the same rows, both in CPU seconds of a
process of their own, and the most memory in MB.

    python tests/measure/importing.py                10,000 rows: the ratio is to be at most 20
    python tests/measure/importing.py --rows 100000  the memory is to stay under 300 MB
"""

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook

WORDS = "parcel money shop card street when price letter form order number week month bank house garden boat river".split()

READ = """
import openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
rows = sum(1 for _ in book.active.iter_rows(values_only=True))
"""
IMPORT = """
from bot.cli import guarded
guarded(["import", sys.argv[1], "--to", sys.argv[2], "--yes"])
"""
FIGURES = """
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "faq.xlsx")
        _write(source, rows)
        nothing, _ = _measured("pass", source, folder)
        read, _ = _measured(READ, source, folder)
        spent, memory = _measured(IMPORT, source, folder)
        print(
            f"{rows:,} rows: import {spent:.1f} s, openpyxl alone {read - nothing:.1f} s, ratio {spent / (read - nothing):.1f}; {memory} MB"
        )


def _write(path: Path, rows: int) -> None:
    chosen = random.Random(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Question", "Answer", "Category"])
    for number in range(rows):
        question = " ".join(chosen.choices(WORDS, k=6))
        answer = f"<p>{' '.join(chosen.choices(WORDS, k=20))}.</p><p>{' '.join(chosen.choices(WORDS, k=20))}.</p>"
        sheet.append([f"{question} {number}?", answer if number % 2 else " ".join(chosen.choices(WORDS, k=40)), chosen.choice(WORDS)])
    book.save(path)


def _measured(code: str, source: Path, folder: str) -> tuple[float, int]:
    """(CPU seconds, most memory in MB) of a process."""
    command = [sys.executable, "-c", f"import resource, sys\n{code}\n{FIGURES}", str(source), str(Path(folder, "base"))]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seconds, memory = out.split("\n")[-2].split()
    return float(seconds), int(memory)


if __name__ == "__main__":
    main()

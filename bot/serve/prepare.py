"""A changed base, checked and put into the cache by a process of its own: python -m bot.serve.prepare FOLDER.

To build a base takes seconds of one processor; in a thread of the service every answer would wait for it.
"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from bot.errors import KnowledgeBaseError
from bot.load import load

_FAULTY = 2
_PATIENCE = 600.0  # seconds; a base of a hundred thousand entries takes its time


def main(folder: str) -> int:
    """Loads a base; prints its problems, files named from the folder on, as a list of texts if it does not hold together."""
    try:
        load(folder)
    except KnowledgeBaseError as error:
        print(json.dumps([str(replace(problem, file=os.path.relpath(problem.file, folder))) for problem in error.problems]))
        return _FAULTY
    return 0


def problems_of(folder: Path) -> tuple[str, ...]:
    """Why a base cannot be put in force; nothing if it can. Returns when the other process has ended.
    Raises OSError or subprocess.TimeoutExpired if that cannot be told."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.serve.prepare", str(folder)], capture_output=True, text=True, check=False, timeout=_PATIENCE
    )
    if done.returncode == _FAULTY:
        return tuple(json.loads(done.stdout))
    return () if done.returncode == 0 else (f"it could not be checked: the process ended with {done.returncode}.",)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""A run over archives: it begins in an empty folder, can be stopped and taken up again, and leaves its results there."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.errors import UsageError
from bot.kb.files import replace_file
from bot.triage import table
from bot.triage.cluster import work_off
from bot.triage.message import Part
from bot.triage.parts import MESSAGES, Archive, parts
from bot.triage.result import Result, Wanted, finish
from bot.triage.work import Job

WORK = ".triage"
"""The folder of a run that is not finished."""

_RECORD = "run.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: the archives, the base (as a path), where to, the desk's own addresses, the encoding of sheets ("" finds out)."""

    archives: Sequence[Archive]
    base: str
    folder: Path
    own: frozenset[str]
    encoding: str = ""


def run(plan: Plan, wanted: Wanted, client: Any, done: Callable[[int], None]) -> Result:
    """Has Dask (`client`: cluster.connected) work off the archives, and writes the results. `done` is told the size of each part.

    Raises UsageError if the folder holds something else, or a run over other files or with another base.
    """
    work = begun(plan, wanted)
    written: list[Path] = []
    job = Job(plan.base, wanted.kb.version, wanted.day, work, plan.own)
    work_off(client, _missing(plan, work, written, done), job, done)
    result = finish(written, plan.folder, wanted)
    shutil.rmtree(work)
    return result


def begun(plan: Plan, wanted: Wanted) -> Path:
    """The folder of the parts of a run, new or taken up again."""
    work, record = plan.folder / WORK, _record(plan, wanted)
    if work.is_dir():
        if _read(work / _RECORD) not in (record, None):
            raise UsageError(f"{plan.folder} holds a run over other files, or with another base: name another folder, or delete this one.")
    elif plan.folder.exists() and (not plan.folder.is_dir() or any(plan.folder.iterdir())):
        raise UsageError(f"{plan.folder} is not empty: name a new folder with --to.")
    work.mkdir(parents=True, exist_ok=True)
    replace_file(work / _RECORD, json.dumps(record).encode())
    return work


def _record(plan: Plan, wanted: Wanted) -> dict[str, Any]:
    """What a run rests on, without names of files, which may be those of people. Another way to number the parts is another run."""
    digest = sha256()
    for archive in plan.archives:
        for file in archive.files or (archive.path,):
            status = file.stat()
            digest.update(b"%s\0%d %d\0" % (os.fsencode(file), status.st_size, status.st_mtime_ns))
    digest.update("\0".join(sorted(plan.own)).encode())
    return {"version": 1, "archives": digest.hexdigest(), "kb": wanted.kb.version, "messages": MESSAGES}


def _read(file: Path) -> Any:
    """The record of a run; None if there is none yet."""
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None


def _missing(plan: Plan, work: Path, written: list[Path], done: Callable[[int], None]) -> Iterator[Part]:
    """The parts that are still to be worked off; the paths of all are noted in order."""
    for part in parts(list(plan.archives), plan.encoding):
        path = work / part.name
        written.append(path)
        if table.is_whole(path):
            done(part.size)
        else:
            yield part

"""What builds a base: the code and word lists, and the versions of what they rest on."""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from unicodedata import unidata_version

import numpy as np
import Stemmer

PACKAGE = Path(__file__).resolve().parents[1]

ROOMS = ("", "answering", "cache", "defaults", "dialogue", "english", "kb", "kinds", "lint", "matching")
"""The folders of the package whose code and word lists decide what is built from a base, and whether it may be used at all."""


def code_hash(package: Path, *, tables: bool = False) -> str:
    """A hash (SHA-256, 16 hex digits) of the code and data that decide what is built from a base.

    Code and word lists are hashed by content, not by size and time, because installers may give every file the same time. That takes 2 ms
    at every start; tables of several megabytes, which only the code that is hashed reads, go by size and time unless `tables` asks for
    their content too: then the hash is the same on every machine.
    """
    digest = hashlib.sha256()
    for room in ROOMS:
        with os.scandir(package / room) as found:
            files = sorted((entry for entry in found if entry.is_file() and not entry.name.endswith(".kb")), key=lambda entry: entry.name)
        for file in files:
            whole = tables or file.name.endswith((".py", ".txt", ".yaml"))
            digest.update(f"{room}/{file.name} {file.stat().st_size} ".encode())
            digest.update(_content(file.path) if whole else b"%d " % file.stat().st_mtime_ns)
    return digest.hexdigest()[:16]


def _content(path: str) -> bytes:
    with open(path, "rb", 0) as file:
        return file.read()


@cache
def builder() -> str:
    """What built a base: the code, and the version of everything else that its content depends on.

    Found out once for each process: when Factotum is upgraded under a running service, that service still runs the old code.
    """
    stemmer = os.stat(Stemmer.__file__)  # PyStemmer 2.2.0.2 and others before 3 call themselves 2.0.1
    versions = (Stemmer.version(), stemmer.st_size, stemmer.st_mtime_ns, np.__version__.partition(".")[0])
    python = (sys.version_info[:2], unidata_version, sys.byteorder)
    return hashlib.sha256(repr((code_hash(PACKAGE), versions, python)).encode()).hexdigest()[:16]

"""Changes -> files, a commit where they lie in git, and back."""

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.errors import UsageError
from bot.imports.merge import Change
from bot.kb.files import replace_file

_SECONDS = 60.0


def write(changes: Sequence[Change]) -> None:
    """Writes the files. Raises UsageError, and writes nothing, if one of them is no longer what it was when the change was made: somebody
    else has edited it."""
    _unchanged((change.path, change.old) for change in changes)
    for change in changes:
        change.path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(change.path, change.new)


def undo(changes: Sequence[Change]) -> None:
    """Puts back what was there before. Raises UsageError, and changes nothing, if a file was edited since."""
    _unchanged((change.path, change.new) for change in changes)
    for change in changes:
        if change.old is None:
            change.path.unlink()
        else:
            replace_file(change.path, change.old)


def commit(folder: Path, changes: Sequence[Change], message: str) -> str | None:
    """Commits these files and no others, if the folder lies in a work tree of git: the first line of what git says; None if it does not.
    Raises UsageError with what git complains of; the files stay as they are."""
    try:
        if _git(folder, "rev-parse", "--is-inside-work-tree").stdout.strip() != "true":
            return None
    except OSError:  # there is no git
        return None
    paths = [str(change.path.resolve()) for change in changes]
    for arguments in (("add", "--", *paths), ("commit", "--quiet", "--message", message, "--only", "--", *paths)):
        done = _git(folder, *arguments)
        if done.returncode:
            raise UsageError(f"the files are written, but git took no commit: {(done.stderr or done.stdout).strip()}")
    return _git(folder, "log", "-1", "--format=%h %s").stdout.strip()


def _unchanged(wanted: Iterable[tuple[Path, bytes | None]]) -> None:
    for path, content in wanted:
        if (path.read_bytes() if path.exists() else None) != content:
            raise UsageError(f"{path} was changed by somebody else meanwhile: nothing was written. Look at it again.")


def _git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)

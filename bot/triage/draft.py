"""Groups of questions without an answer -> a draft of a base: a file an entry with its wordings, and no answers, which are a curator's."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.imports.documents import as_yaml
from bot.imports.ids import new_id
from bot.redaction.rules import TAG
from bot.reporting.report import Group
from bot.reporting.words import shown

FOLDER = "draft"
_MOST = 500
"""Entries of a draft: more than anybody writes answers to in a year."""


def write(folder: Path, groups: Sequence[Group], least: int) -> int:
    """Writes the draft of the groups that were asked at least so often; returns how many entries it has. Raises OSError."""
    home = folder / FOLDER / "faq" / "asked"
    made = list(_files([group for group in groups if group.now >= least][:_MOST]))
    for name, text in made:
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{name}.yaml").write_text(text, "utf-8")
    return len(made)


def _files(groups: Sequence[Group]) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    for number, group in enumerate(groups, 1):
        wordings = list(dict.fromkeys(filter(None, map(_plain, (group.question, *group.wordings)))))
        if wordings:
            name = new_id(TAG.sub(" ", wordings[0]), taken) or f"question-{number}"
            taken.add(name)
            fields = {"id": name, "question": wordings[0], "alternates": wordings[1:], "answer": ""}
            yield name, f"# Asked {group.now} times. The answer is yours to write.\n{as_yaml(fields)}"


def _plain(wording: str) -> str:
    """A wording on one line; braces mean entities in a base, and here they do not."""
    return re.sub(r"\{", "[", re.sub(r"\}", "]", shown(wording)))

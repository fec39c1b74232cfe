"""Problems -> text for people, JSON for programs, annotations for GitHub."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from bot.errors import Problem
from bot.knowledge import KnowledgeBase

Form = Callable[[KnowledgeBase, Sequence[Problem]], str]


def as_text(kb: KnowledgeBase, problems: Sequence[Problem]) -> str:
    """One line for each problem, then the counts."""
    alternates = sum(len(entry.alternates) + len(entry.further) for entry in kb.entries.values())
    errors = sum(problem.level == "error" for problem in problems)
    entries = "1 entry" if len(kb.entries) == 1 else f"{len(kb.entries)} entries"
    counts = f"{entries}, {_count(alternates, 'alternate')}, {_count(len(kb.sources), 'source')}."
    return "\n".join([*map(str, problems), f"{counts} {_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}."])


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def as_json(kb: KnowledgeBase, problems: Sequence[Problem]) -> str:
    """A JSON object with the version of the base and the problems."""
    return json.dumps({"kb": kb.version, "problems": [asdict(problem) for problem in problems]}, indent=2)


def as_github(kb: KnowledgeBase, problems: Sequence[Problem]) -> str:
    """Workflow commands (GitHub Actions, "Setting an error message"), then a line for people."""
    return "\n".join([*map(_annotation, problems), as_text(kb, ()) if not problems else f"{_count(len(problems), 'problem')}."])


def _annotation(problem: Problem) -> str:
    text = f"{problem.fault} {problem.mend}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{problem.level} file={problem.file},line={problem.line},col={problem.column},title={problem.rule}::{text}"


FORMS: dict[str, Form] = {"text": as_text, "json": as_json, "github": as_github}

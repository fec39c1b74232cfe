"""What can go wrong, as values and exceptions that carry fields instead of texts to parse."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a knowledge base and how to mend it. `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    level: Level
    rule: str
    fault: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.level} [{self.rule}] {self.fault} {self.mend}"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file; `line` and `column` count from 1."""

    file: str
    line: int
    column: int

    def problem(self, rule: str, fault: str, mend: str, level: Level = "error") -> Problem:
        return Problem(self.file, self.line, self.column, level, rule, fault, mend)


class BotError(Exception):
    """Base of every exception that Factotum raises on purpose."""


class KnowledgeBaseError(BotError):
    """The knowledge base does not hold together. Raised once, with every problem found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class UsageError(BotError):
    """A command was called with something that it cannot work on (a missing file, an unknown id)."""

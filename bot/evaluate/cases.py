"""Labelled questions: one row a message or conversation, with the entries that are right."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from bot.errors import KnowledgeBaseError, Problem, UsageError
from bot.kb.forms import Choice, JsonSchema, Key, ListOf, Number, Record, Report, Text
from bot.kb.nodes import Node, Scalar, Sequence, parse


@dataclass(frozen=True, slots=True)
class Case:
    """One row. `accept`: any of these ids is right; empty: out of scope; "smalltalk": chat. `accept_all` stands in its place for
    several questions in one message: each inner tuple needs one of its ids answered. Only the last turn is judged."""

    kind: str
    turns: tuple[str, ...]
    accept: tuple[str, ...]
    also: tuple[str, ...] = ()
    accept_all: tuple[tuple[str, ...], ...] = ()
    countries: tuple[str, ...] = ()
    ambiguous: bool = False
    danger: bool = False
    stance: str | None = None
    line: int = 0

    @property
    def message(self) -> str:
        return self.turns[-1]

    @property
    def in_scope(self) -> bool:
        return bool(self.accept_all or (self.accept and not self.chat))

    @property
    def chat(self) -> bool:
        return self.accept == ("smalltalk",)


class _OneOrMore:
    """A text, or a list of texts."""

    def read(self, node: Node, at: str, report: Report) -> tuple[object, ...] | None:
        if isinstance(node, Scalar):
            return (node.text,)
        return ListOf(Text()).read(node, at, report)

    def schema(self) -> JsonSchema:
        return {"anyOf": [Text().schema(), ListOf(Text()).schema()]}

    def words(self) -> str:
        return "text or list of texts"


_ROW = Record(
    "row",
    {
        "kind": Key(Text(), "what kind of row it is", required=True),
        "also": Key(_OneOrMore(), "further kinds that it counts under"),
        "q": Key(Text(), "the message"),
        "turns": Key(ListOf(Text(), 1), "in place of q: messages in order; the last is judged"),
        "accept": Key(ListOf(Text()), "ids that are right; [] for none, [smalltalk] for chat"),
        "accept_all": Key(ListOf(ListOf(Text(), 1), 1), "in place of accept: several questions in one message"),
        "unanswered": Key(Number(0, 99), "how many further questions have no entry"),
        "country": Key(_OneOrMore(), "the country asked about"),
        "ambiguous": Key(Choice(("true", "false")), "the name fits several"),
        "danger": Key(Choice(("true", "false")), "the sender needs help first"),
        "stance": Key(Choice(("asserts_myth", "denies_myth", "asks")), "what the sender does with a myth"),
    },
)


def read_cases(file: Path) -> list[Case]:
    """The rows of a YAML file. Raises UsageError if it cannot be read, KnowledgeBaseError with every faulty row."""
    node, problems = parse(str(file), _text(file))
    if isinstance(node, Sequence):
        cases = [_case(item, problems) for item in node.items]
    elif node is not None:
        problems.append(node.place.problem("type", "The file must be a list of rows.", "Start each row with '- '."))
    if problems:
        raise KnowledgeBaseError(tuple(problems))
    return [case for case in cases if case]


_LABEL = Record(
    "label",
    {
        "q": Key(Text(), "the message of a row", required=True),
        "accept": Key(ListOf(Text(), 1), "the ids that are right by now", required=True),
        "reason": Key(Text(), "why the row's own label no longer holds", required=True),
    },
)


def relabelled(cases: list[Case], file: Path) -> list[Case]:
    """The cases with the labels of a file in place of their own. Raises KnowledgeBaseError with every fault of that file."""
    node, problems = parse(str(file), _text(file))
    rows = ListOf(_LABEL).read(node, "", problems.append) if node else None
    if problems:
        raise KnowledgeBaseError(tuple(problems))
    labels = {row["q"]: row["accept"] for row in cast("tuple[dict[str, Any], ...]", rows or ())}
    return [replace(case, accept=labels.get(case.message, case.accept)) for case in cases]


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {file}: {error}.") from error


def _case(node: Node, problems: list[Problem]) -> Case | None:
    fields = cast("dict[str, Any] | None", _ROW.read(node, "", problems.append))
    if fields is None:
        return None
    if ("q" in fields) == ("turns" in fields) or ("accept" in fields) == ("accept_all" in fields):
        problems.append(node.place.problem("row", "A row needs q or turns, and accept or accept_all.", "Give one of each."))
        return None
    return Case(
        kind=fields.get("kind", ""),
        turns=fields.get("turns") or (fields["q"],),
        accept=fields.get("accept", ()),
        also=fields.get("also", ()),
        accept_all=fields.get("accept_all", ()),
        countries=fields.get("country", ()),
        ambiguous=fields.get("ambiguous") == "true",
        danger=fields.get("danger") == "true",
        stance=fields.get("stance"),
        line=node.place.line,
    )

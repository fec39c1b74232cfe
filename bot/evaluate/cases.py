"""Labelled questions: one row a message or conversation, with the entries that are right."""

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, cast

from bot.errors import KnowledgeBaseError, Place, Problem, UsageError
from bot.kb.forms import Choice, JsonSchema, Key, ListOf, Number, Record, Report, Text
from bot.kb.nodes import Mapping as MappingNode
from bot.kb.nodes import Node, Scalar, parse
from bot.kb.nodes import Sequence as SequenceNode

CHAT = "smalltalk"
"""What stands in place of an id where small talk is right."""


@dataclass(frozen=True, slots=True)
class Case:
    """One row. `accept`: any of these ids is right; empty: out of scope; "smalltalk": chat. `accept_all` stands in its place for
    several questions in one message: each inner tuple needs one of its ids answered. `near`: ids whose answer is true and useful but
    only neighbouring, neither right nor wrong. Only the last turn is judged. `labels` is where
    the ids stand."""

    kind: str
    turns: tuple[str, ...]
    accept: tuple[str, ...]
    also: tuple[str, ...] = ()
    accept_all: tuple[tuple[str, ...], ...] = ()
    near: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    ambiguous: bool = False
    danger: bool = False
    stance: str | None = None
    line: int = 0
    labels: Place | None = field(default=None, compare=False)

    @property
    def message(self) -> str:
        return self.turns[-1]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that the row counts under, its own first."""
        return tuple(dict.fromkeys((self.kind, *self.also)))

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every id that is right for the message or a part of it."""
        return (*self.accept, *chain.from_iterable(self.accept_all))

    @property
    def in_scope(self) -> bool:
        return bool(self.accept_all or (self.accept and not self.chat))

    @property
    def chat(self) -> bool:
        return self.accept == (CHAT,)


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
        "near": Key(ListOf(Text()), "ids that are neither right nor wrong: a true answer to a neighbouring question"),
        "unanswered": Key(Number(0, 99), "how many further questions have no entry"),
        "country": Key(_OneOrMore(), "the country asked about"),
        "ambiguous": Key(Choice(("true", "false")), "the name fits several"),
        "danger": Key(Choice(("true", "false")), "the sender needs help first"),
        "stance": Key(Choice(("asserts_myth", "denies_myth", "asks")), "what the sender does with a myth"),
    },
)


def read_cases(file: Path) -> list[Case]:
    """The rows of a YAML file. Raises UsageError if it cannot be read, KnowledgeBaseError with every faulty row."""
    node, problems = parse(str(file), text_of(file))
    if isinstance(node, SequenceNode):
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
    node, problems = parse(str(file), text_of(file))
    rows = ListOf(_LABEL).read(node, "", problems.append) if node else None
    if problems or not isinstance(node, SequenceNode):
        raise KnowledgeBaseError(tuple(problems))
    read = zip(cast("tuple[dict[str, Any], ...]", rows), node.items, strict=True)
    labels = {row["q"]: {"accept": row["accept"], "labels": _place(item)} for row, item in read}
    return [replace(case, **labels.get(case.message, {})) for case in cases]


def of_kinds(cases: Sequence[Case], wanted: Sequence[str]) -> list[Case]:
    """The cases whose own kind is one of some; further kinds do not bring a case in. Raises UsageError for a kind that no row has."""
    known = tuple(dict.fromkeys(case.kind for case in cases))
    for kind in wanted:
        if kind not in known:
            raise UsageError(f"no row is of kind '{kind}'. The kinds there are: {', '.join(known)}.")
    return [case for case in cases if case.kind in wanted]


def kinds_of(cases: Iterable[Case]) -> tuple[str, ...]:
    """Every kind that rows count under, in order of coming."""
    return tuple(dict.fromkeys(kind for case in cases for kind in case.kinds))


def check_labels(cases: Iterable[Case], known: Collection[str]) -> None:
    """Raises KnowledgeBaseError with every id of a row that the base does not have: a row that nothing can meet measures nothing."""
    labels = ((name, case) for case in cases for name in (*case.accepted, *case.near))
    problems = tuple(_unknown(name, case, known) for name, case in labels if name not in known and name != CHAT)
    if problems:
        raise KnowledgeBaseError(problems)


def _unknown(name: str, case: Case, known: Collection[str]) -> Problem:
    near = difflib.get_close_matches(name, [*known, CHAT], 1)
    mend = f"Write '{near[0]}'." if near else "Write an id that exists, or take it out."
    return (case.labels or Place("", case.line, 1)).problem("unknown-id", f"There is no entry '{name}'.", mend)


def text_of(file: Path) -> str:
    """What stands in a file. Raises UsageError if it cannot be read."""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {file}: {error}.") from error


def _place(row: Node) -> Place:
    """Where the ids of a row stand."""
    fields = {key.text: value.place for key, value in row.items} if isinstance(row, MappingNode) else {}
    return fields.get("accept") or fields.get("accept_all") or row.place


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
        near=fields.get("near", ()),
        countries=fields.get("country", ()),
        ambiguous=fields.get("ambiguous") == "true",
        danger=fields.get("danger") == "true",
        stance=fields.get("stance"),
        line=node.place.line,
        labels=_place(node),
    )

"""Rows of a sheet -> items: which column is the question, which the answer, whether the first row says so."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from bot.english.tokens import fold
from bot.errors import UsageError
from bot.imports.found import Found, Item, Note, Skipped, Text

Row = tuple[int, Sequence[str]]
"""The number of a row, from 1, and its cells as text."""

_ROLES = {
    "question": "question questions q query frage fragen pregunta domanda vraag pytanie faq prompt utterance questiontext"
    " faqquestion customerquestion userquestion title titel heading subject scenario",
    "answer": "answer answers a response responses reply antwort antworten respuesta reponse risposta antwoord odpowiedz"
    " answertext faqanswer text body content solution botresponse resolution",
    "alternates": "alternate alternates alternative alternatives alternativequestion alternativequestions variant variants variation"
    " variations similarquestion similarquestions otherwordings wordings alias aliases synonyms utterances trainingphrases paraphrases"
    " keywords phrases",
    "theme": "category categories topic topics theme section group kategorie rubrik thema categoria categorie",
    "name": "id key qid number no nr identifier slug",
    "as_of": "asof date updated lastupdated modified lastmodified datemodified stand datum reviewed validated",
    "url": "url link source page quelle sourceurl",
}
_ROLE_OF = {name: role for role, names in _ROLES.items() for name in names.split()}
_LOOKED_AT = 20
"""Rows in which the names of the columns are looked for: titles and empty rows may stand above."""

_WEAK = frozenset("title titel heading subject text body content a q source page number no nr faq prompt scenario".split())
"""Names that mean the question or the answer only where no clearer one stands."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column (from 0) has which role; `others` are the names of those that have none."""

    roles: Mapping[int, str]
    others: Mapping[int, str]

    def of(self, role: str) -> list[int]:
        return [column for column, found in self.roles.items() if found == role]


def columns_of(cells: Sequence[str], named: Mapping[str, str] | None = None) -> Columns | None:
    """The roles of columns by the names in their first row; None if question and answer are not among them. `named`: the names of
    columns by role, as the user gives them."""
    if named:
        return _as_named(cells, named)
    keys = [re.sub(r"\d+$", "", re.sub(r"[\W_]", "", fold(cell))) for cell in cells]
    found = {number: _ROLE_OF[key] for number, key in enumerate(keys) if key in _ROLE_OF}
    for role in ("question", "answer"):
        clear = [number for number, one in found.items() if one == role and keys[number] not in _WEAK]
        weak = [number for number, one in found.items() if one == role and number not in clear]
        for number in weak if clear else weak[1:]:
            del found[number]
    if not {"question", "answer"} <= set(found.values()):
        return None
    return Columns(found, {number: cell for number, cell in enumerate(cells) if cell.strip() and number not in found})


def _as_named(cells: Sequence[str], named: Mapping[str, str]) -> Columns | None:
    wanted = {fold(name.strip()): role for role, name in named.items()}
    found = {number: wanted[fold(cell.strip())] for number, cell in enumerate(cells) if fold(cell.strip()) in wanted}
    if not {"question", "answer"} <= set(found.values()):
        return None
    return Columns(found, {number: cell for number, cell in enumerate(cells) if cell.strip() and number not in found})


def items(rows: Iterable[Row], where: str = "", named: Mapping[str, str] | None = None) -> Iterator[Found]:
    """The items of a sheet, row by row. `where` is put before the place, such as the name of the sheet. Raises UsageError if it cannot be
    told which columns hold question and answer."""
    stream = iter(rows)
    first = list(islice(stream, _LOOKED_AT))
    start, columns = _headed(first, named)
    if columns is None:
        columns = _unheaded(first, where, named)
    else:
        above = "it stands above the names of the columns"
        yield from (Skipped(_place(where, row), _shown(cells), above) for row, cells in first[: start - 1] if _shown(cells))
        yield from (
            Skipped(f"{where}column {name.strip()}", "", "it is neither a question nor an answer, nor a column that we know")
            for name in columns.others.values()
        )
    for row, cells in chain(first[start:], stream):
        yield from _item(row, cells, columns, where)


def _headed(rows: Sequence[Row], named: Mapping[str, str] | None) -> tuple[int, Columns | None]:
    """(number of rows up to the names of the columns, the columns)."""
    for start, (_, cells) in enumerate(rows, 1):
        if columns := columns_of(cells, named):
            return start, columns
    return 0, None


def _unheaded(rows: Sequence[Row], where: str, named: Mapping[str, str] | None) -> Columns:
    """Without names, two columns are question and answer in this order; but questions in the second are parts of sentences that were
    cut at their comma, and there are no answers."""
    used = {number for _, cells in rows for number, cell in enumerate(cells) if cell.strip()}
    if not named and used <= {0, 1} and used:
        asked = [sum(cells[number].strip().endswith("?") for _, cells in rows if number < len(cells)) for number in (0, 1)]
        return Columns({0: "question", 1: "answer"} if asked[0] >= asked[1] else {0: "question", 2: "answer"}, {})
    first = ", ".join(repr(cell[:30]) for cell in rows[0][1] if cell.strip()) if rows else "nothing"
    raise UsageError(
        f"{where}no column is named question and none answer (the first row says: {first}). Name them in the first row, or say which they"
        " are: --columns question=NAME,answer=NAME."
    )


def _item(row: int, cells: Sequence[str], columns: Columns, where: str) -> Iterator[Found]:
    by_role = {role: [cells[number].strip() for number in columns.of(role) if number < len(cells)] for role in set(columns.roles.values())}
    told = [cell for found in by_role.values() for cell in found if cell]
    if not told:
        return
    questions = [text for cell in by_role["question"] for text in _wordings(cell)]
    answers = [cell for cell in by_role["answer"] if cell]
    if not answers or not questions:
        yield Skipped(
            _place(where, row), _shown(told), "there is no answer in this row" if questions else "there is no question in this row"
        )
        return
    url = next((cell for cell in by_role.get("url", ()) if re.match(r"https?://\S+$", cell)), "")
    yield Item(
        place=_place(where, row),
        questions=(*questions, *(text for cell in by_role.get("alternates", ()) for text in _listed(cell))),
        answer=Text(answers[0], "guess", url),
        name=next(filter(None, by_role.get("name", ())), ""),
        theme=next(filter(None, by_role.get("theme", ())), ""),
        as_of=next(filter(None, by_role.get("as_of", ())), ""),
        url=url,
        notes=(
            *(Note("answer", text[:60]) for text in answers[1:]),
            *(Note("column", cells[number].strip()[:60]) for number in columns.others if number < len(cells) and cells[number].strip()),
        ),
    )


def _wordings(cell: str) -> list[str]:
    """The questions of a cell: one, or one on each line if each line is a question of its own."""
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    return lines if len(lines) > 1 and all(line.endswith("?") for line in lines) else [cell] if cell else []


def _listed(cell: str) -> list[str]:
    return [text.strip() for text in re.split(r"[\n|;]+", cell) if text.strip()]


def _place(where: str, row: int) -> str:
    return f"{where}row {row}"


def _shown(cells: Iterable[str]) -> str:
    return " | ".join(cell.strip() for cell in cells if cell.strip())[:80]

"""QnA Maker and its successor's tables: TSV, XLSX, and the ZIP of QnAs.tsv, Synonyms.tsv, Settings.tsv and texts.

A row is a question; rows of one QnaId are an entry, without it rows of the same answer and source. The TSV is unquoted: a quotation mark
at the start of an answer means nothing, and a line end is written as the two characters `\\n`. Answers are Markdown, which may hold HTML.
"""

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from bot.english.tokens import fold
from bot.imports.files import File
from bot.imports.found import Found, Item, Note, Skipped, Synonyms, Text
from bot.imports.sheets import Sheet, is_workbook, left_out, workbook
from bot.imports.table import Row

NAMES = ("qnamaker",)
ABOUT = "a knowledge base of QnA Maker"

_MARKS = frozenset(("source", "metadata", "suggestedquestions", "iscontextonly", "prompts", "qnaid"))
_FURTHER = ("synonyms", "settings")


def recognise(file: File) -> bool:
    if is_workbook(file):
        return "xl/workbook.xml" in file.members and _has_sheet(file)
    if file.is_zip:
        return False
    first = file.start.partition("\n")[0]
    return _is_head(first.split("\t")) or (_part_of_export(file) != "" and file.ending in (".tsv", ".txt")) or _has_line_ends(file.start)


def _has_line_ends(text: str) -> bool:
    """Two columns only, but the line ends of QnA Maker."""
    keys = [_key(cell) for cell in text.partition("\n")[0].split("\t")]
    return keys == ["scenario", "response"] or (keys == ["question", "answer"] and "\\n" in text)


def _is_head(cells: Sequence[str]) -> bool:
    keys = {_key(cell) for cell in cells}
    return {"question", "answer"} <= keys and len(keys & _MARKS) > 1


def _key(cell: str) -> str:
    return re.sub(r"\W", "", fold(cell))


def _has_sheet(file: File) -> bool:
    with workbook(file) as sheets:
        return any(_is_head(cells) for sheet in sheets for _, cells in islice(sheet.rows(), 1))


def _part_of_export(file: File) -> str:
    """What a member of the ZIP is beside the questions: "synonyms", "settings", "unstructuredcontent", or "" for none."""
    folders = file.name.lower().split("/")
    stem = folders[-1].partition(".")[0]
    return stem if stem in _FURTHER else "unstructuredcontent" if "unstructuredcontent" in folders[:-1] else ""


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    several = len(files) > 1
    for file in files:
        where = f"{file.name}, " if several else ""
        if is_workbook(file):
            yield from (Skipped(file.name, "", reason) for reason in left_out(file))
            with workbook(file) as sheets:
                for sheet in sheets:
                    yield from _table(_part_of_sheet(sheet), sheet.rows(), f"{where}sheet {sheet.name}, " if len(sheets) > 1 else where)
        elif _part_of_export(file) == "unstructuredcontent":
            yield Skipped(file.name, file.start[:80], "a text without questions")
        else:
            yield from _table(_part_of_export(file), _lines(file), where)


def _part_of_sheet(sheet: Sheet) -> str:
    return sheet.name.lower() if sheet.name.lower() in _FURTHER else ""


def _lines(file: File) -> Iterator[Row]:
    for number, line in enumerate(io.StringIO(file.text), 1):
        if line.strip():
            yield number, [cell.strip() for cell in line.rstrip("\n").split("\t")]


def _table(part: str, rows: Iterable[Row], where: str) -> Iterator[Found]:
    if part == "settings":
        yield from (Skipped(f"{where}row {row}", ": ".join(cells[:2])[:80], "a setting of QnA Maker") for row, cells in rows if row > 1)
    elif part == "synonyms":
        yield from (Synonyms(f"{where}row {row}", _words(cells)) for row, cells in rows if not (row == 1 and _key(cells[0]) in _HEADS))
    else:
        yield from _questions(rows, where)


_HEADS = ("synonyms", "alterations", "synonym", "word", "key")


def _words(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.strip().strip('"') for cell in cells for word in re.split(r"[,;]", cell.strip("[]")) if word.strip())


def _questions(rows: Iterable[Row], where: str) -> Iterator[Found]:
    stream = iter(rows)
    _, head = next(stream, (0, ()))
    keys = [{"scenario": "question", "response": "answer"}.get(key, key) for key in map(_key, head)]
    if not {"question", "answer"} <= set(keys):
        yield Skipped(where.rstrip(", ") or "the table", "", "no column is named Question and none Answer")
        return
    for row, cells in stream:
        yield _row(dict(zip(keys, cells, strict=False)), f"{where}row {row}")


def _row(cells: Mapping[str, str], place: str) -> Found:
    question, answer = cells.get("question", ""), cells.get("answer", "")
    if cells.get("iscontextonly", "").lower() == "true":
        return Skipped(place, question[:80], "a follow-up that is only reached by a prompt of another answer")
    if not question.strip() or not answer.strip():
        return Skipped(
            place, (question or answer)[:80], "there is no answer in this row" if question else "there is no question in this row"
        )
    labels = dict(pair.partition(":")[::2] for pair in cells.get("metadata", "").split("|") if ":" in pair)
    prompts, suggested = _json(cells.get("prompts", "")), _json(cells.get("suggestedquestions", ""))
    return item(
        place,
        (question,),
        answer.replace("\\n", "\n"),
        key=cells.get("qnaid", "") or f"source {cells.get('source', '')}",
        source=cells.get("source", ""),
        labels=labels,
        notes=(*_prompts(prompts), *(Note("suggestion", str(one)[:60]) for one in suggested)),
    )


def item(
    place: str,
    questions: tuple[str, ...],
    answer: str,
    *,
    key: str,
    source: str,
    labels: Mapping[str, str],
    notes: tuple[Note, ...] = (),
) -> Item:
    """An entry of QnA Maker, of its tables or its JSON. Labels named id, theme (or category, topic) and as_of are taken."""
    told = {name.strip().lower(): value.strip() for name, value in labels.items()}
    theme = next((told[name] for name in ("theme", "category", "topic") if told.get(name)), "")
    left = [f"{name}: {value}" for name, value in told.items() if name not in ("id", "theme", "category", "topic", "as_of")]
    return Item(
        place,
        questions,
        Text(answer, "markdown", source if source.startswith(("http://", "https://")) else ""),
        key=key,
        name=told.get("id", ""),
        theme=theme,
        as_of=told.get("as_of", ""),
        url=source if re.match(r"https?://\S+$", source) else "",
        notes=(*notes, *(Note("metadata", text) for text in left)),
    )


def _json(text: str) -> list[object]:
    if not text.strip().startswith("["):
        return [text] if text.strip() else []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return [text]
    return list(found)


def _prompts(prompts: Iterable[object]) -> Iterator[Note]:
    for prompt in prompts:
        keys = {str(key).lower(): value for key, value in prompt.items()} if isinstance(prompt, Mapping) else {}
        yield Note("prompt", str(keys.get("displaytext", prompt))[:60])


def prompts_of(prompts: object) -> tuple[Note, ...]:
    """The prompts of an answer as notes; their keys are written small or with capitals."""
    return tuple(_prompts(prompts)) if isinstance(prompts, list) else ()

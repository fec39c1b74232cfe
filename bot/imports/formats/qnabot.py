"""QnABot on AWS: {"qna": [...]}, JSON lines, and its workbook (qid, question1 ..., answer).

Items have types: those with questions and an answer are taken, passages, quizzes and slot types are named. alt.markdown is preferred to
the plain answer. Hooks, chains and elicited answers work in Lex only.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from bot.imports.files import File
from bot.imports.found import Found, Item, Note, Skipped, Text
from bot.imports.sheets import is_workbook, left_out, workbook
from bot.imports.values import mapping, text, texts

NAMES = ("qnabot", "qnabot-xlsx")
ABOUT = "an export of QnABot on AWS"

_FLOWS = ("conditionalChaining", "l", "args", "elicitResponse", "botRouting", "next", "clientFilterValues", "kendraRedirectQueryText")
_OTHERS = {"text": "a passage without questions", "quiz": "a quiz", "slottype": "a slot type, which tells Lex how to find names"}


def recognise(file: File) -> bool:
    if is_workbook(file):
        return "xl/workbook.xml" in file.members and _has_sheet(file)
    if not file.looks_like_json:
        return False
    return bool(_items(file)) and any(isinstance(one, Mapping) and ("qid" in one or "q" in one) for _, one in _items(file)[:20])


def _has_sheet(file: File) -> bool:
    with workbook(file) as sheets:
        return any("qid" in cells and "question1" in cells for sheet in sheets for _, cells in islice(sheet.rows(), 1))


def _items(file: File) -> list[tuple[str, Any]]:
    """The items of a JSON file or of JSON lines, with their paths."""
    value = file.json
    if isinstance(value, Mapping) and isinstance(value.get("qna"), list):
        return [(f"qna[{number}]", one) for number, one in enumerate(value["qna"])]
    if isinstance(value, list):
        return [(f"[{number}]", one) for number, one in enumerate(value)]
    if isinstance(value, Mapping):
        return [("line 1", value)] if "qid" in value else []
    return [] if '"qid"' not in file.start else list(_lines(file.text))


def _lines(content: str) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except (ValueError, RecursionError):
                yield f"line {number}", line


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        if is_workbook(file):
            yield from _workbook(file, where)
        else:
            for place, one in _items(file):
                yield item(one, where + place)


def _workbook(file: File, where: str) -> Iterator[Found]:
    yield from (Skipped(file.name, "", reason) for reason in left_out(file))
    with workbook(file) as sheets:
        for sheet in sheets:
            rows = sheet.rows()
            _, head = next(rows, (0, []))
            for row, cells in rows:
                fields = {key.strip(): cell for key, cell in zip(head, cells, strict=False) if key.strip() and cell.strip()}
                yield item(_of_row(fields), f"{where}sheet {sheet.name}, row {row}" if len(sheets) > 1 else f"{where}row {row}")


def _of_row(fields: Mapping[str, str]) -> dict[str, Any]:
    """A row of the workbook as an item of the JSON. Unlike QnABot, a question after an empty one is read."""
    questions = sorted((int(key[8:]), value) for key, value in fields.items() if re.fullmatch(r"question\d{1,3}", key))
    buttons = [value for key, value in fields.items() if re.match(r"(displaytext|buttonvalue)\d", key)]
    return {
        "qid": fields.get("qid", ""),
        "q": [value for _, value in questions],
        "a": fields.get("answer", fields.get("Answer", "")),
        "t": fields.get("topic", ""),
        "alt": {"markdown": fields.get("markdown", ""), "ssml": fields.get("ssml", "")},
        "r": {"title": fields.get("cardtitle", ""), "imageUrl": fields.get("imageurl", fields.get("cardimageurl", "")), "buttons": buttons},
    }


def item(one: Any, place: str) -> Found:
    """An item of QnABot. Its topic is the context of a conversation there, which serves as the theme here."""
    if not isinstance(one, Mapping):
        return Skipped(place, str(one)[:80], "this is no item")
    kind = text(one.get("type")) or "qna"
    name, questions = text(one.get("qid")), texts(one.get("q"))
    if kind in _OTHERS:
        return Skipped(place, name or text(one.get("descr"))[:80], _OTHERS[kind])
    alt = mapping(one.get("alt"))
    markdown, answer = text(alt.get("markdown")), text(one.get("a"))
    if not questions or not (markdown.strip() or answer.strip()):
        return Skipped(place, name, "it has no answer" if questions else "it has no question")
    taken = Text(markdown, "markdown") if markdown.strip() else Text(answer, "guess")
    return Item(place, questions, taken, key=f"qid {name or place}", name=name, theme=text(one.get("t")), notes=tuple(_notes(one, alt)))


def _notes(one: Mapping[str, Any], alt: Mapping[str, Any]) -> Iterator[Note]:
    if text(alt.get("ssml")):
        yield Note("speech")
    for key in _FLOWS:
        if one.get(key):
            yield Note("flow", key)
    card = mapping(one.get("r"))
    if text(card.get("imageUrl")):
        yield Note("image", text(card.get("imageUrl"))[:60])
    if isinstance(buttons := card.get("buttons"), list) and buttons:
        yield Note("button", ", ".join(map(_label, buttons))[:60])


def _label(button: Any) -> str:
    return text(button.get("text")) if isinstance(button, Mapping) else text(button)

"""Botpress 12: {"qnas": [...]}, a bare list, or a file for each item in a bot's folder qna."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.imports.files import File
from bot.imports.found import Found, Item, Note, Skipped, Text
from bot.imports.values import is_off, text, texts

NAMES = ("botpress",)
ABOUT = "questions and answers of Botpress 12"


def recognise(file: File) -> bool:
    return file.looks_like_json and any(_data(one) for _, one in _items(file.json)[:20])


def _items(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        found = value.get("qnas")
        return [(f"qnas[{number}]", one) for number, one in enumerate(found)] if isinstance(found, list) else [("", value)]
    return [(f"[{number}]", one) for number, one in enumerate(value)] if isinstance(value, list) else []


def _data(one: Any) -> Mapping[str, Any]:
    """The part of an item that matters; empty for what is none."""
    data = one.get("data", one) if isinstance(one, Mapping) else {}
    return data if isinstance(data, Mapping) and isinstance(data.get("questions"), Mapping) and "answers" in data else {}


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        for path, one in _items(file.json):
            yield _item(one, f"{where}{path}".rstrip(", ") or file.name)


def _item(one: Any, place: str) -> Found:
    data = _data(one)
    name = text(one.get("id")) if isinstance(one, Mapping) else ""
    if not data:
        return Skipped(place, name, "this is no question with its answer")
    if is_off(data.get("enabled")):
        return Skipped(place, name, "it is switched off")
    language, questions, others = _in_english(data["questions"])
    answers = texts(data["answers"].get(language)) if isinstance(data["answers"], Mapping) else ()
    if text(data.get("action")) == "redirect" or not answers:
        return Skipped(place, "; ".join(questions)[:80] or name, "it leads to a flow and has no answer of its own")
    if not questions:
        return Skipped(place, name, "it has no question")
    if all(answer.rstrip().endswith("?") for answer in answers) and not any(question.rstrip().endswith("?") for question in questions):
        return Skipped(place, "; ".join(questions)[:80], "its answers are questions and its questions none: they seem to be swapped")
    themes = [data["category"]] if text(data.get("category")) else list(texts(data.get("contexts")))
    return Item(
        place,
        questions,
        Text(answers[0], "guess"),
        key=name or place,
        theme=themes[0] if themes and themes[0] != "global" else "",
        notes=(
            *(Note("variant", answer[:60]) for answer in answers[1:]),
            *(Note("language", other) for other in others),
            *(Note("theme", theme) for theme in themes[1:]),
            *((Note("flow", text(data.get("redirectFlow"))),) if text(data.get("redirectFlow")) else ()),
        ),
    )


def _in_english(questions: Mapping[str, Any]) -> tuple[str, tuple[str, ...], list[str]]:
    """(the language taken, its questions, the other languages that have some): English if there is any."""
    filled = {str(language): found for language, value in questions.items() if (found := texts(value))}
    chosen = next((one for one in filled if one.lower().startswith("en")), next(iter(filled), ""))
    return chosen, filled.get(chosen, ()), [one for one in filled if one != chosen]

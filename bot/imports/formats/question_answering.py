"""The JSON of Azure's question answering (assets.qnas), of its list call (value), and of QnA Maker's API (qnaDocuments)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.imports.files import File
from bot.imports.formats.qnamaker import item, prompts_of
from bot.imports.found import Found, Note, Skipped, Synonyms
from bot.imports.values import texts

NAMES = ("question-answering",)
ABOUT = "a question answering project of Azure (JSON)"


def recognise(file: File) -> bool:
    return any(isinstance(one, Mapping) and "answer" in one and "questions" in one for one in _items(file.json)[1])


def _items(value: Any) -> tuple[str, list[Any]]:
    """(path of the list of questions, the list)."""
    if not isinstance(value, Mapping):
        return "", []
    assets = value.get("assets")
    if isinstance(assets, Mapping) and isinstance(assets.get("qnas"), list):
        return "assets.qnas", assets["qnas"]
    for key in ("value", "qnaDocuments", "qnaList", "qnas"):
        if isinstance(value.get(key), list):
            return key, value[key]
    return "", []


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        path, found = _items(file.json)
        for number, one in enumerate(found):
            yield _item(one if isinstance(one, Mapping) else {}, f"{where}{path}[{number}]")
        yield from _rest(file.json, where)


def _rest(value: Any, where: str) -> Iterator[Found]:
    """Synonyms, the default answer, and what a list call has left for the next page."""
    assets = value.get("assets") if isinstance(value.get("assets"), Mapping) else {}
    for number, one in enumerate(assets.get("synonyms") or value.get("wordAlterations") or ()):
        if isinstance(one, Mapping):
            yield Synonyms(f"{where}synonyms[{number}]", texts(one.get("alterations")))
    metadata = value.get("metadata")
    settings = metadata.get("settings") if isinstance(metadata, Mapping) else None
    default = settings.get("defaultAnswer") if isinstance(settings, Mapping) else None
    if default:
        yield Skipped(
            f"{where}metadata.settings.defaultAnswer", str(default)[:80], "a setting: what is said without an answer has its own words"
        )
    if value.get("nextLink"):
        yield Skipped(
            f"{where}nextLink", str(value["nextLink"])[:80], "there are further pages of this list, which this file does not hold"
        )


def _item(one: Mapping[str, Any], place: str) -> Found:
    questions, answer = texts(one.get("questions")), one.get("answer")
    dialog = one.get("dialog") or one.get("context") or {}
    dialog = dialog if isinstance(dialog, Mapping) else {}
    if dialog.get("isContextOnly") in (True, "true", "True"):
        return Skipped(place, "; ".join(questions)[:80], "a follow-up that is only reached by a prompt of another answer")
    if not questions or not isinstance(answer, str) or not answer.strip():
        return Skipped(place, "; ".join(questions)[:80] or str(answer)[:80], "it has no answer" if questions else "it has no question")
    suggested = one.get("activeLearningSuggestions")
    notes = (*prompts_of(dialog.get("prompts")), *((Note("suggestion"),) if suggested else ()))
    source = str(one.get("source") or "")
    return item(place, questions, answer, key=f"id {one.get('id', place)}", source=source, labels=_labels(one.get("metadata")), notes=notes)


def _labels(value: Any) -> dict[str, str]:
    """Labels as an object, or as QnA Maker's list of names and values."""
    if isinstance(value, Mapping):
        return {str(name): str(text) for name, text in value.items()}
    pairs = [one for one in value or () if isinstance(one, Mapping)] if isinstance(value, list) else []
    return {str(one.get("name", "")): str(one.get("value", "")) for one in pairs}

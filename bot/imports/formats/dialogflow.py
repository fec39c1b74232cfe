"""Dialogflow ES: the ZIP of an agent (or its folder), an intent in each file with what users say beside it or inside.

The knowledge CSV of Dialogflow, two columns without a head, is read as any table is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.imports.files import File
from bot.imports.found import Found, Item, Note, Skipped, Text
from bot.imports.templates import parameter
from bot.imports.values import text, texts

NAMES = ("dialogflow",)
ABOUT = "an agent of Dialogflow ES"

_SAYS = re.compile(r"(?P<intent>.*)_usersays_(?P<language>[\w-]+)\.json$")


def recognise(file: File) -> bool:
    folders = file.name.split("/")
    if file.ending != ".json" or not file.looks_like_json:
        return False
    return "intents" in folders[:-1] or "entities" in folders[:-1] or _is_intent(file.json) or folders[-1] in ("agent.json", "package.json")


def _is_intent(value: Any) -> bool:
    return isinstance(value, Mapping) and "responses" in value and ("userSays" in value or "auto" in value or "fallbackIntent" in value)


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    said: dict[str, list[tuple[str, File]]] = {}
    for file in files:
        if found := _SAYS.match(file.name):
            said.setdefault(found["intent"], []).append((found["language"], file))
    intents = {file.name.removesuffix(".json"): file for file in files if not _SAYS.match(file.name)}
    for name, examples in said.items():
        if name not in intents:
            yield Skipped(examples[0][1].name, "", "the intent to these examples is missing")
    for name, file in intents.items():
        yield _read(file, name, said.get(name, []))


def _read(file: File, name: str, said: Sequence[tuple[str, File]]) -> Found:
    if "entities" in file.name.split("/")[:-1]:
        return Skipped(file.name, "", "names that Dialogflow looks for, not what is asked")
    if isinstance(file.json, Mapping) and "responses" in file.json:
        return _intent(file.json, name.rpartition("/")[2], file.name, said)
    return Skipped(file.name, "", "settings of the agent")


def _intent(value: Mapping[str, Any], name: str, place: str, said: Sequence[tuple[str, File]]) -> Found:
    if value.get("fallbackIntent"):
        return Skipped(place, name, "what is said without an answer (a fallback intent)")
    language, questions, others = _questions(value, said)
    answers, notes = _answers(value, language)
    if not questions or not answers:
        return Skipped(place, name, "it has no text to answer with" if questions else "it has no examples of what people say")
    hole = parameter(answers[0]) or parameter(" ".join(questions))
    if hole:
        return Skipped(place, name, f"Dialogflow would fill in {hole}: write the answer out")
    if value.get("webhookUsed"):
        notes = [*notes, Note("flow", "a webhook")]
    notes += [Note("variant", one[:60]) for one in answers[1:]] + ([Note("language", ", ".join(others))] if others else [])
    return Item(place, tuple(questions), Text(answers[0], "guess"), key=place, name=text(value.get("name")) or name, notes=tuple(notes))


def _questions(value: Mapping[str, Any], said: Sequence[tuple[str, File]]) -> tuple[str, list[str], list[str]]:
    """(the language taken, its questions, the other languages): English if there is any."""
    inside = value.get("userSays")
    by_language = {language.lower(): file.json for language, file in said} or ({"": inside} if isinstance(inside, list) else {})
    chosen = next((one for one in by_language if one.startswith("en")), next(iter(by_language), ""))
    rows = by_language.get(chosen)
    found = [_utterance(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return chosen, [one for one in dict.fromkeys(found) if one], [one for one in by_language if one != chosen]


def _utterance(row: Mapping[str, Any]) -> str:
    """What a user says: the texts of its parts with nothing between them."""
    data = row.get("data")
    parts = data if isinstance(data, list) else []
    return "".join(text(part.get("text")) for part in parts if isinstance(part, Mapping)).strip()


def _answers(value: Mapping[str, Any], language: str) -> tuple[list[str], list[Note]]:
    """(the texts of an intent's response, what else it holds)."""
    responses = value.get("responses")
    first = responses[0] if isinstance(responses, list) and responses and isinstance(responses[0], Mapping) else {}
    listed = first.get("messages")
    messages = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    spoken = [one for one in messages if text(one.get("lang")).lower() in ("", language) or not language]
    found = [speech for one in spoken if text(one.get("type")) in ("0", "message", "") for speech in texts(one.get("speech"))]
    if not found:
        found = list(texts(first.get("speech")))
    others = [one for one in messages if text(one.get("type")) not in ("0", "message", "")]
    notes = [Note({"3": "image", "2": "button", "1": "button"}.get(text(one.get("type")), "flow"), _about(one)) for one in others]
    notes += [Note("flow", "parameters")] if first.get("parameters") else []
    return found, notes


def _about(message: Mapping[str, Any]) -> str:
    return (text(message.get("title")) or text(message.get("imageUrl")) or ", ".join(texts(message.get("replies"))))[:60]

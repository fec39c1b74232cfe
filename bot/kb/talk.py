"""The fields of small talk and of languages, as read from YAML -> the values that a base and the defaults have in common."""

from collections.abc import Mapping
from typing import Any

from bot.knowledge import Distress, Language, SmallTalk

Fields = dict[str, Any]


def reflow(text: str) -> str:
    """A block of YAML as paragraphs: line breaks inside a paragraph are only the curator's."""
    paragraphs = text.replace("\r\n", "\n").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())


def small_talk(document: str, fields: Fields) -> SmallTalk:
    """An item of the document smalltalk or outside; only in the first does it say its kind."""
    given: Fields = {"kind": document} | fields | {"answer": reflow(fields["answer"]), "phrases": tuple(fields.get("phrases", ()))}
    return SmallTalk(**given)


def languages(documents: Mapping[str, Fields]) -> dict[str, Language]:
    """The languages by code, in order."""
    return {code: _language(code, fields) for code, fields in sorted(documents.items())}


def _language(code: str, fields: Fields) -> Language:
    distress = tuple(Distress(reflow(item["line"]), tuple(item["phrases"])) for item in fields.get("distress", ()))
    return Language(code, fields["name"], reflow(fields["line"]), distress)

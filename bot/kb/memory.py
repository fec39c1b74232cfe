"""A knowledge base from entries that are held elsewhere, without files and sources."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from bot.english.tokens import plain_words
from bot.errors import KnowledgeBaseError, Place, Problem
from bot.knowledge import Entry, KnowledgeBase

_SHAPE = 'Give {"id": "...", "questions": ["..."], "answer": "..."}.'


def build(entries: Iterable[Mapping[str, object]]) -> KnowledgeBase:
    """The base of mappings with "id", "questions" and "answer". Raises KnowledgeBaseError; problem lines count entries from 1."""
    problems: list[Problem] = []
    found: dict[str, Entry] = {}
    for number, fields in enumerate(entries, 1):
        place = Place("<entries>", number, 1)
        faults = list(_faults(fields, found))
        problems.extend(place.problem("entries", fault, _SHAPE) for fault in faults)
        if not faults:
            entry = _entry(fields)
            found[entry.id] = entry
    if problems:
        raise KnowledgeBaseError(tuple(problems))
    version = hashlib.sha256(json.dumps([entry.version for _, entry in sorted(found.items())]).encode()).hexdigest()[:16]
    from bot.kb.defaults import with_defaults  # needs the YAML parser, which a base from the cache does not

    return with_defaults(KnowledgeBase(entries=dict(sorted(found.items())), version=version))


def _faults(fields: object, before: Mapping[str, Entry]) -> Iterable[str]:
    if not isinstance(fields, Mapping):
        yield "This is not a mapping."
        return
    unknown = sorted(str(key) for key in fields if key not in ("id", "questions", "answer"))
    if unknown:
        yield f"Unknown: {', '.join(unknown)}."
    questions, answer = fields.get("questions"), fields.get("answer")
    yield from _id_faults(fields.get("id"), before)
    if isinstance(questions, str) or not isinstance(questions, Sequence):
        yield "'questions' is not a list of texts."
    elif not questions or not all(isinstance(text, str) and plain_words(text) for text in questions):
        yield "'questions' is empty or holds something without words."
    if not isinstance(answer, str) or not answer.strip():
        yield "There is no answer."


def _id_faults(name: object, before: Mapping[str, Entry]) -> Iterable[str]:
    if name is not None and not isinstance(name, str):
        yield f"The id {name!r} is not a text: write it in quotes."
    elif not name or not name.strip():
        yield "There is no id."
    elif name in before:
        yield f"The id '{name}' was given before."


def _entry(fields: Mapping[str, object]) -> Entry:
    questions = fields["questions"]
    texts = [str(text) for text in questions] if isinstance(questions, Sequence) else []
    answer = str(fields["answer"])
    version = hashlib.sha256(json.dumps([fields["id"], texts, answer]).encode()).hexdigest()[:8]
    return Entry(str(fields["id"]), "faq", texts[0], tuple(texts[1:]), answer, version=version, file="<entries>")

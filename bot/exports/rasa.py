"""Rasa 3.x: training data, domain and rule for a retrieval intent `faq`, with one response for each entry.

The version is quoted, since a number there makes Rasa refuse the file. Texts stand in double quotes: in plain ones it fills in
${VARIABLES} of the environment. A brace is doubled, since a single one means a slot. A wording with {country} is annotated with the
first name of the entity, and all its names are a lookup table.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.answering.answer import cited
from bot.exports.content import SLOT, cut, first_name, message_of
from bot.exports.format import Format, Output, Subject, keys
from bot.exports.markup import as_plain
from bot.knowledge import Entity, Entry, KnowledgeBase

_VERSION = 'version: "3.1"\n'
_INTENT = "faq"
_RULES = f"""{_VERSION}
rules:
- rule: answer a question
  steps:
  - intent: {_INTENT}
  - action: utter_{_INTENT}
"""

_ANNOTATED = re.compile(r"\[([^\]]*)\](?=[({\[])")
"""What Rasa would take for an annotated name in a wording."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What YAML 1.2 (2009, section 5.1) does not allow in a text."""


def write(subject: Subject) -> Output:
    subject, notes = subject.current()
    entries = list(zip(_names(subject), subject.entries(), strict=True))
    nlu = [_nlu_intent(name, entry, subject.kb) for name, entry in entries]
    nlu += [_lookup(entity) for _, entity in sorted(_used(subject.kb).items())]
    responses = [line for name, entry in entries for line in _response(name, entry, subject)]
    domain = ["intents:", f"- {_INTENT}", *_entities(subject.kb), "responses:", *responses]
    files = {"nlu.yml": f"{_VERSION}\nnlu:\n{''.join(nlu)}", "domain.yml": f"{_VERSION}\n" + "\n".join(domain) + "\n", "rules.yml": _RULES}
    return Output({name: text.encode() for name, text in files.items()}, (*notes, *cut(subject.kb)))


def _names(subject: Subject) -> Iterator[str]:
    """The name of each entry within the intent, in order: its id, in letters that Rasa allows there."""
    seen: set[str] = set()
    for entry in subject.entries():
        name = plain = re.sub(r"[^\w.-]+", "-", entry.id)
        number = 2
        while name in seen:
            name, number = f"{plain}-{number}", number + 1
        seen.add(name)
        yield name


def _nlu_intent(name: str, entry: Entry, kb: KnowledgeBase) -> str:
    return f"- intent: {_INTENT}/{name}\n  examples: |\n{_lines(_example(text, kb) for text in dict.fromkeys(entry.questions))}"


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"    - {' '.join(_printable(text).split())}\n" for text in texts)


def _example(text: str, kb: KnowledgeBase) -> str:
    plain = _ANNOTATED.sub(r"(\1)", text)
    return SLOT.sub(lambda slot: f"[{first_name(slot, kb)}]({slot[1]})" if slot[1] in kb.entities else slot[0], plain)


def _used(kb: KnowledgeBase) -> dict[str, Entity]:
    """The entities that a wording names."""
    named = {slot[1] for entry in kb.entries.values() for text in entry.questions for slot in SLOT.finditer(text)}
    return {name: entity for name, entity in kb.entities.items() if name in named}


def _lookup(entity: Entity) -> str:
    names = dict.fromkeys(name for value in entity.values for name in (value.name, *value.also))
    return f"- lookup: {entity.name}\n  examples: |\n{_lines(names)}"


def _entities(kb: KnowledgeBase) -> list[str]:
    used = sorted(_used(kb))
    return ["entities:", *(f"- {name}" for name in used)] if used else []


def _response(name: str, entry: Entry, subject: Subject) -> Iterator[str]:
    text = as_plain(message_of(entry, subject.kb)).replace("{", "{{").replace("}", "}}")
    yield f"  utter_{_INTENT}/{name}:"
    yield f"  - text: {_quoted(text)}"
    yield f"    metadata: {_quoted(_metadata(entry, subject))}"


def _metadata(entry: Entry, subject: Subject) -> dict[str, Any]:
    """What else a response tells of itself."""
    sources = [
        {"title": source.title, "at": source.at, "publisher": source.publisher, "url": source.url} for source in cited(entry, subject.kb)
    ]
    found = {"id": entry.id, "theme": entry.theme, "as_of": entry.as_of, "review_by": entry.review_by, "expires": entry.expires}
    return {key: value for key, value in (found | {"sources": sources}).items() if value}


def _quoted(value: object) -> str:
    """A value as JSON, which is YAML as well."""
    return _printable(json.dumps(value, ensure_ascii=False))


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


FORMAT = Format(
    name="rasa",
    about="Rasa 3: nlu.yml, domain.yml and rules.yml for a retrieval intent",
    write=write,
    holds=keys("id question alternates answer"),
    shown=keys("claim verdict why remember by_status points steps more theme sources as_of review_by expires"),
    several=True,
)

"""Texts of YAML files -> a knowledge base and every fault of its structure, not only the first."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, TypeVar, cast

from bot.english.tokens import plain_words
from bot.errors import Place, Problem
from bot.kb.defaults import default_ids, with_defaults
from bot.kb.forms import places
from bot.kb.links import links, synonym_faults
from bot.kb.nodes import Node, parse
from bot.kb.schema import DOCUMENTS, GENERATED
from bot.kb.talk import languages, reflow, small_talk
from bot.knowledge import (
    Citation,
    Entity,
    Entry,
    Exclusion,
    Further,
    KnowledgeBase,
    Opposites,
    Settings,
    SmallTalk,
    Source,
    Value,
)

Fields = dict[str, Any]
T = TypeVar("T")

_SINGLE = ("languages", "opposites", "outside", "settings", "smalltalk", "sources", "synonyms")
"""The kinds of document of which a base has one, in a file of that name at its top."""

_FOLDERS = {"faq": "faq", "myths": "myth", "entities": "entity", "alternates": "alternates"}


def read(files: Mapping[str, bytes], folder: str, version: str) -> tuple[KnowledgeBase, list[Problem]]:
    """The knowledge base that `files` (path -> content) describe, as far as it can be read, and every fault of its structure."""
    draft = _Draft(folder)
    for path, content in files.items():
        draft.add(path, content)
    unread = frozenset(PurePath(problem.file).stem for problem in draft.problems if problem.level == "error")
    kb = with_defaults(draft.finish(version))
    return kb, [*draft.problems, *links(kb, unread, folder)]


class _Draft:
    """The documents read so far and what was wrong with them."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.entries: dict[str, Entry] = {}
        self.entities: dict[str, Entity] = {}
        self.further: dict[str, list[Further]] = {}
        self.single: dict[str, Any] = {}
        self.single_places: dict[str, tuple[str, dict[str, tuple[int, int]]]] = {}

    def add(self, path: str, content: bytes) -> None:
        kind = self._kind(path)
        if kind is None:
            return
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            fault = f"The file is not UTF-8 (byte {error.start})."
            self.problems.append(Place(path, 1, 1).problem("encoding", fault, "Save it as UTF-8."))
            return
        node, faults = parse(path, text)
        self.problems.extend(faults)
        if node is not None:
            self._take(kind, path, node)

    def finish(self, version: str) -> KnowledgeBase:
        synonyms = cast("dict[str, tuple[str, ...]]", self.single.get("synonyms") or {})
        file, spots = self.single_places.get("synonyms", ("", {}))
        for word, fault, mend in synonym_faults(synonyms):
            line, column = spots.get(word, (1, 1))
            self.problems.append(Place(file, line, column).problem("synonyms", fault, mend))
        self._opposites()
        sources = {name: Source(id=name, **_defaults(fields, Source)) for name, fields in (self.single.get("sources") or {}).items()}
        entries = {name: replace(entry, further=tuple(self.further.pop(name, ()))) for name, entry in sorted(self.entries.items())}
        for name, items in self.further.items():
            place = Place(items[0].file, items[0].line, items[0].column)
            self.problems.append(place.problem("dangling-id", f"There is no entry '{name}'.", "Write an id that exists, or take it out."))
        return KnowledgeBase(
            entries=entries,
            sources=dict(sorted(sources.items())),
            entities=dict(sorted(self.entities.items())),
            synonyms=dict(sorted(synonyms.items())),
            opposites=Opposites((*(self.single.get("opposites") or ()), *(((word, *same),) for word, same in sorted(synonyms.items())))),
            talk=dict(sorted(self._talk().items())),
            languages=languages(self.single.get("languages") or {}),
            settings=_settings(self.single.get("settings") or {}),
            version=version,
        )

    def _opposites(self) -> None:
        """Reports words that stand twice: a word on two sides would be its own opposite, or that of unrelated words. Words are compared as
        they are typed (see synonym_faults)."""
        file, spots = self.single_places.get("opposites", ("", {}))
        seen: dict[tuple[str, ...], str] = {}
        for number, pair in enumerate(self.single.get("opposites") or ()):
            for side, words in enumerate(pair):
                for item, text in enumerate(words):
                    key, at = plain_words(text), f"[{number}][{side}][{item}]"
                    if not key or key in seen:
                        fault = f"'{text}' stands in {seen[key]} already." if key else f"'{text}' holds no word."
                        self.problems.append(Place(file, *spots.get(at, (1, 1))).problem("opposites", fault, "Keep it in one place."))
                    seen.setdefault(key, at)

    def _kind(self, path: str) -> str | None:
        parts = PurePath(path).relative_to(self.folder).parts
        name = PurePath(parts[0]).stem
        kind = _FOLDERS.get(parts[0]) if len(parts) > 1 else name if name in _SINGLE else None
        if kind is None:
            fault = "Nothing is read from here."
            mend = f"Put it under {', '.join(sorted(_FOLDERS))}, or name it one of {', '.join(f'{name}.yaml' for name in _SINGLE)}."
            self.problems.append(Place(path, 1, 1).problem("stray-file", fault, mend))
        return kind

    def _take(self, kind: str, path: str, node: Node) -> None:
        before = len(self.problems)
        fields = DOCUMENTS[kind].read(node, "", self.problems.append)
        if len(self.problems) > before or fields is None:
            return
        if kind in _SINGLE:
            self._only(kind, path, self.single_places[kind][0] if kind in self.single_places else None)
            self.single[kind] = fields
            self.single_places[kind] = (path, places(node))
        elif kind == "alternates":
            self._further(path, cast(Fields, fields), places(node))
        elif kind == "entity":
            self._name(path, node, "entity", cast(Fields, fields))
            entity = _entity(cast(Fields, fields), path, places(node))
            self._only(f"entity '{entity.name}'", path, self.entities[entity.name].file if entity.name in self.entities else None)
            self.entities[entity.name] = entity
            self.problems.extend(_entity_faults(entity))
        else:
            named = self._name(path, node, "id", cast(Fields, fields))
            self._entry(_entry(kind, cast(Fields, fields), path, places(node)), named)

    def _only(self, what: str, path: str, other: str | None) -> None:
        if other is not None:
            fault = f"{what} is read already from {other}."
            self.problems.append(Place(path, 1, 1).problem("duplicate-file", fault, "Make one file of the two."))

    def _name(self, path: str, node: Node, key: str, fields: Fields) -> bool:
        """Whether a document has the name of its file; a problem is noted if not."""
        stem = PurePath(path).stem
        if fields[key] == stem:
            return True
        line, column = places(node)[key]
        fault = f"{key}: '{fields[key]}' is not the file's name."
        self.problems.append(Place(path, line, column).problem("file-name", fault, f"Write '{stem}' or rename the file."))
        return False

    def _entry(self, entry: Entry, named: bool) -> None:
        other = self.entries.get(entry.id)
        if other and named and PurePath(other.file).stem == entry.id:
            line, column = entry.places.get("id", (1, 1))
            fault = f"id: '{entry.id}' exists already in {other.file}."
            self.problems.append(Place(entry.file, line, column).problem("duplicate-id", fault, "Give one of them another id."))
        elif named or not other:  # else it is a copied file, and what is wrong with its id was said already
            self.entries[entry.id] = entry

    def _further(self, path: str, fields: Mapping[str, Sequence[str]], spots: Mapping[str, tuple[int, int]]) -> None:
        for name, texts in fields.items():
            found = [Further(text, path, *spots[f"{name}[{number}]"]) for number, text in enumerate(texts)]
            self.further.setdefault(name, []).extend(found)

    def _talk(self) -> dict[str, SmallTalk]:
        talk: dict[str, SmallTalk] = {}
        default = default_ids(_settings(self.single.get("settings") or {}))
        for document in ("smalltalk", "outside"):
            file, spots = self.single_places.get(document, ("", {}))
            for number, fields in enumerate(self.single.get(document) or ()):
                place = Place(file, *spots.get(f"[{number}].id", (1, 1)))
                if fields["id"] in talk or fields["id"] in self.entries:
                    fault = f"id: '{fields['id']}' exists already."
                    self.problems.append(place.problem("duplicate-id", fault, "Give one of them another id."))
                if "alternates" not in fields and fields["id"] not in default:
                    fault = f"'{fields['id']}' has no alternates, and no default has this id."
                    self.problems.append(place.problem("missing-key", fault, "Write them, or take the id of a default."))
                talk[fields["id"]] = small_talk(document, fields)
        return talk


def _defaults(fields: Fields, kind: type[T]) -> Fields:
    """The fields of a record with None for those that were null."""
    names = cast(Any, kind).__dataclass_fields__
    return {name: fields.get(name) for name in names if name != "id"}


def _entry(kind: str, fields: Fields, file: str, spots: dict[str, tuple[int, int]]) -> Entry:
    fields = dict(fields)
    exclusions = tuple(Exclusion(**item) for item in fields.pop("not", ()))
    sources = tuple(Citation(**item) for item in fields.pop("sources", ()))
    for name in ("answer", "more", "why", "remember", "claim", "question"):
        if name in fields:
            fields[name] = reflow(fields[name])
    fields["by_status"] = {status: reflow(text) for status, text in fields.get("by_status", {}).items()}
    fields.setdefault("alternates", ())
    version = hashlib.sha256(repr([*sorted(fields.items()), exclusions, sources]).encode()).hexdigest()[:8]
    return Entry(kind=cast(Any, kind), exclusions=exclusions, sources=sources, version=version, file=file, places=spots, **fields)


def _entity(fields: Fields, file: str, spots: dict[str, tuple[int, int]]) -> Entity:
    name = fields["entity"]
    further: dict[str, tuple[str, ...]] = fields.get(GENERATED, {})
    values = [_value(name, value) for value in fields["values"]]
    values += [_value(name, {"status": "part"} | part) for part in fields.get("parts", ())]
    values = [replace(value, also=(*value.also, *further.get(value.code or "", ()))) for value in values]
    return Entity(
        name=name,
        values=tuple(sorted(values, key=lambda value: value.name)),
        ambiguous=fields.get("ambiguous", {}),
        sources=tuple(Citation(**item) for item in fields.get("sources", ())),
        as_of=fields.get("as_of"),
        review_by=fields.get("review_by"),
        naming=fields.get("naming") == "yes",
        file=file,
        places=spots,
    )


def _value(entity: str, fields: Fields) -> Value:
    sources = tuple(Citation(**item) for item in fields.get("sources", ()))
    given: Fields = {"code": None} | fields | {"sources": sources}
    return Value(entity=entity, **given)


def _entity_faults(entity: Entity) -> list[Problem]:
    codes = Counter(value.code for value in entity.values if value.code)
    faults = [(f"code '{code}' is given twice.", "Keep one.") for code, count in sorted(codes.items()) if count > 1]
    named = [code for group in entity.ambiguous.values() for code in group] + [value.of for value in entity.values if value.of]
    faults += [(f"code '{code}' belongs to no value.", "Write a code of 'values'.") for code in sorted(set(named) - set(codes))]
    return [Place(entity.file, 1, 1).problem("entity", f"{entity.name}: {fault}", mend) for fault, mend in faults]


def _settings(fields: Fields) -> Settings:
    if "options" in fields:
        fields = fields | {"options": int(fields["options"])}
    return Settings(**fields)

"""The documents and items of a base, as they are read one after the other -> the base, and every fault of its structure so far."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, cast

from bot.english.tokens import plain_words
from bot.errors import Place, Problem
from bot.kb.defaults import default_ids
from bot.kb.fields import Spots, entity_faults, entity_of, entry_of, glued_in, own_source, settings_of, source_of
from bot.kb.files import SUFFIXES
from bot.kb.forms import places
from bot.kb.items import PARTS, Part, read_item, text_of
from bot.kb.links import synonym_faults
from bot.kb.nodes import Node
from bot.kb.schema import DOCUMENTS
from bot.kb.talk import Fields, languages, small_talk
from bot.knowledge import OWN_WORD, Citation, Entity, Entry, Further, KnowledgeBase, Opposites, Organisation, SmallTalk

SINGLE = ("languages", "opposites", "outside", "settings", "smalltalk", "sources", "synonyms")
"""The kinds of document of which a base has one, in a file of that name at its top."""

_LAY_OUT = "Put them under 'points' or 'steps', or leave an empty line between them."


class Draft:
    """What was read so far and what was wrong with it. `unread`: the names of what has faults of its own."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        self._entries: dict[str, Entry] = {}
        self._entities: dict[str, Entity] = {}
        self._further: dict[str, list[Further]] = {}
        self._single: dict[str, Any] = {}
        self._places: dict[str, dict[str, Place]] = {}

    def document(self, kind: str, path: str, node: Node, theme: str = "") -> None:
        """Takes a whole document, one of DOCUMENTS, as a file of YAML holds it. `theme` is the folder of an entry below its top."""
        before = len(self.problems)
        fields = DOCUMENTS[kind].read(node, "", self.problems.append)
        if len(self.problems) > before or fields is None:
            self.unread.add(PurePath(path).stem)
        elif kind in SINGLE:
            self._only(kind, path, next((place.file for place in self._places.get(kind, {}).values()), None))
            self._single[kind] = fields
            self._places[kind] = {at: Place(path, *spot) for at, spot in ({"": (1, 1)} | places(node)).items()}
        elif kind == "alternates":
            self._alternates(path, cast("dict[str, Sequence[str]]", fields), places(node))
        else:
            named = self._name(path, node, "entity" if kind == "entity" else "id", cast(Fields, fields))
            self._thing(kind, path, cast(Fields, fields), places(node), theme, named=named)

    def item(self, path: str, node: Node) -> None:
        """Takes an item, a part of a base that says itself what it is (see bot.kb.items)."""
        read = read_item(node, self.problems.append)
        if read is not None:
            self._take(read.type, path, read.fields, node)
        else:
            self.unread |= {text_of(node, key) for key in ("id", "entity")}
            self.unread |= {"sources"} if text_of(node, "type") == "source" else set()

    def finish(self, version: str) -> KnowledgeBase:
        """The base without the defaults that it keeps."""
        synonyms = cast("dict[str, tuple[str, ...]]", self._single.get("synonyms") or {})
        for word, fault, mend in synonym_faults(synonyms):
            self.problems.append(self._place("synonyms", word).problem("synonyms", fault, mend))
        self._opposites()
        sources = {name: source_of(name, fields) for name, fields in (self._single.get("sources") or {}).items()}
        settings = settings_of(self._single.get("settings") or {})
        entries = {name: replace(entry, further=tuple(self._further.pop(name, ()))) for name, entry in sorted(self._entries.items())}
        for name, items in self._further.items():
            place = Place(items[0].file, items[0].line, items[0].column)
            self.problems.append(place.problem("dangling-id", f"There is no entry '{name}'.", "Write an id that exists, or take it out."))
        kb = KnowledgeBase(
            entries=entries,
            sources=dict(sorted(sources.items())),
            entities=dict(sorted(self._entities.items())),
            synonyms=dict(sorted(synonyms.items())),
            opposites=Opposites((*(self._single.get("opposites") or ()), *(((word, *same),) for word, same in sorted(synonyms.items())))),
            talk=dict(sorted(self._talk().items())),
            languages=languages(self._single.get("languages") or {}),
            settings=settings,
            version=version,
        )
        return with_own_word(kb, settings.organisation) if settings.organisation else kb

    def _take(self, kind: str, path: str, fields: Fields, node: Node) -> None:
        if kind == "alternates":
            texts = [Further(text, path, node.place.line, node.place.column) for text in fields["alternates"]]
            self._further.setdefault(fields["id"], []).extend(texts)
        elif kind in PARTS:
            self._part(PARTS[kind], fields, node)
        elif kind == "settings":
            if "settings" in self._single:
                self.problems.append(node.place.problem("duplicate-key", "settings stand here a second time.", "Keep one of them."))
            self._single["settings"] = fields
        else:
            self._thing(kind, path, fields, places(node), fields.pop("theme", ""))

    def _part(self, part: Part, fields: Fields, node: Node) -> None:
        """Takes an item that is a part of a document of which a base has one."""
        held = self._single.setdefault(part.document, {} if part.key else [])
        name = fields.pop(part.key) if part.key else f"[{len(held)}]"
        value = fields[part.value] if part.value else fields
        if not part.key:
            held.append(value)
        elif name in held:
            fault = f"{part.key}: '{name}' stands here a second time."
            self.problems.append(node.place.problem("duplicate-key", fault, "Keep one of them."))
        else:
            held[name] = value
        self._places.setdefault(part.document, {}).setdefault(name, node.place)

    def _thing(self, kind: str, path: str, fields: Fields, spots: Spots, theme: str = "", *, named: bool = True) -> None:
        """Takes an entry or an entity. `named`: it has the name that its file promises."""
        if kind == "entity":
            entity = entity_of(fields, path, spots)
            other = self._entities.get(entity.name)
            self._only(f"entity '{entity.name}'", path, other.file if other else None)
            self._entities[entity.name] = entity
            self.problems.extend(entity_faults(entity))
        else:
            for at in glued_in(fields):
                fault = f"{at}: the lines of a list are joined to one paragraph."
                self.problems.append(Place(path, *spots[at]).problem("glued-lines", fault, _LAY_OUT, "warning"))
            self._entry(entry_of(kind, fields, path, spots, theme), named)

    def _place(self, document: str, at: str) -> Place:
        """Where a value of a document stands: itself, or the item that it is in; else the beginning of the document."""
        known = self._places.get(document, {})
        item = re.match(r"\[\d+\]", at)
        return known.get(at) or known.get(item[0] if item else "") or known.get("") or Place("", 1, 1)

    def _opposites(self) -> None:
        """Reports words that stand twice: a word on two sides would be its own opposite, or that of unrelated words. Words are compared as
        they are typed (see synonym_faults)."""
        seen: dict[tuple[str, ...], str] = {}
        for number, pair in enumerate(self._single.get("opposites") or ()):
            for side, words in enumerate(pair):
                for item, text in enumerate(words):
                    key, at = plain_words(text), f"[{number}][{side}][{item}]"
                    if not key or key in seen:
                        fault = f"'{text}' stands in {seen[key]} already." if key else f"'{text}' holds no word."
                        self.problems.append(self._place("opposites", at).problem("opposites", fault, "Keep it in one place."))
                    seen.setdefault(key, at)

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
        self.unread.add(stem)
        return False

    def _entry(self, entry: Entry, named: bool) -> None:
        other = self._entries.get(entry.id)
        if other and named and _is_named(other):
            line, column = entry.places.get("id", (1, 1))
            fault = f"id: '{entry.id}' exists already in {_where(other, entry)}."
            self.problems.append(Place(entry.file, line, column).problem("duplicate-id", fault, "Give one of them another id."))
        elif named or not other:  # else it is a copied file, and what is wrong with its id was said already
            self._entries[entry.id] = entry

    def _alternates(self, path: str, fields: Mapping[str, Sequence[str]], spots: Spots) -> None:
        for name, texts in fields.items():
            found = [Further(text, path, *spots[f"{name}[{number}]"]) for number, text in enumerate(texts)]
            self._further.setdefault(name, []).extend(found)

    def _talk(self) -> dict[str, SmallTalk]:
        talk: dict[str, SmallTalk] = {}
        default = default_ids(settings_of(self._single.get("settings") or {}))
        for document in ("smalltalk", "outside"):
            for number, fields in enumerate(self._single.get(document) or ()):
                place = self._place(document, f"[{number}].id")
                if fields["id"] in talk or fields["id"] in self._entries:
                    fault = f"id: '{fields['id']}' exists already."
                    self.problems.append(place.problem("duplicate-id", fault, "Give one of them another id."))
                if "alternates" not in fields and fields["id"] not in default:
                    fault = f"'{fields['id']}' has no alternates, and no default has this id."
                    self.problems.append(place.problem("missing-key", fault, "Write them, or take the id of a default."))
                talk[fields["id"]] = small_talk(document, fields)
        return talk


def with_own_word(kb: KnowledgeBase, organisation: Organisation) -> KnowledgeBase:
    """The base in which entries without a source rest on the word of the organisation. A source of that id takes its place."""
    entries = {name: entry if entry.sources else replace(entry, sources=(Citation(OWN_WORD),)) for name, entry in kb.entries.items()}
    if not any(Citation(OWN_WORD) in entry.sources for entry in entries.values()):
        return kb
    return replace(kb, entries=entries, sources=dict(sorted({OWN_WORD: own_source(organisation), **kb.sources}.items())))


def _is_named(entry: Entry) -> bool:
    """Whether an entry has the name of its file, or stands in a file of many."""
    file = PurePath(entry.file)
    return file.suffix not in SUFFIXES or file.stem == entry.id


def _where(other: Entry, entry: Entry) -> str:
    """Where an entry stands, as told at another one."""
    return f"line {other.places['id'][0]}" if other.file == entry.file and "id" in other.places else other.file

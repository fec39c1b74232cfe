"""The fields of a document, as read by its form -> the values of a base."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from bot.errors import Place, Problem
from bot.kb.listed import glued, laid_out
from bot.kb.schema import GENERATED
from bot.kb.talk import Fields, reflow
from bot.knowledge import OWN_WORD, Citation, Entity, Entry, Exclusion, Organisation, Settings, Source, Value

Spots = Mapping[str, tuple[int, int]]
"""Where each value of a document stands: "alternates[2]" -> (line, column)."""


def source_of(name: str, fields: Fields) -> Source:
    """A source; what was null or not given is None."""
    return Source(id=name, **{key: fields.get(key) for key in Source.__dataclass_fields__ if key != "id"})  # type: ignore[arg-type]


def entry_of(kind: str, fields: Fields, file: str, spots: Spots, theme: str) -> Entry:
    """An entry of the document faq or myth."""
    fields = dict(fields)
    exclusions = tuple(Exclusion(**item) for item in fields.pop("not", ()))
    sources = tuple(Citation(**item) for item in fields.pop("sources", ()))
    fields |= _laid_out(fields)
    for name in ("more", "why", "remember", "claim", "question"):
        if name in fields:
            fields[name] = reflow(fields[name])
    fields["by_status"] = {status: reflow(text) for status, text in fields.get("by_status", {}).items()}
    fields.setdefault("alternates", ())
    version = hashlib.sha256(repr([*sorted(fields.items()), exclusions, sources]).encode()).hexdigest()[:8]
    return Entry(
        kind=cast(Any, kind), exclusions=exclusions, sources=sources, version=version, theme=theme, file=file, places=spots, **fields
    )


def _laid_out(fields: Fields) -> Fields:
    """The answer, and the list at its end where no other of that kind is given."""
    laid = laid_out(fields["answer"])
    if (laid.points and fields.get("points")) or (laid.steps and fields.get("steps")):
        return {"answer": reflow(fields["answer"])}
    lists = {"points": laid.points, "steps": laid.steps}
    return {"answer": laid.text, **{name: lines for name, lines in lists.items() if lines}}


def glued_in(fields: Fields) -> list[str]:
    """The keys of an entry whose texts hold a list that is not laid out as one."""
    told = {**fields, "answer": "" if len(_laid_out(fields)) > 1 else fields["answer"]}
    return [name for name in ("answer", "more", "why", "remember") if glued(told.get(name, ""))]


def entity_of(fields: Fields, file: str, spots: Spots) -> Entity:
    """An entity, the names that were generated for it taken in."""
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


def entity_faults(entity: Entity) -> list[Problem]:
    """What is wrong with the codes of an entity."""
    codes = Counter(value.code for value in entity.values if value.code)
    faults = [(f"code '{code}' is given twice.", "Keep one.") for code, count in sorted(codes.items()) if count > 1]
    named = [code for group in entity.ambiguous.values() for code in group] + [value.of for value in entity.values if value.of]
    faults += [(f"code '{code}' belongs to no value.", "Write a code of 'values'.") for code in sorted(set(named) - set(codes))]
    return [Place(entity.file, 1, 1).problem("entity", f"{entity.name}: {fault}", mend) for fault, mend in faults]


def settings_of(fields: Fields) -> Settings:
    """The settings, those that are not given as they are by default."""
    given: Fields = {"organisation": Organisation(**fields["organisation"])} if "organisation" in fields else {}
    if "options" in fields:
        given["options"] = int(fields["options"])
    return Settings(**{**fields, **given})


def own_source(organisation: Organisation) -> Source:
    """What entries rest on that name no source."""
    name = organisation.name
    return Source(OWN_WORD, name, name, "internal", organisation.url, None, organisation.checked, "live")

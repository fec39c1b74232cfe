"""Items in the form of our own bases -> the same as drafts and documents, with nothing of them lost."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.imports.entries import Draft, Import, Line, Source, in_order
from bot.imports.found import Note, Own
from bot.imports.ids import new_id
from bot.kb.convert import documents_of
from bot.kb.items import ENTRIES
from bot.kb.schema import ID


def own_base(found: Sequence[Own], source: Source) -> Import:
    """Items as a part of an import. Ids that cannot be the names of files get others, also where they are named. Entries whose
    sources are not there rest on the import's; those that name none go on naming none."""
    names = _names(found)
    known = {str(one.item["id"]) for one in found if one.item["type"] == "source"}
    drafts, lines, others, sources = [], [], [], dict[str, Source]()
    for one in found:
        item = _renamed(one.item, names)
        kind = item["type"]
        what = str(item.get("question") or item.get("title") or item.get("id") or kind)[:80]
        if kind in ENTRIES:
            cited, notes = _cited(item, known, source, sources)
            fields = in_order(kind, {**item, "sources": cited})
            drafts.append(Draft(str(item["id"]), kind, str(item.get("theme", "")), fields, one.place))
            lines.append(Line(one.place, "entry", str(item["id"]), what, "", notes))
        elif kind == "source":
            sources[str(item["id"])] = Source(str(item["id"]), {key: value for key, value in item.items() if key not in ("id", "type")})
            lines.append(Line(one.place, "entry", "", what, "kept as a source"))
        else:
            others.append((one.place, item))
            lines.append(Line(one.place, "entry", "", what, f"kept as {kind}"))
    documents = _documents([item for _, item in others])
    return Import("", "", tuple(drafts), tuple(lines), tuple(sources.values()), {}, documents)


def _documents(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Raises KnowledgeBaseError only for items that their reader should not have let through."""
    return documents_of(items) if items else {}


def _names(found: Sequence[Own]) -> dict[str, str]:
    """The id that each entry gets, by the one it has."""
    given = [str(one.item["id"]) for one in found if one.item["type"] in ENTRIES]
    names = {name: name for name in given if re.fullmatch(ID.pattern, name)}
    for name in given:
        if name not in names:
            names[name] = new_id(name, set(names.values())) or new_id("entry", set(names.values()))
    return names


def _renamed(item: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found = dict(item)
    if found["type"] in (*ENTRIES, "alternates"):
        found["id"] = names.get(str(found["id"]), str(found["id"]))
    if "topic" in found:
        found["topic"] = names.get(str(found["topic"]), found["topic"])
    if "related" in found:
        found["related"] = [names.get(str(name), name) for name in found["related"]]
    if "not" in found:
        found["not"] = [{**one, "see": names.get(str(one["see"]), one["see"])} if "see" in one else one for one in found["not"]]
    return found


def _cited(
    item: Mapping[str, Any], known: set[str], source: Source, sources: dict[str, Source]
) -> tuple[list[Mapping[str, Any]], tuple[Note, ...]]:
    """(what an entry rests on, notes of sources that are not there)."""
    cited = [one for one in item.get("sources", ()) if str(one["id"]) in known]
    notes = tuple(Note("source", str(one["id"])) for one in item.get("sources", ()) if str(one["id"]) not in known)
    if notes and not cited:
        sources.setdefault(source.id, source)
        cited = [{"id": source.id}]
    return cited, notes

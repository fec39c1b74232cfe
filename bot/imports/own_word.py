"""An import that rests on the word of an organisation: named once in the settings, as `factotum init` does, and in no entry."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.imports.entries import Draft, Import, Source

SETTINGS = "settings.yaml"


def on_own_word(made: Import, source: Source, settings: Mapping[str, Any], organisation: Mapping[str, Any]) -> Import:
    """The import without a source, with the organisation in its place where something rests on it, and with settings (those of
    the base that is imported come first). Entries that rest on it name no source any more: what names none rests on the organisation."""
    held = made.documents.get(SETTINGS)
    told = {"organisation": organisation} if source in made.sources else {}
    documents = {**made.documents, SETTINGS: {**told, **settings, **(held if isinstance(held, Mapping) else {})}}
    return replace(without_source(made, source), documents={path: value for path, value in documents.items() if value})


def without_source(made: Import, source: Source) -> Import:
    """The import without a source: for a base whose settings name an organisation. One of its id that the imported base brings stays."""
    if source not in made.sources:
        return made
    drafts = tuple(_without(draft, source.id) for draft in made.drafts)
    return replace(made, drafts=drafts, sources=tuple(one for one in made.sources if one != source))


def _without(draft: Draft, source: str) -> Draft:
    if draft.fields.get("sources") != [{"id": source}]:
        return draft
    return replace(draft, fields={key: value for key, value in draft.fields.items() if key != "sources"})

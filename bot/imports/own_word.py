"""An import that rests on the word of an organisation: named once in the settings, as `factotum init` does, and in no entry."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.imports.entries import Draft, Import

SETTINGS = "settings.yaml"


def on_own_word(made: Import, source: str, settings: Mapping[str, Any]) -> Import:
    """The import without the source of an id, with settings in its place (those of the base that is imported come first). Entries that
    rest on it name no source any more: what names none rests on the organisation of the settings."""
    held = made.documents.get(SETTINGS)
    documents = {**made.documents, SETTINGS: {**settings, **(held if isinstance(held, Mapping) else {})}}
    return replace(without_source(made, source), documents=documents)


def without_source(made: Import, source: str) -> Import:
    """The import without the source of an id: for a base whose settings name an organisation."""
    drafts = tuple(_without(draft, source) for draft in made.drafts)
    return replace(made, drafts=drafts, sources=tuple(one for one in made.sources if one.id != source))


def _without(draft: Draft, source: str) -> Draft:
    if draft.fields.get("sources") != [{"id": source}]:
        return draft
    return replace(draft, fields={key: value for key, value in draft.fields.items() if key != "sources"})

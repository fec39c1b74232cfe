"""Small bases for the examples of the rules: sound but for what a rule changes."""

from typing import Any

from bot.knowledge import Citation, Entry, KnowledgeBase, Source

SOURCES = {
    "office": Source("office", "Yearbook", "An office", "official", None, "2020", "2026-11", "live"),
    "firm": Source("firm", "Our services", "A firm", "commercial", None, "2020", "2026-11", "live"),
}

_SOUND: dict[str, Any] = {
    "id": "tides",
    "kind": "faq",
    "question": "What makes the tides?",
    "alternates": ("why does the sea rise and fall", "ebb and flow explained", "moon pulling on water", "cause of high water"),
    "answer": "The pull of the moon makes them.",
    "sources": (Citation("office"), Citation("firm")),
    "as_of": "2020",
    "file": "faq/tides.yaml",
}


def an_entry(**fields: Any) -> Entry:
    """A sound entry with some fields changed."""
    return Entry(**{**_SOUND, **fields})


def a_myth(**fields: Any) -> Entry:
    """A sound myth with some fields changed."""
    told = {"claim": "The earth is flat.", "verdict": "incorrect", "why": "It looks level.", "remember": "It is round.", "topic": "tides"}
    about = {"id": "myth-flat", "kind": "myth", "question": "Is the earth flat?", "alternates": _FLAT, "file": "myths/myth-flat.yaml"}
    return an_entry(**{**told, **about, "answer": "The earth is a ball.", **fields})


_FLAT = ("our world is a disc", "people fall over the edge of the earth", "the globe is a hoax", "flat ground everywhere")


def a_base(*entries: Entry, **fields: Any) -> KnowledgeBase:
    """A base of some entries."""
    return KnowledgeBase(entries={item.id: item for item in sorted(entries, key=lambda item: item.id)}, **{"sources": SOURCES, **fields})

"""What FAQPage and ClaimReview have in common: sources as schema.org has them, and JSON that may be pasted into a page."""

import json
from typing import Any

from bot.answering.answer import cited
from bot.exports.format import Subject
from bot.knowledge import Entry, KnowledgeBase
from bot.reply import CitedSource

CONTEXT = "https://schema.org"

Node = dict[str, Any]


def citations(entry: Entry, kb: KnowledgeBase) -> list[Node]:
    """The sources of an entry (schema.org CreativeWork)."""
    return [_work(source) for source in cited(entry, kb)]


def _work(source: CitedSource) -> Node:
    return filled(
        {
            "@type": "CreativeWork",
            "name": f"{source.title}, {source.at}" if source.at else source.title,
            "publisher": organization(source.publisher),
            "url": source.url,
            "datePublished": source.published,
        }
    )


def named(entry: Entry, subject: Subject) -> Node:
    """What tells an entry from others: its address in a page, its id, and its theme."""
    about = {"@type": "Thing", "name": entry.theme} if entry.theme else None
    return {"@id": subject.address(entry), "identifier": entry.id, "about": about}


def organization(name: str) -> Node:
    return {"@type": "Organization", "name": name}


def filled(node: Node) -> Node:
    """The node without what has no value."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def written(node: Node) -> bytes:
    """The node as JSON. It ends no `script` element that it is pasted into, and opens no comment there."""
    return (json.dumps(node, ensure_ascii=False, indent=2).replace("<", "\\u003c") + "\n").encode()

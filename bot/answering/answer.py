"""An entry and what was asked -> the answer: its text, dates, sources, names and related questions."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answering.templates import fill, say
from bot.dialogue.resolution import Resolution
from bot.english.sentences import asks_plainly
from bot.knowledge import Citation, Entry, KnowledgeBase, Value
from bot.matching.evidence import Evidence
from bot.matching.query import Query
from bot.reply import Agreement, Answer, CitedSource, Option, Slot, Stance

_MOST_RELATED = 4


def build(entry: Entry, found: Resolution, kb: KnowledgeBase, today: date, *, score: float, related: Iterable[str]) -> Answer:
    """The answer of an entry to a question on a day, with the ids of what to read next; scores are 0..100."""
    query = found.match.query
    values = _values(entry, query)
    entity = kb.entities[values[0].entity] if values else None
    meant, agreed = _judged(entry, values, found.text, kb)
    review_by = min(filter(None, (entry.review_by, entity.review_by if entity else None)), default=None)
    return Answer(
        id=entry.id,
        version=entry.version,
        kind=entry.kind,
        asked=found.asked[:500],
        question=entry.question,
        text=_text(entry, kb, meant, agreed) if entry.kind == "myth" else _told(entry, values, kb, agreed, several=_several(entry, query)),
        claim=entry.claim,
        verdict=entry.verdict,
        stance=meant,
        agreement=agreed,
        score=score,
        as_of=entity.as_of if entity else entry.as_of,
        review_by=review_by,
        stale=past(review_by, today),
        slots={entity.name: [Slot(value.code, value.name, value.status, entity.as_of) for value in values]} if entity else {},
        sources=_sources((*(entity.sources if entity else ()), *_of_values(values), *entry.sources), kb),
        related=options_of(related, kb, today)[:_MOST_RELATED],
    )


def _several(entry: Entry, query: Query) -> bool:
    """Whether one name in the message fits several values."""
    return any(len(mention.values) > 1 for mention in query.mentions if mention.entity == entry.entity)


def _judged(entry: Entry, values: Sequence[Value], message: str, kb: KnowledgeBase) -> tuple[Stance | None, Agreement | None]:
    """What the sender does with a myth, and whether what the sender states is so."""
    if entry.kind == "faq":
        if asks_plainly(message):
            return None, None
        from bot.answering.agreement import agreement  # a plain question is answered without it, and sooner

        return None, agreement(message, entry, values, kb.usage)
    from bot.answering.confirmation import confirms
    from bot.answering.stance import reading

    read = reading(message, entry, kb.usage)
    return read.stance, "holds" if confirms(message, read, entry, kb.usage) else None


def _text(entry: Entry, kb: KnowledgeBase, meant: Stance | None, agreed: Agreement | None) -> str:
    """A myth: who is right is told so; who asks is told first that it is a mistake; anybody else, the fact first."""
    wording, fact = kb.settings.wording, entry.answer
    warning = say(wording, "myth", verdict=entry.verdict, claim=entry.claim)
    if agreed:
        parts: tuple[str | None, ...] = (f"{say(wording, 'confirmed')} {fact}".strip(), entry.remember)
    elif meant != "asks":
        parts = (fact, warning, entry.why, entry.remember)
    else:
        parts = (warning, fact, entry.why, entry.remember)
    return "\n\n".join(text or "" for text in parts)


def _told(entry: Entry, values: Sequence[Value], kb: KnowledgeBase, agreed: Agreement | None, *, several: bool) -> str:
    """A FAQ entry: before the answer stands whether what the sender stated is so."""
    wording = kb.settings.wording
    told = [_by_status(entry, value, kb) for value in values] or [entry.answer]
    text = "\n\n".join([say(wording, "several"), *told] if several else told)
    return f"{say(wording, 'confirmed' if agreed == 'holds' else 'corrected')} {text}".strip() if agreed else text


def _by_status(entry: Entry, value: Value, kb: KnowledgeBase) -> str:
    """The text for one value; of a part, with that of the whole behind it."""
    entity = kb.entities[value.entity]
    whole = next((other for other in entity.values if value.of and other.code == value.of), None)
    facts = {"name": value.name, "note": value.note, "as_of": entity.as_of, "of": whole.name if whole else None}
    text = fill(entry.by_status.get(value.status, entry.answer), facts)
    return f"{text} {_by_status(entry, whole, kb)}" if whole else text


def _values(entry: Entry, query: Query) -> tuple[Value, ...]:
    """The values that the message names, each once, in its order."""
    named = [value for mention in query.mentions if mention.entity == entry.entity for value in mention.values]
    return tuple({(value.entity, value.name): value for value in named}.values())


def _of_values(values: Sequence[Value]) -> Iterable[Citation]:
    return (citation for value in values for citation in value.sources)


def _sources(citations: Iterable[Citation], kb: KnowledgeBase) -> list[CitedSource]:
    known = [(kb.sources[citation.id], citation.at) for citation in dict.fromkeys(citations) if citation.id in kb.sources]
    return [
        CitedSource(s.id, s.title, s.publisher, s.kind, s.url, s.published, s.checked, s.via, at)
        for s, at in known
    ]  # fmt: skip


def options_of(ids: Iterable[str], kb: KnowledgeBase, today: date) -> list[Option]:
    """The entries of some ids as options, without those that have expired."""
    entries = [kb.entries[name] for name in ids if name in kb.entries]
    return [Option(entry.id, entry.question) for entry in entries if not past(entry.expires, today)]


def ids_of(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The ids of the owners."""
    return tuple(item.candidate.target.id for item in evidence)


def past(day: str | None, today: date) -> bool:
    """Whether a day (YYYY-MM-DD) is over."""
    return day is not None and day < today.isoformat()

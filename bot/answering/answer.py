"""An entry and what was asked -> the answer: its text, dates, sources, names and related questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.layout import lines, paragraphs, plain
from bot.answering.templates import fill, say
from bot.dialogue.resolution import Resolution
from bot.english.phrases import VERDICT_HEAD
from bot.english.sentences import asks_outright, asks_plainly
from bot.english.tokens import fold
from bot.kinds import KINDS
from bot.knowledge import Citation, Entry, KnowledgeBase, Value
from bot.matching.decision import ALIKE, Answered
from bot.matching.evidence import Evidence
from bot.matching.query import Query
from bot.reply import Agreement, Answer, Block, CitedSource, Option, Slot, Stance

_MOST_RELATED = 4


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer, and its text in parts."""

    answer: Answer
    parts: tuple[Block, ...]


def answer(entry: Entry, resolved: Resolution, kb: KnowledgeBase, today: date, *, score: float, related: Iterable[str]) -> Composed:
    """The answer of an entry to a question on a day. `score` is 0..100, `related` are the ids of what to read next."""
    query = resolved.match.query
    values = _values(entry, query)
    entity = kb.entities[values[0].entity] if values else None
    stance, agreed = _judged(entry, values, resolved.text, kb)
    body = _answer_text(entry, query, values, kb)
    body = body if agreed or _fits_head(resolved) else _without_head(body)
    parts = _parts(entry, body, kb, stance, agreed, voiced=_voiced(entry, resolved, stance, kb))
    review_by = min(filter(None, (entry.review_by, entity.review_by if entity else None)), default=None)
    found = Answer(
        id=entry.id,
        version=entry.version,
        kind=entry.kind,
        asked=resolved.asked[:500],
        question=entry.question,
        text=plain(parts),
        more=entry.more,
        claim=entry.claim,
        verdict=entry.verdict,
        stance=stance,
        agreement=agreed,
        score=score,
        as_of=entity.as_of if entity else entry.as_of,
        review_by=review_by,
        stale=past(review_by, today),
        slots={entity.name: [Slot(value.code, value.name, value.status, entity.as_of) for value in values]} if entity else {},
        sources=_sources((*(entity.sources if entity else ()), *_of_values(values), *entry.sources), kb),
        related=options_of(related, kb, today)[:_MOST_RELATED],
    )
    return Composed(found, tuple(parts))


def as_it_stands(entry: Entry, kb: KnowledgeBase) -> list[Block]:
    """The parts of an entry's answer for nobody in particular: no value is named, and nothing is stated."""
    return _parts(entry, entry.answer, kb, None, None)


def by_value(entry: Entry, kb: KnowledgeBase) -> list[str]:
    """The answers of an entry that depends on a value, one for each value of its entity by name; empty for any other entry."""
    entity = kb.entities.get(entry.entity or "")
    return [_by_status(entry, value, kb) for value in entity.values] if entity and entry.by_status else []


def cited(entry: Entry, kb: KnowledgeBase) -> list[CitedSource]:
    """The sources of an entry that the base has."""
    return _sources(entry.sources, kb)


def _judged(entry: Entry, values: Sequence[Value], message: str, kb: KnowledgeBase) -> tuple[Stance | None, Agreement | None]:
    """What the sender does with a claim, and whether what the sender states is true. A plain question needs neither and is answered
    sooner without loading what judges statements."""
    if KINDS[entry.kind].has_claim:
        from bot.answering.confirmation import confirms
        from bot.answering.stance import reading

        read = reading(message, entry, kb.usage)
        return read.stance, "holds" if confirms(message, read, entry, kb.usage) else None
    if asks_plainly(message):
        return None, None
    from bot.answering.agreement import agreement

    return None, agreement(message, entry, values, kb.usage)


def _voiced(entry: Entry, resolved: Resolution, stance: Stance | None, kb: KnowledgeBase) -> bool:
    """Whether a verdict on the claim of an entry fits the head of its answer: not where a question holds little of the claim."""
    if stance != "asks" or not isinstance(resolved.outcome, Answered):
        return True
    from bot.answering.stance import voices  # as in _judged

    return voices(resolved.text, entry, kb.usage)


def _fits_head(resolved: Resolution) -> bool:
    """Whether the "No" or "Yes" at the head of an answer fits what was asked: not where that shares but words with the entry, or asks what,
    when or how."""
    if not isinstance(resolved.outcome, Answered):
        return True
    asks_what = asks_plainly(resolved.text) and not asks_outright(fold(resolved.text))
    return resolved.outcome.best.candidate.nearest >= ALIKE and not asks_what


def _without_head(text: str) -> str:
    """The text without a "No" or "Yes" before a sentence that is whole without it."""
    rest, heads = VERDICT_HEAD.subn("", text, count=1)
    return rest[:1].upper() + rest[1:] if heads else text


def _parts(
    entry: Entry, body: str, kb: KnowledgeBase, stance: Stance | None, agreed: Agreement | None, *, voiced: bool = True
) -> list[Block]:
    """The parts of an answer in the order that its kind gives them; first of all whether what the sender stated is true."""
    wording = kb.settings.wording
    warning = say(wording, "myth", verdict=entry.verdict, claim=entry.claim) if entry.claim else None
    texts = {"answer": body, "warning": warning, "why": entry.why, "remember": entry.remember}
    lead = f"{say(wording, 'confirmed' if agreed == 'holds' else 'corrected')} " if agreed else ""
    found: list[Block] = []
    for role, name in KINDS[entry.kind].parts_for(stance, confirmed=agreed == "holds", voiced=voiced):
        text = texts[name] or ""
        verdict = entry.verdict if role == "warning" else None
        found += paragraphs(role, text if found else f"{lead}{text}".strip(), verdict)
    return [*found, *lines("item", entry.points), *lines("step", entry.steps, numbered=True)]


def _answer_text(entry: Entry, query: Query, values: Sequence[Value], kb: KnowledgeBase) -> str:
    """The answer, or that for each value which the message names, with a line before them if one name fits several."""
    texts = [_by_status(entry, value, kb) for value in values] or [entry.answer]
    several = any(len(mention.values) > 1 for mention in query.mentions if mention.entity == entry.entity)
    return "\n\n".join([say(kb.settings.wording, "several"), *texts] if several else texts)


def _by_status(entry: Entry, value: Value, kb: KnowledgeBase) -> str:
    """The text for one value; that of a part is followed by that of the whole."""
    entity = kb.entities[value.entity]
    whole = next((other for other in entity.values if value.of and other.code == value.of), None)
    facts = {"name": _said(value), "note": value.note, "as_of": entity.as_of, "of": _said(whole) if whole else None}
    text = fill(entry.by_status.get(value.status, entry.answer), facts)
    text = text[:1].upper() + text[1:]
    return f"{text} {_by_status(entry, whole, kb)}" if whole else text


def _said(value: Value) -> str:
    """The name as it stands within a sentence."""
    return value.said or value.name


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
    """The entries with these ids as options, without those that have expired."""
    entries = [kb.entries[name] for name in ids if name in kb.entries]
    return [Option(entry.id, entry.question) for entry in entries if not past(entry.expires, today)]


def ids_of(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The ids of the candidates."""
    return tuple(item.candidate.target.id for item in evidence)


def past(day: str | None, today: date) -> bool:
    """Whether a day (YYYY-MM-DD) is over."""
    return day is not None and day < today.isoformat()

"""A decision -> the reply object."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.decide import Answered, Clarify, Decision, Nothing
from bot.evidence import Evidence
from bot.knowledge import Citation, Entry, KnowledgeBase, Value
from bot.query import Query
from bot.reply import Answer, CitedSource, Option, Reply, Slot, Unanswered
from bot.stance import stance
from bot.wording import Block, blocks, fill, plain, say

_MOST_RELATED = 4


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply and the blocks that its text is made of."""

    reply: Reply
    blocks: tuple[Block, ...]


def compose(decision: Decision, query: Query, kb: KnowledgeBase, today: date, *, calibrated: bool) -> Spoken:
    """What is said to a query on a day. `calibrated`: whether the scores are those of a base that has a fit of its own."""
    spoken = _spoken(decision, query, kb, today)
    return replace(spoken, reply=replace(spoken.reply, calibrated=calibrated))


def _spoken(decision: Decision, query: Query, kb: KnowledgeBase, today: date) -> Spoken:
    match decision:
        case Answered(best, _) if best.candidate.owner.kind in ("chat", "danger", "human"):
            return _talk(decision, query, kb)
        case Answered(best, _) if _past(kb.entries[best.candidate.owner.id].expires, today):
            return _expired(kb.entries[best.candidate.owner.id], query, kb)
        case Answered():
            return _speak(Reply("answer", None, "", kb.version, answers=[_answer(decision, query, kb, today)]), query, kb)
        case Clarify(options):
            reply = Reply("clarify", "ambiguous", "", kb.version, options=_options(_ids(options), kb, today))
            return _speak(reply, query, kb, say(kb.settings.wording, "clarify"))
        case Nothing(reason, nearest, words, outside):
            if outside:
                return _nothing(reason, [], query, kb, lead=kb.talk[outside.candidate.owner.id].answer)
            return _nothing(reason, _options(_ids(nearest), kb, today), query, kb, words=", ".join(f"“{word[:40]}”" for word in words[:5]))


def show(entry: Entry, kb: KnowledgeBase, today: date) -> Spoken:
    """An entry as it is answered when it is asked for by its id."""
    query = Query(asked=entry.question, words=())
    if _past(entry.expires, today):
        return _expired(entry, query, kb)
    answer = _build(entry, query, kb, today, score=100.0, related=entry.related)
    return _speak(Reply("answer", None, "", kb.version, answers=[answer]), query, kb, heading=entry.question)


def _speak(reply: Reply, query: Query, kb: KnowledgeBase, lead: str = "", heading: str = "") -> Spoken:
    reply = replace(reply, corrections=list(query.corrections))
    found = blocks(reply, kb.settings.wording, lead, heading)
    return Spoken(replace(reply, text=plain(found)), found)


def _talk(decision: Answered, query: Query, kb: KnowledgeBase) -> Spoken:
    talk = kb.talk[decision.best.candidate.owner.id]
    if talk.kind == "human":
        lead = "\n\n".join(text for text in (talk.answer, kb.settings.handoff) if text)
        return _speak(Reply("handoff", "asked-for-human", "", kb.version, handoff=_handoff(kb)), query, kb, lead)
    return _speak(Reply("smalltalk", "danger" if talk.kind == "danger" else None, "", kb.version), query, kb, talk.answer)


def _handoff(kb: KnowledgeBase) -> dict[str, object] | None:
    return {"text": kb.settings.handoff} if kb.settings.handoff else None


def _nothing(reason: str, options: list[Option], query: Query, kb: KnowledgeBase, lead: str = "", **values: str) -> Spoken:
    unanswered = [Unanswered(query.asked[:500], reason, options)] if query.asked else []
    reply = Reply("none", reason, "", kb.version, unanswered=unanswered, options=options, handoff=_handoff(kb))
    return _speak(reply, query, kb, lead or say(kb.settings.wording, reason, **values))


def _expired(entry: Entry, query: Query, kb: KnowledgeBase) -> Spoken:
    return _nothing("expired", [], query, kb, expires=entry.expires or "")


def _answer(decision: Answered, query: Query, kb: KnowledgeBase, today: date) -> Answer:
    entry = kb.entries[decision.best.candidate.owner.id]
    related = dict.fromkeys((*_ids(decision.siblings), *entry.related))
    return _build(entry, query, kb, today, score=round(decision.best.score, 1), related=related)


def _build(entry: Entry, query: Query, kb: KnowledgeBase, today: date, *, score: float, related: Iterable[str]) -> Answer:
    values = _values(entry, query)
    entity = kb.entities[values[0].entity] if values else None
    review_by = min(filter(None, (entry.review_by, entity.review_by if entity else None)), default=None)
    return Answer(
        id=entry.id,
        version=entry.version,
        kind=entry.kind,
        asked=query.asked[:500],
        question=entry.question,
        text=_text(entry, values, kb, several=_several(entry, query)),
        claim=entry.claim,
        verdict=entry.verdict,
        stance=stance(query.asked, entry) if entry.kind == "myth" else None,
        score=score,
        as_of=entity.as_of if entity else entry.as_of,
        review_by=review_by,
        stale=_past(review_by, today),
        slots={entity.name: [Slot(value.code, value.name, value.status, entity.as_of) for value in values]} if entity else {},
        sources=_sources((*(entity.sources if entity else ()), *_of_values(values), *entry.sources), kb),
        related=_options(related, kb, today)[:_MOST_RELATED],
    )


def _several(entry: Entry, query: Query) -> bool:
    """Whether one name in the message fits several values."""
    return any(len(mention.values) > 1 for mention in query.mentions if mention.entity == entry.entity)


def _text(entry: Entry, values: Sequence[Value], kb: KnowledgeBase, *, several: bool) -> str:
    if entry.kind == "myth":
        warning = say(kb.settings.wording, "myth", verdict=entry.verdict, claim=entry.claim)
        return "\n\n".join(text or "" for text in (entry.answer, warning, entry.why, entry.remember))
    if not values:
        return entry.answer
    told = [_by_status(entry, value, kb) for value in values]
    return "\n\n".join([say(kb.settings.wording, "several"), *told] if several else told)


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


def _options(ids: Iterable[str], kb: KnowledgeBase, today: date) -> list[Option]:
    entries = [kb.entries[name] for name in ids if name in kb.entries]
    return [Option(entry.id, entry.question) for entry in entries if not _past(entry.expires, today)]


def _ids(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(item.candidate.owner.id for item in evidence)


def _past(day: str | None, today: date) -> bool:
    return day is not None and day < today.isoformat()

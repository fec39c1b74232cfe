"""The matches for the questions of a message -> the reply object."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.answering.answer import Composed, answer, ids_of, options_of, past
from bot.answering.layout import blocks, paragraphs, plain
from bot.answering.templates import say
from bot.dialogue.resolution import Backed, Chosen, Help, Offered, Repeated, Resolution
from bot.english.aspects import ASPECTS
from bot.kinds import KINDS
from bot.knowledge import Entry, KnowledgeBase, SmallTalk
from bot.matching.decision import Answered, Clarify, NoAnswer
from bot.reply import Answer, Block, Handoff, Reply, Status, Unanswered

MISSES = 3
"""The number of replies in a row without an answer of which the last one refers to a person."""

_LONGEST = 500  # characters of a question that a reply repeats


@dataclass(frozen=True, slots=True)
class _Draft:
    """A reply whose text is not yet made: the parts of its answers, the text of one without answers, and the heading over all."""

    reply: Reply
    lead: str = ""
    heading: str = ""
    parts: tuple[tuple[Block, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Moment:
    """What a reply depends on besides the matches: the base, the day, and how many replies in a row had no answer."""

    kb: KnowledgeBase
    today: date
    misses: int

    def say(self, name: str, **values: str | None) -> str:
        return say(self.kb.settings.wording, name, **values)


def respond(resolutions: Sequence[Resolution], kb: KnowledgeBase, today: date, *, calibrated: bool, misses: int = 0) -> Reply:
    """The reply to the questions of a message on a day. `calibrated`: whether scores are fitted to this base; `misses`: how many replies
    in a row before this one had no answer."""
    now = _Moment(kb, today, misses)
    known = [item for item in resolutions if _current(item, now)]
    draft = _answers(known, [item for item in resolutions if item not in known], now) if known else _without_answer(resolutions[0], now)
    corrections = {item.typed: item for found in resolutions for item in found.corrections}
    return _worded(replace(draft, reply=replace(draft.reply, calibrated=calibrated, corrections=list(corrections.values()))), kb)


def person(kb: KnowledgeBase, today: date, *, calibrated: bool) -> Reply:
    """The reply to who asks for a person without a word, by a button."""
    now = _Moment(kb, today, 0)
    draft = _handoff("asked-for-human", now.say("person"), now)
    return _worded(replace(draft, reply=replace(draft.reply, calibrated=calibrated)), kb)


def _worded(draft: _Draft, kb: KnowledgeBase) -> Reply:
    """The reply of a draft with its text."""
    told = blocks(draft.reply, draft.parts, kb.settings.wording, draft.lead, draft.heading)
    return replace(draft.reply, text=plain(told), blocks=told)


def _reply(status: Status, reason: str | None, now: _Moment, **fields: Any) -> Reply:
    """A reply whose text is not yet made."""
    return Reply(status=status, reason=reason, text="", kb=now.kb.version, **fields)


def _current(found: Resolution, now: _Moment) -> Entry | None:
    """The entry that answers, unless it has expired."""
    entry = now.kb.entries.get(found.entry or "")
    return entry if entry and not past(entry.expires, now.today) else None


def _answers(known: Sequence[Resolution], rest: Sequence[Resolution], now: _Moment) -> _Draft:
    """The answers in order, then the questions without one."""
    composed = [_answer(item, now) for item in known]
    answers = [item.answer for item in composed]
    reply = _reply("answer", None, now, answers=answers, unanswered=[_gap(item, now) for item in rest])
    heading = answers[0].question if isinstance(known[0].outcome, Chosen) else ""
    return _Draft(reply, heading=heading, parts=tuple(item.parts for item in composed))


def _answer(found: Resolution, now: _Moment) -> Composed:
    entry, outcome = now.kb.entries[found.entry or ""], found.outcome
    siblings = ids_of(outcome.siblings) if isinstance(outcome, Answered) else ()
    score = round(found.score, 1) if isinstance(outcome, Answered) else 100.0
    related = dict.fromkeys((*siblings, *entry.related))
    full = answer(entry, found, now.kb, now.today, score=score, related=related)
    return _in_part(full, outcome, now) if isinstance(outcome, Repeated | Backed) else full


def _in_part(full: Composed, outcome: Repeated | Backed, now: _Moment) -> Composed:
    """An answer that was just told, with the part of it that was asked for or what it rests on in place of its text."""
    told = _part_told(full.answer, outcome, now).strip()
    return Composed(replace(full.answer, text=told, agreement=None, stance=None), tuple(paragraphs("text", told)))


def _part_told(known: Answer, outcome: Repeated | Backed, now: _Moment) -> str:
    match outcome:
        case Repeated(name, text) if text == now.kb.entries[name].more:
            return text or ""
        case Repeated(_, text):
            return f"{now.say('in-part')} {text}"
        case Backed(_, "sources", _):
            return now.say("sources" if known.sources else "no-sources")
        case Backed(_, _, score):
            as_of = known.as_of or now.say("undated")
            return now.say("age", as_of=as_of, sources=str(len(known.sources)), score=f"{score or 100:.0f}")


def _gap(found: Resolution, now: _Moment, reason: str = "expired", near: Sequence[str] = ()) -> Unanswered:
    """A question that got no answer, with the nearest entries."""
    match found.outcome:
        case Repeated(name):
            reason, near = "nothing-more", now.kb.entries[name].related
        case Clarify(options, unsaid):
            reason, near = "not-said" if unsaid else "ambiguous", ids_of(options)
        case NoAnswer(why, nearest):
            reason, near = why, ids_of(nearest)
    return Unanswered(found.asked[:_LONGEST], reason, options_of(near, now.kb, now.today))


def _without_answer(found: Resolution, now: _Moment) -> _Draft:
    match found.outcome:
        case Answered(best) if best.candidate.target.id in now.kb.talk:
            return _talk(now.kb.talk[best.candidate.target.id], found, now)
        case Clarify(options, unsaid):
            return _asked_back("not-said" if unsaid else "ambiguous", ids_of(options), now, unsaid)
        case Help(line=line):
            return _Draft(_reply("smalltalk", "danger", now), line)
        case Offered(names, reason):
            return _asked_back(reason, names, now)
        case Repeated():
            return _none(_gap(found, now), now.say("nothing-more"), now, offer=True)
        case NoAnswer():
            return _miss(found, found.outcome, now)
    entry = now.kb.entries[found.entry or ""]
    return _none(_gap(found, now), now.say("expired", expires=entry.expires), now)


def _asked_back(reason: str, names: Sequence[str], now: _Moment, unsaid: str | None = None) -> _Draft:
    """Options to choose from; first of all what our sources do not say of it."""
    options = options_of(names, now.kb, now.today)
    which = "did-you-mean" if len(options) == 1 else "clarify"
    lead = now.say(which if reason == "ambiguous" else reason, aspect=ASPECTS[unsaid].said if unsaid else None)
    return _Draft(_reply("clarify", reason, now, options=options), lead)


def _talk(talk: SmallTalk, found: Resolution, now: _Moment) -> _Draft:
    """The fixed sentence of small talk, in a reply with the status of its kind."""
    kind = KINDS[talk.kind]
    match kind.status:
        case "handoff":
            return _handoff(kind.reason, talk.answer, now)
        case "none":
            return _none(_gap(found, now, kind.reason or ""), talk.answer, now)
        case "smalltalk":
            return _Draft(_reply("smalltalk", kind.reason, now), talk.answer)


def _handoff(reason: str | None, lead: str, now: _Moment, *gaps: Unanswered) -> _Draft:
    reply = _reply("handoff", reason, now, unanswered=list(gaps), handoff=_person(now.kb, wanted=True))
    return _Draft(reply, "\n\n".join(filter(None, (lead, now.kb.settings.handoff))))


def _person(kb: KnowledgeBase, *, wanted: bool = False) -> Handoff | None:
    where = kb.settings.handoff
    return {"text": where, "wanted": wanted, "passed_on": False} if where or wanted else None


def _none(gap: Unanswered, lead: str, now: _Moment, *, offer: bool = False) -> _Draft:
    """No answer. The nearest questions become options only where they are shown (`offer`)."""
    reply = _reply("none", gap.reason, now, handoff=_person(now.kb))
    options = gap.options if offer else []
    return _Draft(replace(reply, unanswered=[gap] if gap.asked else [], options=options), lead)


def _miss(found: Resolution, decision: NoAnswer, now: _Moment) -> _Draft:
    """No answer, and never twice in the same words: first what was not understood and a hint, then the nearest questions, then a person."""
    gap, lead, own = _gap(found, now), _lead(decision, now), bool(decision.outside or decision.language)
    if now.misses + 1 >= MISSES:
        return _handoff("third-miss", "\n\n".join((*([lead] if own else []), now.say("third-miss"))), now, gap)
    if own or decision.reason in _COMPLETE:
        return _none(gap, lead, now, offer=bool(decision.language))
    if found.left_out:
        lead = f"{lead} {now.say('left-out')}"
    if now.misses:
        return _none(gap, now.say("second-miss"), now, offer=True)
    return _none(gap, f"{lead}\n\n{now.say('hint')}", now)


_COMPLETE = ("gone", "no-words", "too-short", "other-script", "gibberish")
"""Reasons whose sentence needs no hint after it."""


def _lead(decision: NoAnswer, now: _Moment) -> str:
    """What was not understood, or the sentence for what was meant instead."""
    if decision.outside:
        return now.kb.talk[decision.outside.candidate.target.id].answer
    if decision.language and decision.language in now.kb.languages:
        return now.kb.languages[decision.language].line
    return now.say(decision.reason, words=", ".join(f"“{word[:40]}”" for word in decision.words[:5]))

"""What was found for the questions of a message -> the reply object."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.answer import build, ids_of, options_of, past
from bot.answering.templates import blocks, plain, say
from bot.dialogue.resolution import Backed, Chosen, Offered, Repeated, Resolution
from bot.knowledge import Entry, KnowledgeBase, SmallTalk
from bot.matching.decision import Answered, Clarify, NoAnswer
from bot.reply import Answer, Reply, Unanswered

MISSES = 3
"""Which reply in a row without an answer offers a person."""

_LONGEST = 500  # characters of a question that a reply repeats


@dataclass(frozen=True, slots=True)
class _Draft:
    """A reply without its text: the sentence of one without answers, and what stands over all."""

    reply: Reply
    lead: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class _Moment:
    """When something is said: from which base, on which day, and after how many replies in a row without an answer."""

    kb: KnowledgeBase
    today: date
    misses: int

    def say(self, name: str, **values: str | None) -> str:
        return say(self.kb.settings.wording, name, **values)


def speak(resolutions: Sequence[Resolution], kb: KnowledgeBase, today: date, *, calibrated: bool, misses: int = 0) -> Reply:
    """What is said to the questions of a message on a day. `calibrated`: whether the scores are those of a base that has a fit of its
    own; `misses`: how many replies in a row had no answer before this one."""
    now = _Moment(kb, today, misses)
    known = [item for item in resolutions if _current(item, now)]
    draft = _answers(known, [item for item in resolutions if item not in known], now) if known else _without_answer(resolutions[0], now)
    corrections = {item.typed: item for found in resolutions for item in found.corrections}
    reply = replace(draft.reply, calibrated=calibrated, corrections=list(corrections.values()))
    told = blocks(reply, kb.settings.wording, draft.lead, draft.heading)
    return replace(reply, text=plain(told), blocks=told)


def _current(found: Resolution, now: _Moment) -> Entry | None:
    """The entry that answers, unless it has expired."""
    entry = now.kb.entries.get(found.entry or "")
    return entry if entry and not past(entry.expires, now.today) else None


def _answers(known: Sequence[Resolution], rest: Sequence[Resolution], now: _Moment) -> _Draft:
    """The answers in order, and then what has none."""
    answers = [_answer(item, now) for item in known]
    reply = Reply("answer", None, "", now.kb.version, answers=answers, unanswered=[_gap(item, now) for item in rest])
    return _Draft(reply, heading=answers[0].question if isinstance(known[0].outcome, Chosen) else "")


def _answer(found: Resolution, now: _Moment) -> Answer:
    entry, outcome = now.kb.entries[found.entry or ""], found.outcome
    siblings = ids_of(outcome.siblings) if isinstance(outcome, Answered) else ()
    score = round(found.score, 1) if isinstance(outcome, Answered) else 100.0
    related = dict.fromkeys((*siblings, *entry.related))
    full = build(entry, found, now.kb, now.today, score=score, related=related)
    return _in_part(full, outcome, now) if isinstance(outcome, Repeated | Backed) else full


def _in_part(answer: Answer, outcome: Repeated | Backed, now: _Moment) -> Answer:
    """An answer that was just told, with the part of it that was asked for or what it rests on in place of its text."""
    match outcome:
        case Repeated(name, text) if text == now.kb.entries[name].more:
            told = text or ""
        case Repeated(_, text):
            told = f"{now.say('in-part')} {text}"
        case Backed(_, "sources", _):
            told = now.say("sources" if answer.sources else "no-sources")
        case Backed(_, _, score):
            told = now.say("age", as_of=answer.as_of or now.say("undated"), sources=str(len(answer.sources)), score=f"{score or 100:.0f}")
    return replace(answer, text=told.strip(), agreement=None, stance=None)


def _gap(found: Resolution, now: _Moment, reason: str = "expired", near: Sequence[str] = ()) -> Unanswered:
    """A question that got no answer, with what is nearest to it."""
    match found.outcome:
        case Repeated(name):
            reason, near = "nothing-more", now.kb.entries[name].related
        case Clarify(options):
            reason, near = "ambiguous", ids_of(options)
        case NoAnswer(why, nearest):
            reason, near = why, ids_of(nearest)
    return Unanswered(found.asked[:_LONGEST], reason, options_of(near, now.kb, now.today))


def _without_answer(found: Resolution, now: _Moment) -> _Draft:
    match found.outcome:
        case Answered(best) if best.candidate.target.id in now.kb.talk:
            return _talk(now.kb.talk[best.candidate.target.id], found, now)
        case Clarify(options):
            return _asked_back("ambiguous", "clarify", ids_of(options), now)
        case Offered(names, reason):
            return _asked_back(reason, reason, names, now)
        case Repeated():
            return _none(_gap(found, now), now.say("nothing-more"), now, offer=True)
        case NoAnswer():
            return _miss(found, found.outcome, now)
    entry = now.kb.entries[found.entry or ""]
    return _none(_gap(found, now), now.say("expired", expires=entry.expires), now)


def _asked_back(reason: str, wording: str, names: Sequence[str], now: _Moment) -> _Draft:
    return _Draft(Reply("clarify", reason, "", now.kb.version, options=options_of(names, now.kb, now.today)), now.say(wording))


def _talk(talk: SmallTalk, found: Resolution, now: _Moment) -> _Draft:
    """Small talk, help in danger, the wish for a person, or what is declined."""
    match talk.kind:
        case "human":
            return _handoff("asked-for-human", talk.answer, now)
        case "declined":
            return _none(_gap(found, now, "declined"), talk.answer, now)
        case kind:
            return _Draft(Reply("smalltalk", "danger" if kind == "danger" else None, "", now.kb.version), talk.answer)


def _handoff(reason: str, lead: str, now: _Moment, *gaps: Unanswered) -> _Draft:
    reply = Reply("handoff", reason, "", now.kb.version, unanswered=list(gaps), handoff=_person(now.kb))
    return _Draft(reply, "\n\n".join(filter(None, (lead, now.kb.settings.handoff))))


def _person(kb: KnowledgeBase) -> dict[str, object] | None:
    return {"text": kb.settings.handoff} if kb.settings.handoff else None


def _none(gap: Unanswered, lead: str, now: _Moment, *, offer: bool = False) -> _Draft:
    """No answer; the nearest questions are options only where they are shown."""
    reply = Reply("none", gap.reason, "", now.kb.version, handoff=_person(now.kb))
    options = gap.options if offer else []
    return _Draft(replace(reply, unanswered=[gap] if gap.asked else [], options=options), lead)


def _miss(found: Resolution, decision: NoAnswer, now: _Moment) -> _Draft:
    """No answer, and never twice in the same words: first what was not understood and a hint, then the nearest questions, then a person."""
    gap, lead, own = _gap(found, now), _lead(decision, now), bool(decision.outside or decision.language)
    if now.misses + 1 >= MISSES:
        return _handoff("third-miss", "\n\n".join((*([lead] if own else []), now.say("third-miss"))), now, gap)
    if own or decision.reason in _PLAIN:
        return _none(gap, lead, now)
    if found.left_out:
        lead = f"{lead} {now.say('left-out')}"
    if now.misses:
        return _none(gap, now.say("second-miss"), now, offer=True)
    return _none(gap, f"{lead}\n\n{now.say('hint')}", now)


_PLAIN = ("gone", "no-words", "too-short", "other-script", "gibberish")
"""Reasons that say all there is to say."""


def _lead(decision: NoAnswer, now: _Moment) -> str:
    """What was not understood, or what is said of what was meant instead."""
    if decision.outside:
        return now.kb.talk[decision.outside.candidate.target.id].answer
    if decision.language and decision.language in now.kb.languages:
        return now.kb.languages[decision.language].line
    return now.say(decision.reason, words=", ".join(f"“{word[:40]}”" for word in decision.words[:5]))

"""A message that leans on what was said before -> what it means: a choice, or a question completed by the last one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.context import Context
from bot.decide import Answered, Chosen, Clarify, Nothing, Offered
from bot.english import STOP_WORDS, stems
from bot.finding import Finding, Matcher, addressed, answered, chosen, find, is_outside, score_of
from bot.followup import Leaning, conjuncts, leaning, own_words
from bot.knowledge import ENTRY_KINDS, Entry, subject_of
from bot.query import named
from bot.recast import reasons, renamed
from bot.sentences import asks, without_asides
from bot.text import plain_words, safe, typed_words

Entries = Mapping[str, Entry]

SURE = 90.0
"""The score from which on what a message means by itself is not looked for in what was said before."""

ALIKE = 0.45
"""The cosine with a wording from which on a message says what it is about, pronoun or not."""

CLEAR = 80.0
"""The score from which on a message that leans on something is plainly about something outside the base."""

FAIR = 70.0
"""The score from which on an answer that is not near the topic is not given up for one that completes the last question."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it stands: what was said, and what questions are looked up with. `within` tells that what was said stands in the
    same message."""

    context: Context
    matcher: Matcher
    entries: Entries
    within: bool = False


def reply_to(message: str, talk: Talk) -> Finding:
    """What is found for one question of a message."""
    lean = leaning(message)
    if not _said_something(talk.context) or not plain_words(message):
        return _with_words(by_itself(lean.text, talk.matcher))
    if choice := _choice(lean, talk):
        return replace(chosen(safe(message).strip(), ""), decision=choice)
    return _in_context(lean, talk)


def by_itself(text: str, matcher: Matcher, near: Mapping[str, float] | None = None) -> Finding:
    """What is found for a text (without asides if it names something), or else, in a conversation, for it with "you" read as whom people
    believe that they write to."""
    short = without_asides(text)
    if short != text and (found := find(short, matcher, near)).query.mentions and answered(found):
        return replace(found, asked=safe(text).strip())
    found = find(text, matcher, near)
    if near is None or isinstance(found.decision, Answered):
        return found
    other = addressed(text, matcher)
    meant = find(other, matcher, near) if other else found
    return replace(meant, asked=found.asked) if answered(meant) else found


def _with_words(finding: Finding) -> Finding:
    """The finding, unless a message that says nothing of its own ("why is that?") would be answered: it leans on what nobody said."""
    if not answered(finding) or score_of(finding) >= SURE or own_words(finding.asked) or finding.query.mentions:
        return finding
    return replace(finding, decision=Nothing("below-threshold"), settled="wordless")


def _said_something(context: Context) -> bool:
    return bool(context.topic or context.asked or context.offered or context.told)


def _choice(lean: Leaning, talk: Talk) -> Chosen | Offered | Nothing | None:
    """What is chosen, or offered instead, by a message that says no more than that."""
    context = talk.context
    if lean.choice is not None:
        return Chosen(context.offered[lean.choice - 1]) if 1 <= lean.choice <= len(context.offered) else _again(context.offered)
    if lean.no or (lean.not_asked and not lean.dependent):
        return Offered(context.further[: talk.matcher.options]) if context.further else Nothing("none-of-these")
    if lean.place is not None:
        return _placed(lean.place, talk)
    if lean.more or (lean.yes and (lean.firm or not context.told)):
        name = next(iter(context.offered[:1] if not context.told else ()), context.topic)
        return Chosen(name) if name else None
    return _other(talk) if lean.other else None


def _again(names: Sequence[str]) -> Offered | None:
    return Offered(tuple(names)) if names else None


def _placed(place: int, talk: Talk) -> Chosen | None:
    """What "the second one" means: of what was answered, of what was offered if nothing was, or of what the last question named."""
    context = talk.context
    things = context.told if len(context.told) > 1 else (_named(talk) if context.told else ()) or context.offered
    return Chosen(things[place]) if -len(things) <= place < len(things) else None


def _other(talk: Talk) -> Chosen | None:
    """What "the other one" means: the one of two that was not answered."""
    context = talk.context
    things = context.offered if not context.told and len(context.offered) == 2 else _named(talk)
    others = [name for name in things if name != context.topic or not context.told]
    return Chosen(others[-1]) if others else None


def _named(talk: Talk) -> tuple[str, ...]:
    """The entries that are about the things which the last question names side by side, in its order."""
    found = (answered(find(" ".join(own_words(part)), talk.matcher, {})) for part in conjuncts(talk.context.asked))
    names = tuple(dict.fromkeys(name for name in found if name))
    return names if len(names) > 1 else ()


def _in_context(lean: Leaning, talk: Talk) -> Finding:
    """By itself if the message stands on its own and is answered; or else near the topic, or completed by the last question."""
    alone = by_itself(lean.text, talk.matcher)
    if _settled(alone, lean) or (answered(alone) and not lean.dependent and not lean.short):
        return alone
    completed, only = _completed(lean, talk)
    if completed and only:
        return completed
    leans = (lean.dependent or lean.short) and bool(talk.context.asked)
    near = by_itself(lean.text, talk.matcher, nearness(talk.context.topic, talk.entries)) if leans else alone
    if not own_words(lean.text):
        return _with_words(near)
    if not completed or (lean.short and not lean.dependent):
        return near
    if answered(completed) and (lean.vague or accounts_for(completed, lean.text)) and not _nearer(near, lean):
        return completed
    if answered(near) and (_nearer(near, lean) or accounts_for(near, lean.text)):
        return near
    agreed = _agreed(near, completed, talk)
    return agreed if agreed and (_nearer(agreed, lean) or accounts_for(agreed, lean.text)) else alone


def _nearer(finding: Finding, lean: Leaning) -> bool:
    """Whether a message in a conversation is answered by what is near the topic, or is much like one of its wordings, or fairly surely;
    what is vague means the topic itself."""
    if not isinstance(finding.decision, Answered) or not answered(finding):
        return False
    best = finding.decision.best
    return bool(best.candidate.near) or (not lean.vague and (best.candidate.nearest >= ALIKE or best.score >= FAIR))


def _agreed(near: Finding, completed: Finding, talk: Talk) -> Finding | None:
    """The answer where a message by itself left several open, or fell just short: what is near the topic, or else what the last question
    completed by the message puts first."""
    if not isinstance(near.decision, Clarify):
        return None
    options = [item for item in near.decision.options if talk.within or item.candidate.near or item.score >= talk.matcher.limits.threshold]
    order = [item.candidate.owner.id for item in completed.evidence]
    close = [item for item in options if item.candidate.near]
    rest = sorted((item for item in options if item.candidate.owner.id in order), key=lambda item: order.index(item.candidate.owner.id))
    return replace(near, decision=Answered((close or rest)[0]), settled="completed") if close or rest else None


def _settled(finding: Finding, lean: Leaning) -> bool:
    """Whether what a message means is plain without what was said before: talk, or something outside the base (quite surely, where it
    leans on something)."""
    match finding.decision:
        case Answered(best, _):
            about = lean.dependent and best.candidate.owner.kind == "chat" and asks(lean.text)  # "how does it work?" is about the topic
            return best.candidate.owner.kind not in ENTRY_KINDS and best.score >= SURE and not about
        case Nothing():
            return is_outside(finding, CLEAR if lean.dependent else 0.0)
    return False


def nearness(topic: str | None, entries: Entries) -> dict[str, float]:
    """How near each entry is to one that was just answered (0..1): those that it names as related, those of its subject, itself."""
    if topic is None or topic not in entries:
        return {}
    subject = subject_of(entries[topic], entries)
    found = {entry.id: 0.7 for entry in entries.values() if subject_of(entry, entries) == subject}
    return found | dict.fromkeys(entries[topic].related, 1.0) | {topic: 0.6}


def _completed(lean: Leaning, talk: Talk) -> tuple[Finding | None, bool]:
    """What is found for the last question with the name of this message in it, or for both together; and whether the message says nothing
    beside."""
    if not talk.context.asked:
        return None, False
    close, lexicon = nearness(talk.context.topic, talk.entries), talk.matcher.lexicon
    asked, only = renamed(lean, talk.context.asked, lexicon)
    if asked and only:
        return _of_message(find(asked, talk.matcher, close), lean), True
    close.pop(talk.context.topic or "", None)
    tried = [find(each, talk.matcher, {}) for each in reasons(lean, talk.context.asked, lexicon)]
    tried.append(find(f"{asked or talk.context.asked} {lean.text}", talk.matcher, close))
    fitting = [item for item in tried if answered(item) and _names_the_same(item)]
    return _of_message((fitting or tried)[0], lean), not own_words(lean.text)


def _of_message(finding: Finding, lean: Leaning) -> Finding:
    """The finding as that of the message itself: its words, and only its typing errors."""
    typed = set(typed_words(lean.text))
    told = replace(finding.query, corrections=tuple(item for item in finding.query.corrections if item.typed in typed))
    return replace(finding, asked=lean.text, query=told)


def _names_the_same(finding: Finding) -> bool:
    """Whether what answers holds every name of the question."""
    return not isinstance(finding.decision, Answered) or not named(finding.query) & set(finding.decision.best.candidate.missing)


def accounts_for(finding: Finding, text: str) -> bool:
    """Whether what answers holds nearly all that a message itself says."""
    own = set(stems([word for word in own_words(text) if word not in STOP_WORDS]))
    return isinstance(finding.decision, Answered) and len(own & set(finding.decision.best.candidate.missing)) <= len(own) // 4

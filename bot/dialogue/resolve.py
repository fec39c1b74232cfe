"""A message that leans on what was said before -> what it means: a choice, or a question completed by the last one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.context import Context
from bot.dialogue.rewrite import reasons, renamed
from bot.english.followups import Followup, conjuncts, own_words, parse_followup
from bot.english.sentences import asks, without_asides
from bot.english.stems import stems
from bot.english.tokens import plain_words, safe, typed_words
from bot.english.words import STOP_WORDS
from bot.knowledge import ENTRY_KINDS, Entry, subject_of
from bot.matching.decision import Answered, Chosen, Clarify, NoAnswer, Offered
from bot.matching.match import Match, Matcher, addressed, answered, chosen, is_outside, match, score_of
from bot.matching.query import named

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
class Conversation:
    """A conversation as it stands: what was said, and what questions are looked up with. `within` tells that what was said stands in the
    same message."""

    context: Context
    matcher: Matcher
    entries: Entries
    within: bool = False


def resolve(message: str, conversation: Conversation) -> Match:
    """What is found for one question of a message."""
    followup = parse_followup(message)
    if not _said_something(conversation.context) or not plain_words(message):
        return _with_words(by_itself(followup.text, conversation.matcher))
    if choice := _choice(followup, conversation):
        return replace(chosen(safe(message).strip(), ""), decision=choice)
    return _in_context(followup, conversation)


def by_itself(text: str, matcher: Matcher, near: Mapping[str, float] | None = None) -> Match:
    """What is found for a text (without asides if it names something), or else, in a conversation, for it with "you" read as whom people
    believe that they write to."""
    short = without_asides(text)
    if short != text and (found := match(short, matcher, near)).query.mentions and answered(found):
        return replace(found, asked=safe(text).strip())
    found = match(text, matcher, near)
    if near is None or isinstance(found.decision, Answered):
        return found
    other = addressed(text, matcher)
    meant = match(other, matcher, near) if other else found
    return replace(meant, asked=found.asked) if answered(meant) else found


def _with_words(matched: Match) -> Match:
    """The finding, unless a message that says nothing of its own ("why is that?") would be answered: it leans on what nobody said."""
    if not answered(matched) or score_of(matched) >= SURE or own_words(matched.asked) or matched.query.mentions:
        return matched
    return replace(matched, decision=NoAnswer("below-threshold"), settled="wordless")


def _said_something(context: Context) -> bool:
    return bool(context.topic or context.asked or context.offered or context.told)


def _choice(followup: Followup, conversation: Conversation) -> Chosen | Offered | NoAnswer | None:
    """What is chosen, or offered instead, by a message that says no more than that."""
    context = conversation.context
    if followup.choice is not None:
        return Chosen(context.offered[followup.choice - 1]) if 1 <= followup.choice <= len(context.offered) else _again(context.offered)
    if followup.no or (followup.not_asked and not followup.dependent):
        return Offered(context.further[: conversation.matcher.options]) if context.further else NoAnswer("none-of-these")
    if followup.place is not None:
        return _placed(followup.place, conversation)
    if followup.more or (followup.yes and (followup.firm or not context.told)):
        name = next(iter(context.offered[:1] if not context.told else ()), context.topic)
        return Chosen(name) if name else None
    return _other(conversation) if followup.other else None


def _again(names: Sequence[str]) -> Offered | None:
    return Offered(tuple(names)) if names else None


def _placed(place: int, conversation: Conversation) -> Chosen | None:
    """What "the second one" means: of what was answered, of what was offered if nothing was, or of what the last question named."""
    context = conversation.context
    things = context.told if len(context.told) > 1 else (_named(conversation) if context.told else ()) or context.offered
    return Chosen(things[place]) if -len(things) <= place < len(things) else None


def _other(conversation: Conversation) -> Chosen | None:
    """What "the other one" means: the one of two that was not answered."""
    context = conversation.context
    things = context.offered if not context.told and len(context.offered) == 2 else _named(conversation)
    others = [name for name in things if name != context.topic or not context.told]
    return Chosen(others[-1]) if others else None


def _named(conversation: Conversation) -> tuple[str, ...]:
    """The entries that are about the things which the last question names side by side, in its order."""
    found = (answered(match(" ".join(own_words(part)), conversation.matcher, {})) for part in conjuncts(conversation.context.asked))
    names = tuple(dict.fromkeys(name for name in found if name))
    return names if len(names) > 1 else ()


def _in_context(followup: Followup, conversation: Conversation) -> Match:
    """By itself if the message stands on its own and is answered; or else near the topic, or completed by the last question."""
    alone = by_itself(followup.text, conversation.matcher)
    if _settled(alone, followup) or (answered(alone) and not followup.dependent and not followup.short):
        return alone
    completed, only = _completed(followup, conversation)
    if completed and only:
        return completed
    leans = (followup.dependent or followup.short) and bool(conversation.context.asked)
    near = by_itself(followup.text, conversation.matcher, nearness(conversation.context.topic, conversation.entries)) if leans else alone
    if not own_words(followup.text):
        return _with_words(near)
    if not completed or (followup.short and not followup.dependent):
        return near
    if answered(completed) and (followup.vague or accounts_for(completed, followup.text)) and not _nearer(near, followup):
        return completed
    if answered(near) and (_nearer(near, followup) or accounts_for(near, followup.text)):
        return near
    agreed = _agreed(near, completed, conversation)
    return agreed if agreed and (_nearer(agreed, followup) or accounts_for(agreed, followup.text)) else alone


def _nearer(matched: Match, followup: Followup) -> bool:
    """Whether a message in a conversation is answered by what is near the topic, or is much like one of its wordings, or fairly surely;
    what is vague means the topic itself."""
    if not isinstance(matched.decision, Answered) or not answered(matched):
        return False
    best = matched.decision.best
    return bool(best.candidate.near) or (not followup.vague and (best.candidate.nearest >= ALIKE or best.score >= FAIR))


def _agreed(near: Match, completed: Match, conversation: Conversation) -> Match | None:
    """The answer where a message by itself left several open, or fell just short: what is near the topic, or else what the last question
    completed by the message puts first."""
    if not isinstance(near.decision, Clarify):
        return None
    options = [
        item
        for item in near.decision.options
        if conversation.within or item.candidate.near or item.score >= conversation.matcher.limits.threshold
    ]
    order = [item.candidate.target.id for item in completed.evidence]
    close = [item for item in options if item.candidate.near]
    rest = sorted((item for item in options if item.candidate.target.id in order), key=lambda item: order.index(item.candidate.target.id))
    return replace(near, decision=Answered((close or rest)[0]), settled="completed") if close or rest else None


def _settled(matched: Match, followup: Followup) -> bool:
    """Whether what a message means is plain without what was said before: talk, or something outside the base (quite surely, where it
    leans on something)."""
    match matched.decision:
        case Answered(best, _):
            about = (
                followup.dependent and best.candidate.target.kind == "chat" and asks(followup.text)
            )  # "how does it work?" is about the topic
            return best.candidate.target.kind not in ENTRY_KINDS and best.score >= SURE and not about
        case NoAnswer():
            return is_outside(matched, CLEAR if followup.dependent else 0.0)
    return False


def nearness(topic: str | None, entries: Entries) -> dict[str, float]:
    """How near each entry is to one that was just answered (0..1): those that it names as related, those of its subject, itself."""
    if topic is None or topic not in entries:
        return {}
    subject = subject_of(entries[topic], entries)
    found = {entry.id: 0.7 for entry in entries.values() if subject_of(entry, entries) == subject}
    return found | dict.fromkeys(entries[topic].related, 1.0) | {topic: 0.6}


def _completed(followup: Followup, conversation: Conversation) -> tuple[Match | None, bool]:
    """What is found for the last question with the name of this message in it, or for both together; and whether the message says nothing
    beside."""
    if not conversation.context.asked:
        return None, False
    close, lexicon = nearness(conversation.context.topic, conversation.entries), conversation.matcher.lexicon
    asked, only = renamed(followup, conversation.context.asked, lexicon)
    if asked and only:
        return _of_message(match(asked, conversation.matcher, close), followup), True
    close.pop(conversation.context.topic or "", None)
    tried = [match(each, conversation.matcher, {}) for each in reasons(followup, conversation.context.asked, lexicon)]
    tried.append(match(f"{asked or conversation.context.asked} {followup.text}", conversation.matcher, close))
    fitting = [item for item in tried if answered(item) and _names_the_same(item)]
    return _of_message((fitting or tried)[0], followup), not own_words(followup.text)


def _of_message(matched: Match, followup: Followup) -> Match:
    """The finding as that of the message itself: its words, and only its typing errors."""
    typed = set(typed_words(followup.text))
    told = replace(matched.query, corrections=tuple(item for item in matched.query.corrections if item.typed in typed))
    return replace(matched, asked=followup.text, query=told)


def _names_the_same(matched: Match) -> bool:
    """Whether what answers holds every name of the question."""
    return not isinstance(matched.decision, Answered) or not named(matched.query) & set(matched.decision.best.candidate.missing)


def accounts_for(matched: Match, text: str) -> bool:
    """Whether what answers holds nearly all that a message itself says."""
    own = set(stems([word for word in own_words(text) if word not in STOP_WORDS]))
    return isinstance(matched.decision, Answered) and len(own & set(matched.decision.best.candidate.missing)) <= len(own) // 4

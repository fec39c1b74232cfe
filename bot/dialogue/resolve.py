"""A message that leans on what was said before -> what it means: a choice, or a question completed by the last one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dialogue.context import Context
from bot.dialogue.resolution import Chosen, Offered, Outcome, Resolution, chosen, resolution
from bot.dialogue.rewrite import reasons, renamed
from bot.english.followups import Followup, conjuncts, own_words, parse_followup
from bot.english.sentences import Span, asks, without_asides
from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.english.words import STOP_WORDS
from bot.knowledge import ENTRY_KINDS, Entry, subject_of
from bot.matching.decision import Answered, Clarify, NoAnswer, answered, is_outside, score_of
from bot.matching.match import Match, Matcher, addressed, match
from bot.matching.query import joined, named

Entries = Mapping[str, Entry]

# Shares of the way from the base's threshold to 100 (Limits.above). They were chosen on tests/conversations.yaml and tests/chats.yaml
# with the base that ships.

SURE = 5 / 6
"""From here on what a message means by itself is not looked for in what was said before."""

CLEAR = 2 / 3
"""From here on a message that leans on something is plainly about something outside the base."""

FAIR = 1 / 2
"""From here on an answer that is not near the topic is not given up for one that completes the last question."""

ALIKE = 0.45
"""The cosine with a wording from which on a message says what it is about, pronoun or not."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it stands: what was said, and what questions are looked up with. `within` tells that what was said stands in the
    same message."""

    context: Context
    matcher: Matcher
    entries: Entries
    within: bool = False


def resolve(question: Span, conversation: Conversation) -> Resolution:
    """What is made of one question, whose typing errors are mended."""
    followup = parse_followup(question.text)
    if not _said_something(conversation.context) or not plain_words(question.text):
        return _with_words(by_itself(followup.text, conversation.matcher), question, conversation)
    if choice := _choice(followup, conversation):
        return chosen(choice, question)
    return _in_context(question, followup, conversation)


def by_itself(text: str, matcher: Matcher, near: Mapping[str, float] | None = None) -> Match:
    """What is found for a text (without asides if it names something), or else, in a conversation, for it with "you" read as whom people
    believe that they write to."""
    short = without_asides(text)
    if short != text and (found := match(matcher.read(short), matcher, near)).query.mentions and answered(found.decision):
        return found
    found = match(matcher.read(text), matcher, near)
    if near is None or isinstance(found.decision, Answered):
        return found
    other = addressed(found.query, matcher)
    meant = match(other, matcher, near) if other else found
    return meant if answered(meant.decision) else found


def _with_words(found: Match, question: Span, conversation: Conversation) -> Resolution:
    """The match, unless a message that says nothing of its own ("why is that?") would be answered: it leans on what nobody said."""
    sure = score_of(found.decision) >= conversation.matcher.limits.above(SURE)
    if not answered(found.decision) or sure or own_words(found.query.asked) or found.query.mentions:
        return resolution(question, found)
    return resolution(question, found, "wordless", NoAnswer("below-threshold"))


def _said_something(context: Context) -> bool:
    return bool(context.topic or context.asked or context.offered or context.told)


def _choice(followup: Followup, conversation: Conversation) -> Outcome | None:
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
    matcher = conversation.matcher
    found = (match(matcher.read(" ".join(own_words(part))), matcher, {}) for part in conjuncts(conversation.context.asked))
    names = tuple(dict.fromkeys(name for name in (answered(item.decision) for item in found) if name))
    return names if len(names) > 1 else ()


def _in_context(question: Span, followup: Followup, conversation: Conversation) -> Resolution:
    """By itself if the message stands on its own and is answered; or else near the topic, or completed by the last question."""
    matcher = conversation.matcher
    alone = by_itself(followup.text, matcher)
    if _settled(alone, followup, matcher) or (answered(alone.decision) and not followup.dependent and not followup.short):
        return resolution(question, alone)
    completed, only = _completed(followup, conversation)
    if completed and only:
        return resolution(question, completed)
    leans = (followup.dependent or followup.short) and bool(conversation.context.asked)
    near = by_itself(followup.text, matcher, nearness(conversation.context.topic, conversation.entries)) if leans else alone
    if not own_words(followup.text):
        return _with_words(near, question, conversation)
    if not completed or (followup.short and not followup.dependent):
        return resolution(question, near)
    return _nearest(question, followup, conversation, (near, completed, alone))


def _nearest(question: Span, followup: Followup, conversation: Conversation, found: tuple[Match, Match, Match]) -> Resolution:
    """Of what is near the topic, what completes the last question, and what a message means by itself: the first that it can mean."""
    matcher, (near, completed, alone) = conversation.matcher, found
    means = followup.vague or accounts_for(completed.decision, followup.text)
    nearer = _nearer(near.decision, followup, matcher)
    if answered(completed.decision) and means and not nearer:
        return resolution(question, completed)
    if answered(near.decision) and (nearer or accounts_for(near.decision, followup.text)):
        return resolution(question, near)
    agreed = _agreed(near, completed, conversation)
    if agreed and (_nearer(agreed, followup, matcher) or accounts_for(agreed, followup.text)):
        return resolution(question, near, "completed", agreed)
    return resolution(question, alone)


def _nearer(outcome: Outcome, followup: Followup, matcher: Matcher) -> bool:
    """Whether a message in a conversation is answered by what is near the topic, or is much like one of its wordings, or fairly surely;
    what is vague means the topic itself."""
    if not isinstance(outcome, Answered) or not answered(outcome):
        return False
    best = outcome.best
    fair = best.candidate.nearest >= ALIKE or best.score >= matcher.limits.above(FAIR)
    return bool(best.candidate.near) or (not followup.vague and fair)


def _agreed(near: Match, completed: Match, conversation: Conversation) -> Answered | None:
    """The answer where a message by itself left several open, or fell just short: what is near the topic, or else what the last question
    completed by the message puts first."""
    if not isinstance(near.decision, Clarify):
        return None
    threshold = conversation.matcher.limits.threshold
    options = [item for item in near.decision.options if conversation.within or item.candidate.near or item.score >= threshold]
    order = [item.candidate.target.id for item in completed.evidence]
    close = [item for item in options if item.candidate.near]
    rest = sorted((item for item in options if item.candidate.target.id in order), key=lambda item: order.index(item.candidate.target.id))
    return Answered((close or rest)[0]) if close or rest else None


def _settled(found: Match, followup: Followup, matcher: Matcher) -> bool:
    """Whether what a message means is plain without what was said before: talk, or something outside the base (quite surely, where it
    leans on something)."""
    match found.decision:
        case Answered(best, _):
            about_the_topic = followup.dependent and best.candidate.target.kind == "chat" and asks(followup.text)  # "how does it work?"
            sure = best.score >= matcher.limits.above(SURE)
            return best.candidate.target.kind not in ENTRY_KINDS and sure and not about_the_topic
        case NoAnswer():
            return is_outside(found.decision, matcher.limits.above(CLEAR) if followup.dependent else 0.0)
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
    matcher, lexicon = conversation.matcher, conversation.matcher.lexicon
    close = nearness(conversation.context.topic, conversation.entries)
    before, here = matcher.read(conversation.context.asked), matcher.read(followup.text)
    asked, only = renamed(followup, before, here, lexicon)
    if asked and only:
        return match(asked, matcher, close), True
    close.pop(conversation.context.topic or "", None)
    tried = [match(each, matcher, {}) for each in reasons(followup, before, lexicon)]
    tried.append(match(joined(asked or before, here, lexicon), matcher, close))
    fitting = [item for item in tried if answered(item.decision) and _names_the_same(item)]
    return (fitting or tried)[0], not own_words(followup.text)


def _names_the_same(found: Match) -> bool:
    """Whether what answers holds every name of the question."""
    return not isinstance(found.decision, Answered) or not named(found.query) & set(found.decision.best.candidate.missing)


def accounts_for(outcome: Outcome, text: str) -> bool:
    """Whether what answers holds nearly all that a message itself says."""
    own = set(stems([word for word in own_words(text) if word not in STOP_WORDS]))
    return isinstance(outcome, Answered) and len(own & set(outcome.best.candidate.missing)) <= len(own) // 4

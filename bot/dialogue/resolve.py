"""A message that leans on what was said before -> what it means: a choice, or a question completed by the last one."""

from collections.abc import Mapping

from bot.dialogue.choose import choice
from bot.dialogue.context import Context
from bot.dialogue.conversation import Conversation, nearness
from bot.dialogue.instead import instead
from bot.dialogue.repeat import held, holds, wanted_of
from bot.dialogue.resolution import Outcome, Resolution, chosen, resolution
from bot.dialogue.rewrite import reasons, renamed
from bot.english.followup_phrases import POINTING, SAY_LITTLE, THING_MEANT
from bot.english.followups import Followup, own_words, parse_followup
from bot.english.sentences import Span, asks, without_asides
from bot.english.stems import stems
from bot.english.tokens import fold, plain_words
from bot.english.words import GENERIC, STOP_WORDS
from bot.kinds import KINDS
from bot.matching.decision import Answered, Clarify, NoAnswer, answered, is_outside
from bot.matching.evidence import SAME
from bot.matching.match import Match, Matcher, addressed, match, score_for
from bot.matching.query import joined, named

# Shares of the way from the base's threshold to 100 (Limits.above). They were chosen on tests/content/conversations.yaml and
# tests/content/chats.yaml with the base that ships.

SURE = 5 / 6
"""From here on what a message means by itself is not looked for in what was said before."""

CLEAR = 2 / 3
"""From here on a message that leans on something is plainly about something outside the base."""

FAIR = 1 / 2
"""From here on an answer that is not near the topic is not given up for one that completes the last question."""

ALIKE = 0.45
"""The cosine with a wording from which on a message says what it is about, pronoun or not."""


LEANING = 30
"""Words that a message has at most which leans on what was said before: the longest in tests/content/conversations_further.yaml has 24."""


def resolve(question: Span, conversation: Conversation) -> Resolution:
    """What is made of one question, whose typing errors are mended."""
    words = plain_words(question.text)
    followup = parse_followup(question.text) if len(words) <= LEANING else Followup(question.text)
    if not _said_something(conversation.context) or not words:
        return _with_words(by_itself(followup.text, conversation.matcher), question)
    if outcome := choice(followup, conversation):
        return chosen(outcome, question)
    found = _in_context(question, followup, conversation)
    kept = held(_not_of_us(found, followup, conversation), question, followup, conversation)
    return instead(kept, question, followup, conversation)


def _not_of_us(found: Resolution, followup: Followup, conversation: Conversation) -> Resolution:
    """The resolution, unless a question about what was just answered ("who can see it?") would be taken for one about the program."""
    if not isinstance(found.outcome, Answered) or conversation.topic is None:
        return found
    best = found.outcome.best.candidate
    of_us = KINDS[best.target.kind].idle and best.nearest < SAME and asks(followup.text)
    if of_us and not found.match.query.mentions and THING_MEANT.search(fold(followup.text)):
        return resolution(found.spans[0], found.match, "wordless", NoAnswer("below-threshold"))
    return found


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


def _with_words(found: Match, question: Span) -> Resolution:
    """The match, unless a message that says nothing of its own ("why is that?", "who can ask for it?") would be answered and is no
    wording: it leans on what nobody said."""
    if not isinstance(found.decision, Answered) or KINDS[found.decision.best.candidate.target.kind].idle or found.query.mentions:
        return resolution(question, found)
    own = set(own_words(found.query.asked))
    pointing = bool(POINTING.search(fold(found.query.asked)))
    if found.decision.best.candidate.nearest >= SAME or (own - (SAY_LITTLE | GENERIC) if pointing else own):
        return resolution(question, found)
    return resolution(question, found, "wordless", NoAnswer("below-threshold"))


def _said_something(context: Context) -> bool:
    return bool(context.topic or context.asked or context.offered or context.told or context.story)


def _in_context(question: Span, followup: Followup, conversation: Conversation) -> Resolution:
    """By itself if the message stands on its own; or else near the topic, or completed by the last question, if the completed question is
    answered by that without the topic."""
    matcher = conversation.matcher
    alone = by_itself(followup.text, matcher)
    stands = _settled(alone, followup, matcher) or (answered(alone.decision) and not followup.dependent and not followup.short)
    completed, only = (None, False) if stands else _completed(followup, conversation)
    if completed and only:
        return resolution(question, completed)
    if stands or not (followup.dependent or followup.short or conversation.within):
        return resolution(question, alone)
    near = by_itself(followup.text, matcher, nearness(conversation)) if completed else alone
    if not own_words(followup.text):
        return _with_words(near, question)
    if not completed or (followup.short and not followup.dependent):
        found = resolution(question, near)
    else:
        found = _nearest(question, followup, conversation, (near, completed, alone))
    leans_well = not found.entry or found.entry == conversation.context.topic or _fits(found.entry, followup, alone, conversation)
    if not leans_well and THING_MEANT.search(fold(followup.text)) and not set(own_words(followup.text)) - (SAY_LITTLE | GENERIC):
        return resolution(question, alone, "wordless", NoAnswer("below-threshold"))  # "does it cost anything?", and "it" is the topic
    return found if leans_well else resolution(question, alone)


def _fits(name: str, followup: Followup, alone: Match, conversation: Conversation) -> bool:
    """Whether another entry than the topic may answer a message that leans on it: the last question completed by the message is answered by
    it without the topic, and it holds the words of the message or, where it has none, is of the same subject or related. What a message
    is answered by alone gives way only to what the message is like as well."""
    matcher, topic = conversation.matcher, conversation.topic
    if conversation.within or topic is None:
        return True
    completed = match(joined(matcher.read(conversation.context.asked), alone.query, matcher.lexicon), matcher, {})
    if not any(score_for(name, found) >= matcher.limits.threshold for found in (alone, completed)):
        return False
    if not wanted_of(followup.text, matcher.lexicon).words:
        return name in nearness(conversation) or answered(completed.decision) == name
    like = not answered(alone.decision) or score_for(name, alone) >= matcher.limits.ask
    return like and holds(name, followup.text, conversation)


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
            kind = KINDS[best.candidate.target.kind]
            about_the_topic = followup.dependent and kind.idle and asks(followup.text)  # "how does it work?"
            return not kind.is_entry and best.score >= matcher.limits.above(SURE) and not about_the_topic
        case NoAnswer():
            return is_outside(found.decision, matcher.limits.above(CLEAR) if followup.dependent else 0.0)
    return False


def _completed(followup: Followup, conversation: Conversation) -> tuple[Match | None, bool]:
    """What is found for the last question with the name of this message in it, or for both together; and whether the message says nothing
    beside."""
    if not conversation.context.asked:
        return None, False
    matcher, lexicon = conversation.matcher, conversation.matcher.lexicon
    close = nearness(conversation)
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

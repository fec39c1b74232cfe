"""A follow-up that nothing answers -> what answers it together with what the person told before, or what comes near to it: "my last answer
is all that I have" is said of what the base does not hold, and a person in trouble is not left with it."""

import re
from dataclasses import replace

from bot.dialogue.choose import others
from bot.dialogue.context import GONE
from bot.dialogue.conversation import Conversation, nearness
from bot.dialogue.repeat import part_that_answers, tells, wanted_of
from bot.dialogue.resolution import Backed, Chosen, Offered, Repeated, Resolution, resolution
from bot.english.followup_phrases import OF_ME, OF_THE_PROGRAM, PERSON_MEANT, SAY_LITTLE, THING_MEANT
from bot.english.followups import Followup, own_words
from bot.english.sentences import Span, asks, asks_outright, has_question_word
from bot.english.tokens import fold
from bot.english.words import AUXILIARIES
from bot.kinds import KINDS
from bot.matching.decision import CLOSE, DISTANT, LIKELY, Answered, Clarify, NoAnswer, answered, decide, is_outside
from bot.matching.evidence import Evidence
from bot.matching.match import Match, Matcher, match, score_for
from bot.matching.query import joined

_PART = re.compile(r"[,;.!?]\s+")

OPEN = SAY_LITTLE | AUXILIARIES | frozenset("happen happens happening mean means work works help helps".split())
"""Words of a follow-up that tell nothing of what may be offered: "what happens to him now"."""

LOOSE = 0.45
"""The cosine with a wording below which an entry of another subject has but some words of a follow-up in common."""

SURE = 5 / 6
"""The share of the way from the threshold to 100 from which on it is meant all the same. Both as in bot.dialogue.resolve, chosen on
tests/content/talks.yaml and tests/content/turns.yaml."""


def instead(found: Resolution, question: Span, followup: Followup, conversation: Conversation) -> Resolution:
    """The resolution, or, where it answers nothing, answers again what was rejected, or answers something else than what is talked about:
    what the person told before and says now together, or the entries that come near."""
    if conversation.within or isinstance(found.outcome, Chosen | Offered | Backed) or found.how == "language":
        return found
    if (followup.correction or followup.not_asked) and _told_before(found, conversation):
        return _not_that(found, question, followup, conversation)
    if asked_again := _which(found, question, followup, conversation):
        return asked_again
    if not _open(found, followup, conversation):
        return found
    told = _with_story(found, question, conversation)
    return told or (_near(found, question, conversation) if _unanswered(found) else found)


def _unanswered(found: Resolution) -> bool:
    return isinstance(found.outcome, Repeated | NoAnswer) and not found.entry and not is_outside(found.outcome)


def _with_story(found: Resolution, question: Span, conversation: Conversation) -> Resolution | None:
    """What the person's story and the follow-up are answered by together, or like; that there is no more, where that was just told and
    anything else would be far from it; None where the story tells nothing."""
    both = _both(question, conversation)
    if both is None or (found.entry and 2 * score_for(found.entry, both) >= both.evidence[0].score):
        return None
    known = {conversation.context.topic, *conversation.context.told}
    best = _meant(both, question, conversation)
    if best and best.candidate.target.id not in known:
        return resolution(question, both, "completed", Answered(best))
    if isinstance(found.outcome, Repeated) and found.outcome.text:
        return None
    far = (found.entry and conversation.topic) or (best and isinstance(found.outcome, Clarify) and _far(found.outcome, conversation))
    if best and far:
        return resolution(question, found.match, "repeated", Repeated(best.candidate.target.id))
    if isinstance(found.outcome, Clarify) or not isinstance(both.decision, Clarify):
        return None
    wanted = wanted_of(question.text, conversation.matcher.lexicon)
    likely = [item.candidate.target.id for item in both.decision.options if item.candidate.nearest >= DISTANT]
    stated = not asks(question.text)
    offered = tuple(name for name in likely if name not in known and (stated or tells(name, wanted, conversation)))
    return resolution(question, both, "chosen", Offered(offered[: conversation.matcher.options], "ambiguous")) if offered else None


def _far(outcome: Clarify, conversation: Conversation) -> bool:
    """Whether nothing that would be asked back about is near the topic, or near to the message."""
    close = nearness(conversation)
    return not any(item.candidate.target.id in close or item.candidate.nearest >= CLOSE for item in outcome.options)


def _told_before(found: Resolution, conversation: Conversation) -> bool:
    """Whether a resolution is what the last reply told or offered, of the same name."""
    context = conversation.context
    outcome = found.outcome
    name = outcome.id if isinstance(outcome, Repeated) else found.entry
    return name in {context.topic, *context.told, *(() if context.told else context.offered)} and _no_new_name(found, conversation)


def _no_new_name(found: Resolution, conversation: Conversation) -> bool:
    known = {value for mention in conversation.matcher.read(conversation.context.asked).mentions for value in mention.values}
    return all(value in known for mention in found.match.query.mentions for value in mention.values)


def _not_that(found: Resolution, question: Span, followup: Followup, conversation: Conversation) -> Resolution:
    """What a correction means besides what it rejects ("no, not this, I mean for children"): what it is answered by, or like, alone."""
    context, matcher = conversation.context, conversation.matcher
    alone = match(matcher.read(followup.text), matcher, {}, chat=False)
    barred = {context.topic, *context.told, *(() if context.told else context.offered)}
    if (name := answered(alone.decision)) and name not in barred:
        return resolution(question, alone)
    likely = (item.candidate.target.id for item in _like(alone, conversation) if item.candidate.nearest >= DISTANT)
    names = tuple(name for name in likely if name not in barred)[: matcher.options]
    return resolution(question, found.match, "chosen", Offered(names) if names else others(conversation))


def _which(found: Resolution, question: Span, followup: Followup, conversation: Conversation) -> Resolution | None:
    """The options once more, where a message that says nothing of its own would be answered by what was told before a question back
    ("where then?"), or means another of them and does not say which."""
    context, matcher = conversation.context, conversation.matcher
    offered = tuple(name for name in context.offered if name not in {GONE, context.topic})
    again = isinstance(found.outcome, Repeated) and bool(offered)
    asked_back = not context.told and not context.part and context.age > 0
    wordless = not (wanted := wanted_of(question.text, matcher.lexicon)).words and not wanted.amount
    if again and (followup.other or (asked_back and wordless and context.asked != "")):
        return resolution(question, found.match, "chosen", Offered(offered[: matcher.options], "ambiguous"))
    return None


def _open(found: Resolution, followup: Followup, conversation: Conversation) -> bool:
    """Whether a follow-up is left without an answer that it can mean."""
    leans = followup.dependent or followup.short or followup.vague
    match found.outcome:
        case Repeated(text=text):
            return not text or (bool(conversation.context.story) and set(own_words(followup.text)) <= OPEN)
        case NoAnswer(outside=outside):
            told = bool(conversation.context.story) and not asks(followup.text)  # "too late, I paid it": no message about pay
            return leans and (outside is None or (told and outside.candidate.nearest < LOOSE)) and found.outcome.language is None
        case Clarify():
            return leans
        case Answered(best) if KINDS[best.candidate.target.kind].helps:
            return leans and bool(conversation.context.story) and best.candidate.nearest < LOOSE  # the same help once more: "he is 9"
        case Answered(best) if KINDS[best.candidate.target.kind].idle:
            return asks(followup.text) and not OF_THE_PROGRAM.search(fold(followup.text))
        case Answered(best) if KINDS[best.candidate.target.kind].is_entry:
            return leans and _elsewhere(best, followup, conversation)
    return False


def _elsewhere(best: Evidence, followup: Followup, conversation: Conversation) -> bool:
    """Whether an entry that is not near the topic would be told to a message about somebody who was spoken of, not of its sender, and is
    not much like it."""
    plain = fold(followup.text)
    far = best.candidate.target.id not in nearness(conversation)
    loose = best.candidate.nearest < LOOSE and best.score < conversation.matcher.limits.above(SURE)
    return far and loose and bool(PERSON_MEANT.search(plain)) and not OF_ME.search(plain)


def _both(question: Span, conversation: Conversation) -> Match | None:
    """What is found among the entries for the person's story and a follow-up that is about somebody together."""
    story, matcher = conversation.context.story, conversation.matcher
    plain = fold(question.text)
    if not story or not any(phrase.search(plain) for phrase in (PERSON_MEANT, OF_ME, THING_MEANT)):
        return None
    found = match(joined(matcher.read(story), matcher.read(question.text), matcher.lexicon), matcher, {}, chat=False)
    entries = tuple(item for item in found.evidence if KINDS[item.candidate.target.kind].is_entry)
    outcome = decide(found.query, entries, found.strange, matcher.limits, matcher.options)
    return replace(found, evidence=entries, decision=outcome) if entries else None


def _meant(both: Match, question: Span, conversation: Conversation) -> Evidence | None:
    """What answers a story and a follow-up, or, where that leaves several open, the first of them that the follow-up alone is most like
    as well; none that lacks the amount which is asked."""
    matcher, best = conversation.matcher, None
    if isinstance(both.decision, Answered):
        best = both.decision.best
    else:
        alone = _like(match(matcher.read(question.text), matcher, {}, chat=False), conversation)
        first = alone[0].candidate.target.id if alone else None
        enough = [item for item in both.evidence if item.score >= matcher.limits.threshold]
        best = next((item for item in enough if item.candidate.target.id == first), None)
    entry, wanted = conversation.entries.get(best.candidate.target.id if best else ""), wanted_of(question.text, matcher.lexicon)
    lacking = entry is None or (wanted.amount is not None and not part_that_answers(entry, wanted, matcher))
    return None if lacking else best


def _near(found: Resolution, question: Span, conversation: Conversation) -> Resolution:
    """The entries that a follow-up is like, or that it is like once the topic completes it; the resolution if there are none."""
    matcher, topic, close = conversation.matcher, conversation.topic, nearness(conversation)
    asked = _asking(question.text)
    wanted = wanted_of(asked, matcher.lexicon)
    if not wanted.amount and set(own_words(asked)) <= OPEN:
        return found
    alone = match(matcher.read(asked), matcher, {}, chat=False)
    wider = {name for known in close for name in (known, *conversation.entries[known].related)}
    likely = [item for item in _like(alone, conversation, LIKELY) if item.score >= matcher.limits.ask or item.candidate.target.id in wider]
    if topic:
        completed = match(joined(matcher.read(topic.question), alone.query, matcher.lexicon), matcher, {}, chat=False)
        likely += [item for item in _like(completed, conversation) if item.candidate.target.id in close]
    names = [name for item in likely if (name := item.candidate.target.id) in wider or _fairly(item, matcher)]
    barred = {conversation.context.topic, *conversation.context.told}
    fitting = [name for name in dict.fromkeys(names) if name not in barred and tells(name, wanted, conversation)]
    offered = tuple(sorted(fitting, key=lambda name: name not in wider))[: matcher.options]
    return resolution(question, found.match, "chosen", Offered(offered, "ambiguous")) if offered else found


def _fairly(item: Evidence, matcher: Matcher) -> bool:
    """Whether an entry that is far from the topic may be offered: near to the message, or answered if that stood by itself."""
    return item.candidate.nearest >= (DISTANT if item.score >= matcher.limits.threshold else CLOSE)


def _asking(text: str) -> str:
    """The parts of a text that ask, if other parts stand beside them: "how long does it take, he is ill"."""
    parts = [part for part in _PART.split(text) if own_words(part) or has_question_word(part)]
    asking = [part for part in parts if asks_outright(fold(part)) or has_question_word(part)]
    return " ".join(asking) or text


def _like(found: Match, conversation: Conversation, share: float = 1.0) -> tuple[Evidence, ...]:
    """The entries with such a share of the score that asking back takes, best first, one of each subject."""
    subjects: dict[str, Evidence] = {}
    for item in found.evidence:
        if KINDS[item.candidate.target.kind].is_entry and item.score >= share * conversation.matcher.limits.ask:
            subjects.setdefault(item.candidate.target.subject, item)
    return tuple(subjects.values())

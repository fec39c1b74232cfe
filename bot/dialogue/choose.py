"""A message that says no more than a choice, or what the last answer rests on -> the outcome."""

from bot.dialogue.context import GONE, just_told
from bot.dialogue.conversation import Conversation, nearness
from bot.dialogue.resolution import Backed, Chosen, Offered, Outcome, Repeated
from bot.english.followup_phrases import LISTED
from bot.english.followups import Followup, conjuncts, own_words
from bot.english.tokens import plain_words
from bot.knowledge import Entry
from bot.matching.decision import NoAnswer, answered, score_of
from bot.matching.match import match

_RECENT = 1  # messages without an answer after which what the last answer rests on is still shown


def choice(followup: Followup, conversation: Conversation) -> Outcome | None:
    """What is chosen, shown or offered instead; None if the message is no choice."""
    context = conversation.context
    if followup.choice is not None:
        return _numbered(followup.choice, conversation)
    if followup.no or (followup.not_asked and not followup.dependent):
        return others(conversation)
    if followup.rejected:
        return _without(followup.rejected, conversation)
    if followup.place is not None:
        return _placed(followup.place, conversation)
    if followup.more or (followup.yes and (followup.firm or not context.told)):
        return _more(conversation)
    if followup.sources or followup.sure or (followup.disputed and followup.dependent):
        return _backed(followup, conversation)
    return _other(conversation) if followup.other else None


def all_of(followup: Followup, conversation: Conversation) -> tuple[Chosen, ...]:
    """What "both" means: all that was offered, where nothing was answered."""
    context = conversation.context
    offered = tuple(name for name in context.offered if name != GONE)
    return tuple(map(Chosen, offered)) if followup.both and len(offered) > 1 and not context.told else ()


def _opened(name: str) -> Outcome:
    return NoAnswer("gone") if name == GONE else Chosen(name)


def _numbered(number: int, conversation: Conversation) -> Outcome | None:
    """The option of a number, or else the only one whose question holds it: "15" of iPhone 14 and iPhone 15."""
    offered = conversation.context.offered
    if 1 <= number <= len(offered):
        return _opened(offered[number - 1])
    known = [name for name in offered if name != GONE]
    holding = [name for name in known if str(number) in plain_words(conversation.entries[name].question)]
    if len(holding) == 1:
        return Chosen(holding[0])
    return Offered(tuple(known)) if known else None


def _without(places: tuple[int, ...], conversation: Conversation) -> Outcome | None:
    """What was offered without that in some places, or else what came next; None if nothing was offered."""
    context = conversation.context
    things = context.told if len(context.told) > 1 else context.offered
    if not things:
        return None
    barred = {things[place] for place in places if -len(things) <= place < len(things)}
    rest = tuple(name for name in context.offered if name not in {*barred, GONE})
    return Offered(rest) if rest else others(conversation)


def others(conversation: Conversation) -> Outcome:
    """What came next to what was told or offered, if that was not meant."""
    further = conversation.context.further[: conversation.matcher.options]
    return Offered(further) if further else NoAnswer("none-of-these")


def _more(conversation: Conversation) -> Outcome | None:
    """More on the last answer: its further text, or else its related questions; where nothing was answered, the first that was offered."""
    context, topic = conversation.context, conversation.topic
    if not context.told and not context.part and context.offered:
        return _opened(context.offered[0])
    if topic is None:
        return None
    if topic.more and not just_told(context, topic.more):
        return Repeated(topic.id, topic.more)
    related = tuple(name for name in context.offered if name != GONE) if context.told else topic.related
    return Offered(related, "more") if related else Repeated(topic.id)


def _backed(followup: Followup, conversation: Conversation) -> Outcome | None:
    """What the last answer rests on; None if nothing was answered yet."""
    topic, asked, matcher = conversation.topic, conversation.context.asked, conversation.matcher
    if topic is None or conversation.context.age > _RECENT:
        return None
    if followup.sources:
        return Backed(topic.id, "sources")
    found = match(matcher.read(asked), matcher, {}).decision
    return Backed(topic.id, "age", score_of(found) if answered(found) == topic.id else 0.0)


def _placed(place: int, conversation: Conversation) -> Outcome | None:
    """What "the second one" means: of what was answered, of what the last question named, of what its answer lists, or of what was
    offered."""
    context = conversation.context
    if len(context.told) > 1:
        things = context.told
    else:
        things = (_named(conversation) or _listed(conversation) if context.told else ()) or context.offered
    return _opened(things[place]) if -len(things) <= place < len(things) else None


def _listed(conversation: Conversation) -> tuple[str, ...]:
    """The entries near the topic that are about the things which its answer lists, in their order; none if one of them has no entry."""
    topic, entries = conversation.topic, conversation.entries
    if topic is None:
        return ()
    close = [entries[name] for name in nearness(conversation) if name != topic.id and name in entries]
    headings = [plain_words(heading) for heading in LISTED.findall(" ".join(topic.answer.split()))]
    found = [_about(heading, close) for heading in headings]
    known = tuple(name for name in found if name)
    return known if len(known) > 2 and len(known) == len(found) else ()


def _about(heading: tuple[str, ...], entries: list[Entry]) -> str | None:
    """The one entry whose question holds all words of a heading."""
    holding = [entry.id for entry in entries if set(heading) <= set(plain_words(entry.question))]
    return min(holding, key=len) if holding else None


def _other(conversation: Conversation) -> Outcome | None:
    """What "the other one" means: the one of two that was not answered."""
    context = conversation.context
    things = context.offered if not context.told and len(context.offered) == 2 else _named(conversation)
    others = [name for name in things if name != context.topic or not context.told]
    return _opened(others[-1]) if others else None


def _named(conversation: Conversation) -> tuple[str, ...]:
    """The entries that are about the things which the last question names side by side, in its order."""
    matcher = conversation.matcher
    found = (match(matcher.read(" ".join(own_words(part))), matcher, {}) for part in conjuncts(conversation.context.asked))
    names = tuple(dict.fromkeys(name for name in (answered(item.decision) for item in found) if name))
    return names if len(names) > 1 else ()

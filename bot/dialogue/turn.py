"""A message -> what was found for each of its questions, in their order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dialogue import long_message
from bot.dialogue.context import Context
from bot.dialogue.resolve import FAIR, SURE, Conversation, accounts_for, by_itself, nearness, resolve
from bot.english.email import body, is_letter
from bot.english.followups import own_words
from bot.english.sentences import Sentence, asks, claims, clauses, has_question_word, items, sentences
from bot.english.tokens import fold
from bot.matching.decision import Answered
from bot.matching.entities import Mention
from bot.matching.match import Match, addressed, answered, is_outside, match, score_of

FIRM = 75.0
"""The score from which on a sentence of several is taken for a cry for help or the wish for a person."""

PLAINER = 10.0
"""How much higher the score of a question must be than that of the whole message to be taken by itself."""

VERBATIM = 0.995
"""The cosine with a wording from which on a message is that wording, but for case, punctuation and endings."""

_MOST = 12  # sentences, and questions, of a message that are looked up one by one
_FEW = 4  # words that a thing named without a sentence has at most

_CHECK = re.compile(
    r"^\W*(?:(?:so|and|now|but)\W+)?(?:is|are|was) (?:he|she|it|that|this|they|either|any of (?:it|that|this))(?: \w+)?"
    r" (?:right|correct|true|so|wrong)\b|^\W*(?:right|correct|true|true or false|is that so)\W*$"
)
"""A question that only asks whether what was told before is so."""

_EMPTY = re.compile(
    r"^\W*(?:(?:hi|hello|hey|i|have|had|got|was|am|just|wondering|need|want|would|like|to|ask|an?|some|couple|of|few|quick|one|two|three|2|3"
    r"|four|things?|questions?|please|help|also|thanks|and|another|for|you|know|about)\b\W*)+$"
)
"""What announces a question and asks nothing."""

_LISTS = re.compile(
    r"\b(?:(?:two|three|2|3|couple of|few) (?:quick |short |more )?(?:things|questions|points)|secondly|second[:,]|and second"
    r"|(?:another|my other) question|2\))"
)
"""What a letter says that asks several things."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a message with the statements that stand before it. Where it is a claim, `check` asks whether that is so."""

    text: str
    story: str = ""
    check: str = ""


def matches(message: str, conversation: Conversation) -> tuple[Match, ...]:
    """What was found for each question of a message; of a message without a question, for the whole of it."""
    if is_letter(message):
        return _letter(sentences(body(message)), conversation)
    found = sentences(message)
    whole = resolve(message, conversation)
    if (len(found) < 2 and len(clauses(message)) < 2 and len(items(message)) < 2) or _word_for_word(whole):
        return (whole,)
    apart = found[:_MOST] if len(found) > 1 else ()
    urgent = _urgent((whole, *(match(item.text, conversation.matcher) for item in apart)), (Sentence(message, asks=False), *apart))
    if urgent:
        return (replace(urgent, asked=whole.asked),)
    asked = _questions(found) or _side_by_side(message, whole, conversation)
    if len(asked) > 1:
        return _several(asked[:_MOST], whole, conversation)
    return (_one(asked[0], whole, conversation) if asked else whole,)


def _word_for_word(whole: Match) -> bool:
    """Whether the message is a wording of the entry that answers it: then it asks that, however many questions it looks like."""
    best = whole.decision.best if isinstance(whole.decision, Answered) else None
    return best is not None and best.candidate.reading == 0 and best.candidate.nearest >= VERBATIM


def _letter(found: Sequence[Sentence], conversation: Conversation) -> tuple[Match, ...]:
    """What was found for a letter; where it says that it asks several things, for each of them."""
    urgent = _urgent([match(item.text, conversation.matcher) for item in found[:_MOST]], found)
    if urgent:
        return (urgent,)
    main = long_message.read(found, conversation.matcher)
    told = [item.text for item in found]
    if not answered(main) or not any(_LISTS.search(fold(text)) for text in told):
        return (main,)
    asked = _questions(found)
    several = _several(asked[:_MOST], main, conversation) if len(asked) > 1 else ()
    return tuple(item for item in several if answered(item)) or (main,)


def _urgent(found: Sequence[Match], among: Sequence[Sentence]) -> Match | None:
    """The first that is a cry for help, or else a wish for a person. Help is cried for in statements."""
    for kind in ("danger", "human"):
        for item, sentence in zip(found, among, strict=False):
            cried = len(own_words(sentence.text)) > 1 and not (sentence.asks and kind == "danger")
            if cried and _kind(item) == kind and score_of(item) >= FIRM:
                return item
    return None


def _kind(matched: Match) -> str:
    return matched.decision.best.candidate.target.kind if isinstance(matched.decision, Answered) else ""


def _side_by_side(message: str, whole: Match, conversation: Conversation) -> tuple[Question, ...]:
    """The parts of a message of a few words that name several things, if each is answered: "ncb meaning + contact email"."""
    parts = items(message)
    if not 1 < len(parts) <= _MOST or score_of(whole) >= SURE or any(len(part.split()) > _FEW for part in parts):
        return ()
    names = {answered(by_itself(part, conversation.matcher, {})) for part in parts}
    return tuple(Question(part) for part in parts) if None not in names and len(names) == len(parts) else ()


def _questions(found: Sequence[Sentence]) -> tuple[Question, ...]:
    """The questions of a message. One that only asks whether it is so ("is he right?") stands for what was told before it."""
    asked: list[Question] = []
    story: list[str] = []
    for sentence in found:
        parts = clauses(sentence.text)
        if not sentence.asks:
            story += parts
            continue
        first = next((place for place, part in enumerate(parts) if asks(part) or has_question_word(part)), 0)
        story += parts[:first]
        if story and _CHECK.match(fold(sentence.text)):
            asked += [Question(part, check=sentence.text) for part in claims(story[-1])]
        else:
            told = [part for part in parts[first:] if not _EMPTY.match(fold(part))]
            asked += [Question(part, "" if number else " ".join(story[-2:])) for number, part in enumerate(told)]
        story = []
    return tuple(asked)


def _one(question: Question, whole: Match, conversation: Conversation) -> Match:
    """The question of a message that tells a story besides: all of it together if that is answered (but where the question by itself is
    answered for sure), or else the question as one that leans on the story."""
    if score_of(whole) >= SURE and answered(whole):
        return whole
    alone = by_itself(question.text, conversation.matcher)
    if answered(alone) and score_of(alone) >= max(FAIR, score_of(whole) + PLAINER):
        return alone
    if answered(whole):
        return whole
    found = resolve(question.text, _after_story(question, conversation))
    return found if answered(found) else whole


def _told_of(question: Question, conversation: Conversation) -> Match | None:
    """What answers the story and a question that hardly says a word beside ("who do I tell?") together."""
    if not question.story or len(own_words(question.text)) > 1:
        return None
    both = match(f"{question.story} {question.text}", conversation.matcher)
    return replace(both, asked=question.text) if answered(both) else None


def _after_story(question: Question, conversation: Conversation) -> Conversation:
    if not question.story:
        return conversation
    told = match(question.story, conversation.matcher)
    return replace(conversation, context=Context(topic=answered(told), asked="" if is_outside(told) else question.story))


def _several(asked: Sequence[Question], whole: Match, conversation: Conversation) -> tuple[Match, ...]:
    """What was found for each question, each in the light of those before it, and those without an answer once more in the light of all."""
    found: list[Match] = []
    for question in asked:
        item = _told_of(question, conversation) or resolve(question.text, _after_story(question, conversation))
        found.append(replace(item, asked=f"{item.asked} {question.check}") if question.check else item)
        name = answered(item)
        known = (
            Context(topic=name, asked=item.query.asked, told=(name,))
            if name
            else replace(conversation.context, asked=question.text, told=())
        )
        conversation = replace(conversation, context=known, within=True)
    if name := answered(whole):
        conversation = (
            conversation if any(map(answered, found)) else replace(conversation, context=Context(topic=name, asked=whole.query.asked))
        )
    elif not any(map(answered, found)):
        return (whole,)
    return _distinct([item if answered(item) else _among(item, conversation) for item in found])


def _among(matched: Match, conversation: Conversation) -> Match:
    """A question without an answer once more, as one of a message that the base knows the field of. It is seldom about the program:
    "where do you sit" means whom people believe that they write to."""
    near = nearness(conversation.context.topic, conversation.entries)
    texts = () if is_outside(matched, FAIR) else (matched.asked, addressed(matched.asked, conversation.matcher))
    for text in texts:
        other = match(text, conversation.matcher, near, chat=False) if text else matched
        if answered(other) and accounts_for(other, matched.asked):
            return replace(other, asked=matched.asked)
    return matched


def _distinct(found: Sequence[Match]) -> tuple[Match, ...]:
    """The findings without talk and without the same answer a second time."""
    seen: set[tuple[str, tuple[Mention, ...]]] = set()
    kept: list[Match] = []
    for item in found:
        name = answered(item)
        key = (name or item.asked, item.query.mentions if name else ())
        if key not in seen and (name or not isinstance(item.decision, Answered)):
            kept.append(item)
        seen.add(key)
    return tuple(kept)

"""A message -> what is made of each of its questions, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dialogue import long_message
from bot.dialogue.accounting import accounting
from bot.dialogue.agree import agreed
from bot.dialogue.choose import all_of
from bot.dialogue.context import Context
from bot.dialogue.conversation import Conversation, nearness
from bot.dialogue.resolution import Resolution, chosen, resolution
from bot.dialogue.resolve import FAIR, SURE, accounts_for, by_itself, resolve
from bot.dialogue.unknown_names import with_unknown_names
from bot.english.detection import in_english
from bot.english.email import body, is_letter
from bot.english.followups import own_words, parse_followup
from bot.english.phrases import ANNOUNCES, CHECK, SEVERAL_THINGS
from bot.english.sentences import Sentence, Span, asks, claims, clauses, has_question_word, items, sentences
from bot.english.tokens import MOST_WORDS, Mended, fold, mend, safe, typed_words
from bot.english.words import ABSTRACT
from bot.kinds import URGENT
from bot.matching.calibration import Limits
from bot.matching.decision import Answered, Clarify, NoAnswer, answered, is_outside, kind_of, offered, score_of, shown
from bot.matching.entities import Mention
from bot.matching.match import Match, Matcher, addressed, match, score_for
from bot.matching.spelling import Speller
from bot.reply import Correction

# Shares of the way from the base's threshold to 100 (Limits.above, Limits.reach), chosen on tests/content/conversations.yaml and
# tests/content/manners.yaml.

FIRM = 7 / 12
"""From here on a sentence of several is taken for a cry for help or the wish for a person."""

PLAINER = 1 / 6
"""How much higher the score of a question must be than that of the whole message to be taken by itself."""

VERBATIM = 0.995
"""The cosine with a wording from which on a message is that wording, but for case, punctuation and endings."""

_NEAREST = 4  # entries that are named beside a question without an answer
_MOST = 12  # sentences, and questions, of a message that are looked up one by one
_BRIEF = 200  # characters that a message has at most which chooses
_KEPT = 0.8  # share of a letter's words that are read; if fewer are, a reply without an answer says so
_FEW = 4  # words that a thing named without a sentence has at most


@dataclass(frozen=True, slots=True)
class Question(Span):
    """One question of a message with the statements that stand before it. Where it is a claim, `check` asks whether that is so."""

    story: str = ""
    check: Span | None = None


def resolutions(message: str, conversation: Conversation) -> tuple[Resolution, ...]:
    """What is made of each question of a message; of a message without a question, of the whole of it."""
    if both := all_of(parse_followup(message[:_BRIEF]), conversation):
        return tuple(chosen(item, Span(message, 0), conversation.entries[item.id].question) for item in both)
    if picked := agreed(message[:_BRIEF], conversation, resolutions):
        return picked
    letter = is_letter(message)
    mended = _mended(body(message), conversation.matcher.lexicon.speller)
    whole = Span(mended.text, 0)
    found = _letter(whole, conversation) if letter else with_unknown_names(_resolved(whole, conversation), conversation)
    left_out = letter and len(mended.text.split()) < _KEPT * len(message.split())
    limits = conversation.matcher.limits
    return tuple(replace(_as_typed(_presented(item, limits), mended), left_out=left_out) for item in found)


def _presented(found: Resolution, limits: Limits) -> Resolution:
    """The resolution without options that are far from what was asked."""
    if not isinstance(found.outcome, Clarify) or (outcome := shown(found.outcome, limits)) == found.outcome:
        return found
    return replace(found, outcome=outcome, how=found.how or "apart")


def _mended(text: str, speller: Speller) -> Mended:
    """The text with its typing errors mended, if it is English: the words of other languages are no errors."""
    mended = mend(text, speller.correct)
    return mended if in_english(typed_words(mended.text)[:MOST_WORDS], speller.knows) else Mended(text)


def _as_typed(found: Resolution, mended: Mended) -> Resolution:
    """A resolution in the person's own words, with the typing errors in them."""
    typed = " ".join(mended.typed(span.start, span.end) for span in found.spans)
    edits = [edit for span in found.spans for edit in mended.within(span.start, span.end) if edit.told]
    read = {fold(edit.typed): mended.text[edit.start : edit.end] for edit in edits}
    return replace(found, asked=safe(typed).strip(), corrections=tuple(Correction(word, meant) for word, meant in read.items()))


def _resolved(message: Span, conversation: Conversation) -> tuple[Resolution, ...]:
    found = sentences(message.text)
    whole = resolve(message, conversation)
    if (len(found) < 2 and len(clauses(message)) < 2 and len(items(message)) < 2) or _word_for_word(whole):
        return (whole,)
    apart = found[:_MOST] if len(found) > 1 else ()
    urgent = _urgent((whole.match, *_looked_up(apart, conversation)), (Sentence(message.text, 0, asks=False), *apart), conversation)
    if urgent:
        return (resolution(message, urgent),)
    asked = _questions(found)
    if not any(own_words(question.text) for question in asked):
        asked = _side_by_side(message, whole, conversation) or asked
    if len(asked) > 1:
        return _several(asked[:_MOST], whole, conversation)
    return (_one(asked[0], whole, conversation) if asked else whole,)


def _looked_up(found: Sequence[Span], conversation: Conversation) -> list[Match]:
    return [match(conversation.matcher.read(item.text), conversation.matcher) for item in found]


def _word_for_word(whole: Resolution) -> bool:
    """Whether the message is a wording of the entry that answers it: then it asks that, however many questions it looks like."""
    best = whole.outcome.best if isinstance(whole.outcome, Answered) else None
    return best is not None and best.candidate.reading == 0 and best.candidate.nearest >= VERBATIM


def _letter(message: Span, conversation: Conversation) -> tuple[Resolution, ...]:
    """What is made of a letter: where it says that it asks several things, of each of them; or else of what its sentences say together, and
    of its questions that are answered by themselves or not at all."""
    found = sentences(message.text)
    urgent = _urgent(_looked_up(found[:_MOST], conversation), found, conversation)
    if urgent:
        return (resolution(message, urgent),)
    main, asked = long_message.resolve(found, message, conversation.matcher), _questions(found)[:_MOST]
    if len(asked) > 1 and any(SEVERAL_THINGS.search(fold(item.text)) for item in found):
        several = _several(asked, main, conversation)
        if any(item.entry for item in several):
            return several
    apart = [accounting(resolution(question, by_itself(question.text, conversation.matcher)), conversation) for question in asked]
    return _with_main(main, apart, conversation)


def _with_main(main: Resolution, apart: Sequence[Resolution], conversation: Conversation) -> tuple[Resolution, ...]:
    """What a letter says together, under the question that it answers, and its other questions: answered if that is fairly sure. Only what
    ends with a question mark is one: letters tell much in words that ask ("who is a cook")."""
    limits = conversation.matcher.limits
    marked = [item for item in apart if item.text.endswith("?")]
    clear = [item for item in marked or apart[-1:] if item.entry and item.score >= limits.above(FAIR)]
    own = max(apart, key=lambda item: score_for(main.entry, item.match), default=None)
    surely = len(marked) == 1 and clear and clear[0].score >= limits.above(SURE)  # the one question that a long story leads to
    if clear and (not main.entry or surely or (own and _rejected(main.entry, own, limits))):
        return _distinct([item if item in clear else _unanswered(item, limits) for item in marked or clear])
    answering = replace(main, spans=own.spans) if own and score_for(main.entry, own.match) else main
    others = [item if item in clear else _unanswered(item, limits) for item in marked if item is not own and _apart_from(main, item)]
    return _distinct((answering, *others))


def _rejected(name: str | None, own: Resolution, limits: Limits) -> bool:
    """Whether a question says something else than an entry: it asks back, or rejects the entry although it is above the threshold."""
    if isinstance(own.outcome, Clarify):
        return True
    nearest = own.outcome.nearest if isinstance(own.outcome, NoAnswer) else ()
    return any(item.candidate.target.id == name and item.score >= limits.threshold for item in nearest)


def _apart_from(main: Resolution, found: Resolution) -> bool:
    """Whether a question of a letter asks something that the answer to the letter is not about."""
    return len(own_words(found.text)) > 1 and not score_for(main.entry, found.match)


def _unanswered(found: Resolution, limits: Limits) -> Resolution:
    """A question of a letter that has no answer, or none that is sure enough to be told unasked, with the entries nearest to it."""
    if isinstance(found.outcome, NoAnswer):
        return found
    return replace(found, how="apart", outcome=NoAnswer("below-threshold", offered(found.match.evidence, limits, _NEAREST)))


def _urgent(found: Sequence[Match], among: Sequence[Sentence], conversation: Conversation) -> Match | None:
    """The first that is a cry for help, or else a wish for a person. Help is cried for in statements; trouble that is told before a
    question which is surely answered is no more than its story."""
    firm, pairs = conversation.matcher.limits.above(FIRM), list(zip(found, among, strict=False))
    sure = any(sentence.asks and answered(item.decision) and score_of(item.decision) >= firm for item, sentence in pairs)
    for kind in (kind for kind in URGENT if not (sure and kind.helps)):
        for item, sentence in pairs:
            cried = len(own_words(sentence.text)) > 1 and (kind.asked or not sentence.asks)
            if cried and kind_of(item.decision) is kind and score_of(item.decision) >= firm:
                return item
    return None


def _side_by_side(message: Span, whole: Resolution, conversation: Conversation) -> tuple[Question, ...]:
    """The parts of a message of a few words that name several things, if each is answered: "ncb meaning + contact email"."""
    parts, matcher = tuple(part for part in items(message) if own_words(part.text)), conversation.matcher
    if not 1 < len(parts) <= _MOST or _holds_all(whole, matcher) or any(len(part.text.split()) > _FEW for part in parts):
        return ()
    names = {answered(by_itself(part.text, matcher, {}).decision) for part in parts}
    return tuple(Question(part.text, part.start) for part in parts) if None not in names and len(names) == len(parts) else ()


def _holds_all(whole: Resolution, matcher: Matcher) -> bool:
    """Whether a message is answered for sure by an entry that holds every word of it."""
    best = whole.outcome.best if isinstance(whole.outcome, Answered) else None
    return best is not None and best.score >= matcher.limits.above(SURE) and not best.candidate.missing


def _questions(found: Sequence[Sentence]) -> tuple[Question, ...]:
    """The questions of a message. One that only asks whether it is so ("is he right?") stands for what was told before it."""
    asked: list[Question] = []
    story: list[Span] = []
    for sentence in found:
        parts = clauses(sentence)
        if not sentence.asks:
            story += parts
            continue
        first = next((place for place, part in enumerate(parts) if asks(part.text) or has_question_word(part.text)), 0)
        story += parts[:first]
        if story and CHECK.match(fold(sentence.text)):
            asked += [Question(part.text, part.start, check=sentence) for part in claims(story[-1])]
        else:
            told = [part for part in parts[first:] if not part.text.endswith(":") and not ANNOUNCES.match(fold(part.text))]
            before = " ".join(part.text for part in story[-2:])
            asked += [Question(part.text, part.start, "" if number else before) for number, part in enumerate(told)]
        story = []
    return tuple(asked)


def _one(question: Question, whole: Resolution, conversation: Conversation) -> Resolution:
    """The question of a message that tells a story besides: all of it together if that is answered (but where the question by itself is
    answered for sure), or else the question as one that leans on the story."""
    limits = conversation.matcher.limits
    if whole.entry and whole.score >= limits.above(SURE):
        return whole
    if whole.entry and question.story and ABSTRACT & set(typed_words(question.text)):
        return whole  # "I am a week late, what will it cost": the story says what it is
    alone = by_itself(question.text, conversation.matcher)
    if answered(alone.decision) and score_of(alone.decision) >= max(limits.above(FAIR), whole.score + limits.reach(PLAINER)):
        return resolution(question, alone)
    if whole.entry:
        return whole
    found = resolve(question, _after_story(question, conversation))
    return found if found.entry else whole


def _told_of(question: Question, conversation: Conversation) -> Resolution | None:
    """What answers the story and a question that hardly says a word beside ("who do I tell?") together."""
    if not question.story or len(own_words(question.text)) > 1:
        return None
    both = match(conversation.matcher.read(f"{question.story} {question.text}"), conversation.matcher)
    return resolution(question, both) if answered(both.decision) else None


def _by_story(question: Question, conversation: Conversation) -> Resolution:
    """What is made of a question in the light of the statements before it. One that says no word of its own, after a story that nothing
    answers, has no answer: "my dog barks, what can I do?"."""
    after = _after_story(question, conversation)
    found = accounting(resolve(question, after), conversation)
    if question.story and not own_words(question.text) and not after.context.topic and isinstance(found.outcome, Answered):
        return replace(found, how="wordless", outcome=NoAnswer("below-threshold"))
    return found


def _after_story(question: Question, conversation: Conversation) -> Conversation:
    if not question.story:
        return conversation
    told = match(conversation.matcher.read(question.story), conversation.matcher).decision
    context = Context(topic=answered(told), asked="" if is_outside(told) else question.story)
    return replace(conversation, context=context, within=True)


def _several(asked: Sequence[Question], whole: Resolution, conversation: Conversation) -> tuple[Resolution, ...]:
    """What is made of each question in the light of those before it, and of those without an answer once more in the light of all."""
    found: list[Resolution] = []
    for question in asked:
        item = _told_of(question, conversation) or _by_story(question, conversation)
        found.append(replace(item, spans=(*item.spans, question.check)) if question.check else item)
        known = (
            Context(topic=item.entry, asked=item.match.query.asked, told=(item.entry,))
            if item.entry
            else replace(conversation.context, asked=question.text, told=())
        )
        conversation = replace(conversation, context=known, within=True)
    if not any(item.entry for item in found):
        if not whole.entry:
            return (whole,)
        conversation = replace(conversation, context=Context(topic=whole.entry, asked=whole.match.query.asked))
    return _distinct([item if item.entry else _among(item, conversation) for item in found])


def _among(missed: Resolution, conversation: Conversation) -> Resolution:
    """A question without an answer once more, as one of a message that the base knows the field of. It is seldom about the program:
    "where do you sit" means whom people believe that they write to."""
    matcher, text = conversation.matcher, missed.text
    if missed.how == "wordless" or is_outside(missed.outcome, matcher.limits.above(FAIR)):
        return missed
    near = nearness(conversation)
    asked = matcher.read(text)
    for each in (asked, addressed(asked, matcher)):
        other = match(each, matcher, near, chat=False) if each else missed.match
        if answered(other.decision) and accounts_for(other.decision, text):
            again = accounting(replace(missed, match=other, outcome=other.decision, how=""), conversation)
            return again if again.entry else missed
    return missed


def _distinct(found: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """The resolutions without talk and without the same answer a second time; where all of them are talk, the surest."""
    seen: set[tuple[str, tuple[Mention, ...]]] = set()
    kept: list[Resolution] = []
    for item in found:
        key = (item.entry or item.text, item.match.query.mentions if item.entry else ())
        if key not in seen and (item.entry or not isinstance(item.outcome, Answered)):
            kept.append(item)
        seen.add(key)
    return tuple(kept) or (max(found, key=lambda item: item.score),)

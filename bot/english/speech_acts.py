"""How a message is meant: what it says, what it quotes, what it takes back, and whether it asks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.english.clauses import Clause, Sentence, Words, clauses, sentences
from bot.english.framing import mistaken_at, unframed
from bot.english.openings import opens_as_question, stripped, trimmed, unattributed
from bot.english.phrases import (
    DO_SO,
    DOES_THAT_MEAN,
    EITHER_OR,
    OR_NOT,
    REJECTIONS,
    SHORT_ANSWERS,
    SHORT_CHECKS,
    TAKEN_BACK,
)
from bot.english.reporting_words import (
    BEFORE_SPEAKER,
    BELIEVABLE,
    DISCLAIMING,
    DOUBTING,
    JUDGING,
    LIGHT,
    LYING,
    REPORTING,
    WONDERING,
)
from bot.english.words import (
    ABSTRACT,
    ASKING_BACK,
    AUXILIARIES,
    BEFORE_PREDICATE,
    CONTRASTING,
    ECHOING,
    FILLERS,
    FIRST_PERSON,
    NEGATORS,
    OTHERS,
    POINTED_AT,
    POSSESSIVES,
    POSSIBILITY,
    PREDICATES,
    PRONOUNS,
    TAGS,
    VERDICTS,
    WHETHER,
)

_STATED = 5  # words from which on a clause states something though it has no verb of form


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """One sentence of a message: its clauses, its sign (-1: the sender takes it back), and whether it is a question."""

    clauses: tuple[Clause, ...]
    sign: int = 1
    asks: bool = False
    quoted: bool = False
    fragment: bool = False


def speech_acts(message: str, organisation: str = "") -> tuple[SpeechAct, ...]:
    """What a message says and asks, sentence by sentence. A sentence that only judges another is taken into that."""
    found: list[SpeechAct] = []
    judged = False
    for sentence in sentences(message, organisation):
        words, tag = _untagged(sentence.words, asked=sentence.asked)
        verdict = _answer(sentence, found)
        if verdict is not None:
            found[-1] = _judged(found[-1], 0 if judged else verdict)
            judged = judged or bool(verdict)
        elif not words:
            found[-1:] = [replace(item, asks=item.asks or _turns_to_asking(sentence)) for item in found[-1:]]
        elif found and _asks_back(words):
            found[-1] = replace(found[-1], asks=True)
        elif _is_question(words, sentence, tag=tag):
            formed = _is_question(words, replace(sentence, asked=False), tag=tag)
            found.append(SpeechAct(clauses(stripped(words)), asks=True, fragment=not formed))
        else:
            found[-1:] = [replace(item, asks=item.asks and not item.fragment) for item in found[-1:]]
            found.append(_statement(words))
    return tuple(found)


def states(message: str) -> bool:
    """Whether a message states something, be it with a tag that asks for assent, rather than asks or names a thing."""
    told = [clause.words for act in speech_acts(message) if not act.asks for clause in act.clauses]
    return any(len(words) >= _STATED or AUXILIARIES & set(words) for words in told)


def _answer(sentence: Sentence, found: list[SpeechAct]) -> int | None:
    """The sign of a sentence that merely judges the one before it, or answers it ("... ? No way.")."""
    if not found or sentence.asked:
        return None
    if found[-1].fragment:
        bare = tuple(word for word in sentence.words if word != ",")
        if bare and bare in SHORT_ANSWERS:
            return SHORT_ANSWERS[bare]
    echoed = _echo(sentence.words)
    return echoed if echoed is not None else _verdict(unattributed(sentence.words)[0], found[-1].quoted)


def _echo(words: Words) -> int | None:
    """The sign of a sentence that says no more than that what was said before it is so, or is not: "I am sure that he cannot do so"."""
    sign, _, core = unframed(words)
    bare = tuple(word for word in core if word == "so" or (word not in FILLERS and word != ","))
    said = bare[:1] and bare[0] in PRONOUNS and bare[-2:] in DO_SO and all(word in ECHOING for word in bare)
    return sign * (-1 if sum(word in NEGATORS for word in bare) % 2 else 1) if said else None


def _judged(item: SpeechAct, verdict: int) -> SpeechAct:
    return replace(item, sign=item.sign * (verdict or 1), asks=item.asks and not item.fragment)


def _turns_to_asking(sentence: Sentence) -> bool:
    """A tag that stands alone and denies nothing: "... . Is it?"."""
    return sentence.asked and _is_tag(sentence.words) and "not" not in sentence.words


def _is_question(words: Words, sentence: Sentence, *, tag: bool) -> bool:
    """Whether a sentence without its tag is a question."""
    rest = stripped(words)
    if not rest:
        return sentence.asked and not tag
    return (sentence.asked and not tag) or _or_not(words) or _indirect(rest) or opens_as_question(rest)


def _or_not(words: Words) -> bool:
    text = " ".join(words[-4:])
    if text.endswith(OR_NOT):
        return words[-3:-2] == (",",) or "whether" in words
    return text.endswith(EITHER_OR)


def _indirect(words: Words) -> bool:
    """ "I wonder whether", "not sure if", "tell me if", "I would like to know whether", "if there is none does that mean ..."."""
    if any(words[at : at + 3] in DOES_THAT_MEAN for at in range(len(words) - 2)):
        return True
    for at, word in enumerate(words[:12]):
        if word in WHETHER and at and any(other in WONDERING for other in words[max(0, at - 4) : at]):
            return "doubt" not in words[:at]
        if word == "wonder" and at < 4:
            return True
    return False


def _asks_back(words: Words) -> bool:
    """ "is that so", "is he right", "is it true": asked of what was said before."""
    rest = stripped(words)
    if len(rest) < 3 or rest[0] not in ASKING_BACK or rest[1] == "not":
        return rest in SHORT_CHECKS
    if rest[1] in PRONOUNS and rest[2] in {*VERDICTS, "so", "legit"}:
        return len(rest) < 9
    light = all(word in LIGHT or word in VERDICTS or word in BELIEVABLE for word in rest)
    return light and len(rest) < 9 and any(word in VERDICTS or word in BELIEVABLE for word in rest[2:])


def _untagged(words: Words, *, asked: bool) -> tuple[Words, bool]:
    """The words without a tag at the end, and whether there was one. "Surely" at the head asks for assent as well."""
    bare, assent = unattributed(words)
    if assent or (asked and bare and bare[0] == "surely"):
        return bare, True
    last = bare[-3:]
    if len(bare) > 1 and _ends_with_tag(bare):
        return (trimmed(bare[:-1]), True) if bare[-2] not in BEFORE_PREDICATE else (bare, False)
    if len(bare) == 1 and bare[0] in TAGS:
        return (), True
    for size in (4, 3, 2):
        short = "not" in bare[-size:] and bare[-1] not in POINTED_AT  # "isn't it", but "my name is not there" is no tag
        clear = asked or short or bare[-size - 1 : -size] == (",",)
        if _is_tag(bare[-size:]) and clear and (len(bare) == size or len(bare) > size + 2):
            return trimmed(bare[:-size]), True
    return (bare, False) if last else ((), False)


def _ends_with_tag(words: Words) -> bool:
    """ "..., right", "... innit": one word that asks for assent."""
    if words[-1] not in TAGS or _or_not(words) or not (words[-2] == "," or len(words) > 4):
        return False
    return words[-1] not in PREDICATES or words[-2] == "," or words[-2] not in LIGHT


def _is_tag(words: Words) -> bool:
    if words and words[-1] in PREDICATES and "not" in words[:-1]:
        words = words[:-1]
    plain = tuple(word for word in words if word != "not")
    return len(plain) == 2 and plain[0] in AUXILIARIES and plain[1] in PRONOUNS and words[0] in AUXILIARIES


def _statement(words: Words) -> SpeechAct:
    """A statement: frames around it ("I doubt that ...") and remarks behind it ("... but that is wrong") give its sign."""
    mistaken = mistaken_at(words)
    sign, quoted, core = unframed(words if mistaken is None else words[:mistaken] + words[mistaken + 1 :])
    sign = sign if mistaken is None else -sign
    found: list[Clause] = []
    verdict = 0
    for clause in clauses(core):
        judged = _verdict(clause.words, quoted, link=clause.link) if found else None
        if judged is None and found and _asks_back(clause.words):
            return SpeechAct(tuple(found), sign, asks=True, quoted=quoted)
        if judged is None:
            found.append(clause)
        elif not judged:
            quoted = quoted or clause.words[0] not in FIRST_PERSON
        elif not verdict and (found[-1].words[-1] not in VERDICTS or clause.words[0] == "which"):
            verdict = judged
    if verdict and found and len(found) == 1:
        found[-1] = replace(found[-1], role="main")
    return SpeechAct(tuple(_without_disclaimers(found)), sign * (verdict or 1), quoted=quoted)


def _without_disclaimers(found: list[Clause]) -> Iterator[Clause]:
    """ "I am no lawyer, but ..." says nothing of the matter."""
    for clause in found:
        words = tuple(word for word in clause.words if word not in FILLERS)
        last = clause is found[-1] or clause.link == "meant"
        personal = words[:2] == ("i", "am") and len(words) > 2 and words[2] in DISCLAIMING and len(words) < 7
        if last or not personal:
            yield clause


def _verdict(words: Words, quoted: bool, link: str = "") -> int | None:
    """The sign of a remark that only judges what was said before, 0 if it leaves that as it is; None if it is no such remark.
    A remark about a person judges only what that person said, one that draws a conclusion ("so that is rubbish") judges something else."""
    rest = tuple(word for word in words if word not in FILLERS and word not in (",", "but", "and"))
    if rest == ("as", "if") or rest[:2] in REJECTIONS:
        return -1 if len(rest) < 4 else None
    if TAKEN_BACK.fullmatch(" ".join(words)):
        return -1
    if link in CONTRASTING and len(rest) == 2 and rest[0] in PRONOUNS and rest[1] in AUXILIARIES - POSSIBILITY:
        return -1  # "they say that they have none, but they do"
    judging = [word for word in rest if word in JUDGING]
    unknown = [at for at, word in enumerate(rest) if word not in LIGHT and word not in JUDGING and word not in REPORTING]
    strange = [at for at in unknown if not (at and rest[0] in BEFORE_SPEAKER and at <= 2)]
    if strange or len(rest) > 12 or not (judging or any(word in REPORTING for word in rest)) or rest[0] in AUXILIARIES:
        return None
    concludes = link == "so" and not (rest[0] in ABSTRACT and rest[1:2] and rest[1] in AUXILIARIES)
    if concludes or (not quoted and _about_a_person(rest)) or not judging:
        return 0
    return -1 if sum(word in NEGATORS or VERDICTS.get(word) == -1 or word in DOUBTING or word in LYING for word in rest) % 2 else 1


def _about_a_person(rest: Words) -> bool:
    return rest[0] in OTHERS or (rest[0] in POSSESSIVES | {"her"} and len(rest) > 1)

"""What stands around a statement and says who says it and whether they are right: "my brother does not think that ..."."""

from bot.english.clauses import Words
from bot.english.openings import stripped, trimmed
from bot.english.phrases import AS_IF, FRAMES, IRONIC_OPENINGS, NO_PROOF, WHOEVER
from bot.english.reporting_words import AFTER_REPORTING, DOUBTING, FACTIVE, LIGHT, LISTING, LYING, REFUSING, REPORTING, REPORTS, WRONGLY
from bot.english.words import ABSTRACT, AUXILIARIES, DETERMINERS, FIRST_PERSON, NEGATORS, PRONOUNS, STOP_WORDS, VERDICTS


def unframed(words: Words) -> tuple[int, bool, Words]:
    """(sign, whether somebody is quoted, the statement) of a sentence: "my brother does not think that X" -> (-1, True, X)."""
    sign, quoted, rest = _opened(trimmed(words))
    for _ in range(4):
        frame = _frame(rest)
        if frame is None:
            break
        sign, quoted, rest = sign * frame[0], quoted or frame[1], stripped(rest[frame[2] :])
    return sign, quoted, rest


def _opened(words: Words) -> tuple[int, bool, Words]:
    """What `unframed` gives, of the outermost frame: "yeah right, X" rejects X, "whoever says X is wrong" judges it."""
    ironic = next((phrase for phrase in IRONIC_OPENINGS if words[: len(phrase)] == phrase), ())
    if ironic:
        end = len(words) - 2 if words[-2:] == ("as", "if") else len(words)
        return -1, True, stripped(trimmed(words[len(ironic) : end]))
    unreal = next((phrase for phrase in AS_IF if words[: len(phrase)] == phrase and "would" in words[:6]), ())
    if unreal:
        return -1, True, words[len(unreal) :]
    rest = stripped(words)
    proof = next((phrase for phrase in NO_PROOF if rest[-len(phrase) :] == phrase), ())
    if proof and len(rest) > len(proof) + 3 and (rest[0] == "that" or rest[:3] == ("the", "fact", "that")):
        return -1, True, rest[1 if rest[0] == "that" else 3 : -len(proof)]
    who = next((phrase for phrase in WHOEVER if rest[: len(phrase)] == phrase and {*rest[len(phrase) :][:2]} & REPORTING), ())
    ends = [at for at in range(len(rest) - 1, max(len(rest) - 4, 3), -1) if rest[at] in ("is", "are")]
    judged = [word for word in rest[ends[0] :] if word in VERDICTS or word in LYING] if who and ends else []
    if not judged:
        return 1, False, rest
    sign = VERDICTS.get(judged[0], -1) * (-1 if "not" in rest[ends[0] :] else 1)
    return sign, True, ("they", *rest[len(who) : ends[0]])


def _frame(words: Words) -> tuple[int, bool, int] | None:
    """(sign, whether it quotes, length) of what stands before a statement; None if there is nothing of the kind."""
    for phrase, sign in FRAMES.items():
        if words[: len(phrase)] == phrase and words[len(phrase) : len(phrase) + 1] not in ((",",), ("to",)):
            return sign, False, len(phrase)
    for at, word in enumerate(words[:10]):
        if (word in DOUBTING and words[at + 1 : at + 2] == ("is",)) or _relative(words, at):
            return None
        known = word in REPORTING or word in DOUBTING or word in VERDICTS or word in REPORTS or (word == "so" and _predicate(words, at))
        if known and (length := _length(words, at)):
            return _sign(words[:at], word), word in REPORTING and words[0] not in FIRST_PERSON, length
        if not (word in LIGHT or word.endswith("ly") or known or word in REFUSING or word == "," or _named(words, at)):
            return None
    return None


def _relative(words: Words, at: int) -> bool:
    """Whether "that" opens a relative clause: "states that are not in it can join"."""
    return words[at] in REPORTS and words[at + 1 : at + 2] == ("that",) and bool(AUXILIARIES & set(words[at + 2 : at + 3]))


def _predicate(words: Words, at: int) -> bool:
    """Whether "so" is a predicate that judges what follows: "it is not so that"."""
    return words[at + 1 : at + 2] == ("that",) and words[at - 1] in ("is", "not") and words[0] in ABSTRACT


def _named(words: Words, at: int) -> bool:
    """Whether an unknown word names who says it: "a tall policeman says", "Wikipedia says"."""
    if at == 0:
        return any(word in REPORTING for word in words[1:3])
    return words[0] in DETERMINERS and at <= 3


def _joining(words: Words, at: int) -> int:
    """The words at a place that join a verdict to what is judged: "to say", "in saying", "when he says"; 0 if there are none."""
    if words[at : at + 2] in (("in", "saying"), *(("to", verb) for verb in ("think", "say", "believe", "tell", "claim", "write", "teach"))):
        return 2
    if words[at : at + 1] in (("when",), ("if",)):
        return next((near for near in (2, 3, 4) if words[at + near - 1 : at + near] and words[at + near - 1] in REPORTING), 0)
    return 0


def _length(words: Words, at: int) -> int:
    """The words of a frame whose verb, noun or adjective stands at a place; 0 if no statement follows."""
    word, end = words[at], at + 1
    if word in VERDICTS or word in REPORTS or word == "so":
        joined = _joining(words, end)
        if not joined and words[end : end + 1] != ("that",) and not (word in ("fact",) and words[end : end + 1] == ("is",)):
            return 0
        end += joined
    if words[at + 1 : at + 2] == ("in",) and "that" not in words[end : end + 6]:
        return 0
    if words[end : end + 2] in (("is", "that"), ("was", "that")):
        end += 2
    near = [other for other in range(end, min(end + 5, len(words))) if words[other] == "that"]
    if near and all(other in LIGHT and other not in AUXILIARIES for other in words[end : near[0]]):
        end = near[0] + 1
    else:
        while end < len(words) and words[end] in AFTER_REPORTING:
            end += 1
    if words[end : end + 1] and words[end] in PRONOUNS and AUXILIARIES & set(words[end + 1 : end + 3]):
        return end
    return end if sum(other not in STOP_WORDS and other != "," for other in words[end:]) > 1 else 0


def _sign(before: Words, word: str) -> int:
    if word in FACTIVE:
        return 1
    turns = sum(other in NEGATORS or other in REFUSING or other in DOUBTING for other in before)
    return -1 if (turns + (word in DOUBTING) + (VERDICTS.get(word) == -1)) % 2 else 1


def mistaken_at(words: Words) -> int | None:
    """Where a word says that others are wrong in what they say: "the paper wrongly writes that ..."."""
    for at, word in enumerate(words):
        if word in WRONGLY and any(near in REPORTING or near in LISTING for near in words[max(0, at - 1) : at + 2]):
            return at
    return None

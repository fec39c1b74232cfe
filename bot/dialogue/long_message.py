"""A long message -> one finding: what its sentences say together, the questions counting more than the story."""

import math
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.resolution import Part, Resolution
from bot.english.sentences import Sentence, Span
from bot.knowledge import ENTRY_KINDS
from bot.matching.calibration import Limits
from bot.matching.candidates import FEW
from bot.matching.decision import LIKELY, Answered, Clarify, Decision, NoAnswer
from bot.matching.evidence import Evidence
from bot.matching.match import Matcher, match

ASKED = 0.5
"""What a question counts, and once more together with the sentence before it, beside the whole message."""

TOLD = 0.3
"""What a sentence of the story counts."""

SUFFICIENT = 0.22
"""The gathered evidence that reaches the threshold. A letter outside the base seldom comes to 0.2, one within it seldom stays below 0.24
(tests/content/conversations.yaml)."""

STEEP, MIDDLE = 0.7, 3.0
"""How fast the chance that a text is about an entry rises with its evidence, and where it is one half. Of 2.5 to 4.0 the middle makes no
difference of more than a letter in 103 (tests/content/conversations.yaml, conversations_further.yaml)."""

SHORT = 1 / 20
"""How far below the threshold, as a share of it, a letter is still asked back about."""

CLOSE = 1 / 2
"""The share of the base's margin that a letter's first subject must lead by, or it is asked back about."""

_MOST = 24  # sentences that are looked at


def parts(found: Sequence[Sentence], matcher: Matcher) -> tuple[Part, ...]:
    """What is looked up of a letter, each with what it counts: the whole, its sentences, and its questions with what stands before them.
    There is no doubt about single words: a letter tells of much that the base does not know."""
    texts = [(1.0, " ".join(sentence.text for sentence in found))]
    for before, sentence in zip((None, *found), found[:_MOST], strict=False):
        texts.append((ASKED if sentence.asks else TOLD, sentence.text))
        if sentence.asks and before:
            texts.append((ASKED, f"{before.text} {sentence.text}"))
    return tuple(Part(counts, match(matcher.read(text), matcher, {})) for counts, text in texts)


def gather(found: Sequence[tuple[float, Sequence[Evidence]]], limits: Limits) -> tuple[Evidence, ...]:
    """The evidence of all parts together, best first: of each entry the sum of its chances, each times what the part counts. The score
    (0..100) rises with it and is the threshold where it suffices."""
    sums: dict[str, float] = {}
    best: dict[str, Evidence] = {}
    for counts, evidence in found:
        for item in evidence:
            if item.candidate.target.kind in ENTRY_KINDS:
                name = item.candidate.target.id
                sums[name] = sums.get(name, 0.0) + counts * _chance(item.total)
                best[name] = max(best.get(name, item), item, key=lambda one: one.total)
    half = SUFFICIENT * (100.001 - limits.threshold) / max(limits.threshold, 1.0)
    ranked = sorted(sums, key=lambda name: (-sums[name], name))
    return tuple(replace(best[name], total=sums[name], score=100 * sums[name] / (sums[name] + half)) for name in ranked[:FEW])


def _chance(total: float) -> float:
    return 1 / (1 + math.exp(-STEEP * (total - MIDDLE)))


def decide(evidence: Sequence[Evidence], limits: Limits, options: int) -> Decision:
    """The outcome for a letter: an answer above the threshold, a question back just below it or where another subject is as likely."""
    offered = tuple(item for item in evidence[:options] if item.score >= LIKELY * limits.ask)
    if not evidence or evidence[0].score < limits.threshold * (1 - SHORT):
        return NoAnswer("below-threshold", offered)
    rival = next((item.score for item in evidence if item.candidate.target.subject != evidence[0].candidate.target.subject), 0.0)
    if evidence[0].score < limits.threshold or evidence[0].score - rival < CLOSE * limits.margin:
        return Clarify(offered)
    same = (item for item in evidence[1:] if item.candidate.target.subject == evidence[0].candidate.target.subject)
    return Answered(evidence[0], tuple(item for item in same if item.score >= limits.ask))


def resolve(found: Sequence[Sentence], message: Span, matcher: Matcher) -> Resolution:
    """What is made of a letter whose sentences are given."""
    looked_up = parts(found, matcher)
    evidence = gather([(part.counts, part.match.evidence) for part in looked_up], matcher.limits)
    decision = decide(evidence, matcher.limits, matcher.options)
    whole = replace(looked_up[0].match, candidates=tuple(item.candidate for item in evidence), evidence=evidence, decision=decision)
    asked = next((sentence for sentence in reversed(found) if sentence.asks), message)
    return Resolution((asked,), whole, decision, "together", parts=looked_up)

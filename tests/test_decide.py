"""The three outcomes at their borders, the order of preference, and the parts of the evidence."""

import pytest

from bot import Bot
from bot.candidates import Candidate
from bot.decide import Answered, Clarify, Nothing, decide
from bot.evidence import Evidence, Weighed, lead, logistic, strength
from bot.index import Owner
from bot.knowledge import Settings
from bot.query import Query

LIMITS = Settings(threshold=50, ask=30, margin=10, options=2)
ASKED = Query("what is it", ("what", "is", "it"), readings=(("what", "is", "it"),))
INDEX = Bot.from_entries([{"id": "a", "questions": ["what is it"], "answer": "This."}]).index


def evidence(name: str, score: float, *, kind: str = "faq", subject: str = "", unnamed: bool = False) -> Evidence:
    candidate = Candidate(Owner(name, kind, subject or name), 0, 0.5, 0, 0)
    return Evidence(candidate, 0.5, 0.5, 0.5, 0.1, 0.0, unnamed, score)


def outcome(*found: Evidence) -> str:
    match decide(ASKED, found, INDEX, LIMITS):
        case Answered(best, siblings):
            return " ".join(["answered", best.candidate.owner.id, *(item.candidate.owner.id for item in siblings)])
        case Clarify(options):
            return " ".join(["clarify", *(item.candidate.owner.id for item in options)])
        case Nothing(reason, nearest):
            return " ".join([reason, *(item.candidate.owner.id for item in nearest)])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([], "below-threshold", id="nothing alike"),
        pytest.param([evidence("a", 50)], "answered a", id="at the threshold"),
        pytest.param([evidence("a", 49.9)], "clarify a", id="just under the threshold"),
        pytest.param([evidence("a", 30)], "clarify a", id="at the least score to ask back"),
        pytest.param([evidence("a", 29.9)], "below-threshold a", id="just under it"),
        pytest.param([evidence("a", 80), evidence("b", 70)], "answered a", id="lead equal to the margin"),
        pytest.param([evidence("a", 80), evidence("b", 70.1)], "clarify a b", id="lead under the margin"),
        pytest.param(
            [evidence("a", 80), evidence("b", 79, subject="a")], "answered a b", id="one subject, no rivals: the other is related"
        ),
        pytest.param([evidence("a", 80), evidence("b", 29, subject="a")], "answered a", id="a sibling too weak to be related"),
        pytest.param([evidence("a", 40), evidence("b", 39), evidence("c", 38)], "clarify a b", id="as many options as allowed"),
        pytest.param([evidence("a", 40), evidence("b", 39, subject="a")], "clarify a", id="one option a subject"),
        pytest.param([evidence("a", 90), evidence("d", 50, kind="danger")], "answered d", id="danger beats a better match"),
        pytest.param([evidence("a", 90), evidence("d", 49, kind="danger")], "answered a", id="but not any likeness to danger"),
        pytest.param([evidence("t", 60, kind="chat"), evidence("a", 58)], "answered t", id="small talk"),
        pytest.param([evidence("t", 40, kind="chat"), evidence("a", 35)], "clarify a", id="small talk is never an option"),
        pytest.param([evidence("o", 60, kind="outside"), evidence("a", 55)], "out-of-scope", id="outside the base"),
        pytest.param([evidence("a", 10, unnamed=True)], "other-subject", id="another organisation"),
    ],
)
def test_outcomes(found: list[Evidence], expected: str) -> None:
    assert outcome(*found) == expected


@pytest.mark.parametrize(
    ("words", "reason"), [((), "no-words"), (("x",), "too-short"), (("zebra",), "unknown-words"), (("what",), "below-threshold")]
)
def test_reasons_for_nothing(words: tuple[str, ...], reason: str) -> None:
    decision = decide(Query(" ".join(words), words, readings=(words,)), [], INDEX, LIMITS)
    assert isinstance(decision, Nothing)
    assert decision.reason == reason


def test_the_score_grows_with_each_part() -> None:
    middle = logistic(0.4, 0.1)
    assert 0 < middle < 100
    assert all(logistic(*parts) > middle for parts in [(0.5, 0.1), (0.4, 0.2)])


def test_words_that_are_not_accounted_for_weaken() -> None:
    assert strength(0.5, 1.0) == 0.5 > strength(0.5, 0.5) > strength(0.5, 0.0) > 0


def test_lead_is_over_other_subjects_only() -> None:
    one, sibling, rival = (
        Weighed(evidence(name, 50, subject=subject).candidate, 1.0, power)
        for name, subject, power in [("a", "s", 0.8), ("b", "s", 0.7), ("c", "t", 0.5)]
    )
    assert lead(one, [one, sibling]) == pytest.approx(0.8)
    assert lead(one, [one, sibling, rival]) == pytest.approx(0.3)

"""The three outcomes at their borders, the order of preference, and the parts of the evidence."""

from dataclasses import replace

import pytest

from bot import Bot
from bot.matching.calibration import COMMON, Limits, checked, fitted, score
from bot.matching.candidates import Candidate
from bot.matching.decision import Answered, Clarify, NoAnswer, decide, shown
from bot.matching.evidence import Evidence, lead, strength, total
from bot.matching.index import FULL_TRUST, Target
from bot.matching.query import Query
from bot.matching.scope import strange

LIMITS = Limits(threshold=50, ask=30, margin=10)
OPTIONS = 2
ASKED = Query("what is it", ("what", "is", "it"), readings=(("what", "is", "it"),))
WANTED = Query("forge a passport", ("forge", "a", "passport"), readings=(("forge", "passport"),))
INDEX = Bot.from_entries([{"id": "a", "questions": ["what is it"], "answer": "This."}]).index


def evidence(name: str, score: float, *, kind: str = "faq", subject: str = "", unnamed: bool = False) -> Evidence:
    return Evidence(candidate(name, 0.5, kind=kind, subject=subject, unnamed=unnamed), 0.5, 0.1, 4.0, score)


def candidate(name: str, like: float, *, kind: str = "faq", subject: str = "", unnamed: bool = False) -> Candidate:
    return Candidate(Target(name, kind, subject or name), 0, 0, like, like, like, 0.0, 0.0, like, 0, 1.0, unnamed=unnamed)


def outcome(*found: Evidence, query: Query = ASKED) -> str:
    match decide(query, found, (), LIMITS, OPTIONS):
        case Answered(best, siblings):
            return " ".join(["answered", best.candidate.target.id, *(item.candidate.target.id for item in siblings)])
        case Clarify(options):
            return " ".join(["clarify", *(item.candidate.target.id for item in options)])
        case NoAnswer(reason, nearest):
            return " ".join([reason, *(item.candidate.target.id for item in nearest)])
        case _:
            return "chosen"


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
        pytest.param([evidence("c", 80, kind="calm"), evidence("d", 60, kind="danger")], "answered c", id="what only sounds like danger"),
        pytest.param([evidence("t", 60, kind="chat"), evidence("a", 58)], "answered t", id="small talk"),
        pytest.param([evidence("t", 40, kind="chat"), evidence("a", 35)], "clarify a", id="small talk is never an option"),
        pytest.param([evidence("o", 60, kind="outside"), evidence("a", 55)], "out-of-scope", id="outside the base"),
        pytest.param(
            [evidence("o", 49, kind="outside"), evidence("a", 35)], "clarify a", id="not surely outside: what is like it is offered"
        ),
        pytest.param([evidence("o", 49, kind="outside"), evidence("a", 29)], "below-threshold", id="but nothing that is not"),
        pytest.param([evidence("a", 10, unnamed=True)], "other-subject", id="another organisation"),
    ],
)
def test_outcomes(found: list[Evidence], expected: str) -> None:
    assert outcome(*found) == expected


@pytest.mark.parametrize(
    ("strengths", "kept"),
    [
        pytest.param((0.4, 0.31, 0.29), "a b", id="nearly as like the question as the first"),
        pytest.param((0.4, 0.2, 0.1), "a", id="options are not padded"),
    ],
)
def test_options_that_are_shown(strengths: tuple[float, ...], kept: str) -> None:
    options = tuple(replace(evidence(name, 40), strength=strength) for name, strength in zip("abc", strengths, strict=True))
    assert isinstance(told := shown(Clarify(options), LIMITS), Clarify)
    assert " ".join(item.candidate.target.id for item in told.options) == kept


@pytest.mark.parametrize(("meaning", "trust", "offered"), [(0.4, FULL_TRUST, True), (0.4, 0.0, False), (0.0, FULL_TRUST, False)])
def test_an_option_that_shares_no_words_is_near_in_the_thesaurus(meaning: float, trust: float, offered: bool) -> None:
    item = evidence("a", 40)
    far = replace(item, candidate=replace(item.candidate, nearest=0.0, meaning=meaning, trust=trust))
    assert isinstance(shown(Clarify((far,)), LIMITS), Clarify) is offered


@pytest.mark.parametrize(("asked", "expected"), [("what do they do?", "clarify a"), ("they do not do it", "answered t")])
def test_a_question_that_is_hardly_like_talk_is_asked_back_about(asked: str, expected: str) -> None:
    item = evidence("t", 60, kind="chat")
    talk = replace(item, candidate=replace(item.candidate, nearest=0.2))
    assert outcome(talk, evidence("a", 35), query=replace(ASKED, asked=asked)) == expected


@pytest.mark.parametrize(
    ("query", "score", "expected"),
    [
        pytest.param(WANTED, 56.25, "answered x", id="what is declined, from an eighth of the way from the threshold to 100"),
        pytest.param(WANTED, 56.2, "below-threshold", id="but not on a guess"),
        pytest.param(ASKED, 90, "below-threshold", id="nor who does not say what is wanted"),
    ],
)
def test_what_is_declined(query: Query, score: float, expected: str) -> None:
    assert outcome(evidence("x", score, kind="declined"), evidence("a", 40), query=query) == expected


@pytest.mark.parametrize(
    ("words", "reason"), [((), "no-words"), (("x",), "too-short"), (("zebra",), "unknown-words"), (("what",), "below-threshold")]
)
def test_reasons_for_nothing(words: tuple[str, ...], reason: str) -> None:
    query = Query(" ".join(words), words, readings=(words,))
    decision = decide(query, [], strange(query, INDEX), LIMITS, OPTIONS)
    assert isinstance(decision, NoAnswer)
    assert decision.reason == reason


def test_evidence_grows_with_each_part_and_shrinks_with_doubt() -> None:
    middle = total(0.4, 0.1, 0.3, 0.0)
    assert all(total(*parts) > middle for parts in [(0.5, 0.1, 0.3, 0.0), (0.4, 0.2, 0.3, 0.0), (0.4, 0.1, 0.4, 0.0)])
    assert total(0.4, 0.1, 0.3, 0.5) < middle


def test_strength_is_a_mean_of_the_views() -> None:
    assert strength(candidate("a", 0.4)) == pytest.approx(0.4)


def test_lead_is_over_other_subjects_only() -> None:
    one, sibling, rival = (
        candidate(name, like, subject=subject) for name, like, subject in [("a", 0.8, "s"), ("b", 0.7, "s"), ("c", 0.5, "t")]
    )
    assert lead(one, [one, sibling]) == pytest.approx(0.8)
    assert lead(one, [one, sibling, rival]) == pytest.approx(0.3)


def test_a_score_is_a_chance_in_a_hundred() -> None:
    assert 0 < score(-50, COMMON) < score(3, COMMON) < score(4, COMMON) < score(50, COMMON) < 100


@pytest.mark.parametrize(("right_from", "higher"), [(2.0, True), (5.0, False)])
def test_a_fit_follows_what_was_right(right_from: float, higher: bool) -> None:
    evidence = [step / 100 for step in range(800)]
    own = fitted(evidence, [float(amount >= right_from) for amount in evidence], [1.0] * len(evidence))
    assert (score(3.0, own) > score(3.0, COMMON)) is higher
    assert own.rows == len(evidence)


def test_rows_that_are_all_right_have_an_error() -> None:
    """Their weights add up to a share of a little more than one."""
    for rows in range(30, 90):
        assert 0 <= checked([(6.0 + at % 7, 1.0, 0.7 / rows) for at in range(rows)]).error <= 1

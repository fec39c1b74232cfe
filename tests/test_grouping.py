"""Questions that ask the same become one group, and what is said of the group holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grouping import groups as grouping
from bot.grouping.groups import grouped, grown
from bot.grouping.likeness import scale_of, vectors
from bot.grouping.linkage import linked
from bot.grouping.shared import Shared, shared, typical

ASKED = {
    "lost card": ["I lost my card", "my card was stolen", "somebody took my bank card", "lost my credit card, what now"],
    "delivery": ["when will my parcel arrive", "where is my package", "has my parcel been shipped", "my order has not arrived"],
    "hours": ["when do you open", "opening hours please", "are you open on sunday", "what time do you close"],
    "language": ["can I talk to someone in spanish", "do you speak spanish", "is there support in spanish"],
}
TEXTS = [text for texts in ASKED.values() for text in texts]


def parted(texts: list[str]) -> set[frozenset[str]]:
    labels = grouped(texts)[1].tolist()
    return {frozenset(text for text, own in zip(texts, labels, strict=True) if own == label) for label in labels}


def test_questions_that_ask_the_same_are_one_group_and_no_others() -> None:
    found = parted(TEXTS)
    assert all(any(group <= set(texts) for texts in ASKED.values()) for group in found), "no group mixes two"
    assert {frozenset(ASKED["delivery"]), frozenset(ASKED["language"])} <= found


@given(st.permutations(TEXTS))
def test_the_order_does_not_matter(texts: list[str]) -> None:
    assert parted(texts) == parted(TEXTS)


def test_what_says_nothing_that_is_known_makes_no_group() -> None:
    strange = ["7021645199", "641109", "Ol", "абв", "xqzt wvkj"]
    assert {frozenset([text]) for text in strange} <= parted([*TEXTS, *strange])


def test_groups_grow_and_what_was_in_them_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "STEP", 6)
    first, labels = grouped(TEXTS[::2])
    later, more = grown(first, TEXTS[1::2])
    assert later.sizes.sum() == len(TEXTS)
    assert all((later.sizes[: len(first.sizes)] >= first.sizes).tolist())
    assert len(first.sizes) == max(labels) + 1
    _, again = grown(later, ["has my parcel been shipped"])
    assert again[0] == dict(zip([*TEXTS[::2], *TEXTS[1::2]], [*labels, *more], strict=True))["has my parcel been shipped"]


@pytest.mark.parametrize("texts", [[], [""], ["", "?"], ["привет"], ["the", "of it"]])
def test_anything_can_be_grouped(texts: list[str]) -> None:
    assert len(grouped(texts)[1]) == len(texts)
    assert shared(texts) == ()


@given(st.integers(0, 10_000), st.integers(1, 9))
def test_two_groups_are_one_as_long_as_they_are_alike_enough_on_average(seed: int, count: int) -> None:
    """Against the definition: join the two most alike groups again and again."""
    rows = np.random.default_rng(seed).normal(size=(count, 3)).astype(np.float32)
    alike = np.asarray(rows @ rows.T / 3, np.float32)
    wanted = [[at] for at in range(count)]
    while len(wanted) > 1:
        pairs = [(float(alike[np.ix_(one, other)].mean()), one, other) for at, one in enumerate(wanted) for other in wanted[at + 1 :]]
        best, one, other = max(pairs, key=lambda pair: pair[0])
        if best < 0.2:
            break
        wanted = [group for group in wanted if group not in (one, other)] + [one + other]
    found = linked(alike.copy(), np.ones(count, np.float32), 0.2).tolist()
    assert {frozenset(at for at in range(count) if found[at] == root) for root in found} == set(map(frozenset, wanted))


def test_what_is_to_stay_apart_does() -> None:
    alike = np.ones((4, 4), np.float32)
    assert linked(alike, np.ones(4, np.float32), 0.5, apart=2).tolist() in ([0, 1, 0, 0], [0, 1, 1, 1])


def test_what_a_group_shares_is_told_in_words() -> None:
    assert shared(ASKED["delivery"])[0] == Shared("parcel", ("package",))
    assert str(shared(ASKED["delivery"])[0]) == "'parcel' (also: package)"
    assert [one.word for one in shared(ASKED["language"])] == ["spanish"]
    assert shared(["good morning to you", "an apple pie"]) == ()


def test_the_most_typical_question_is_the_one_most_like_the_others_as_often_as_they_are_asked() -> None:
    texts = ["where is my parcel", "where is my package from last week", "when can I fetch my bread"]
    scale = scale_of(TEXTS)
    assert typical(texts, [1, 1, 1], scale) == 0
    assert typical(texts, [1, 1, 50], scale) == 2


def test_the_likeness_of_questions_is_that_of_their_words_and_of_what_they_mean() -> None:
    same, alike, other = vectors(["I lost my card!", "my card was stolen", "opening hours"], scale_of(TEXTS))
    assert vectors(["i lost my card"], scale_of(TEXTS))[0] @ same == pytest.approx(1.0, abs=0.15)
    assert same @ alike > 0.3 > 0.1 > same @ other


def test_the_measure_is_b_cubed() -> None:
    """Bagga and Baldwin 1998, the second of their two examples: 5, 2 and 5 things, of which the first two groups were made one."""
    pytest.importorskip("sklearn")
    from grouping import b_cubed

    wanted = [*"aaaaabbccccc"]
    assert b_cubed(wanted, wanted) == 1
    assert b_cubed([*"aaaaaaaccccc"], wanted) == pytest.approx(2 * (precision := (25 / 7 + 4 / 7 + 5) / 12) / (precision + 1))

"""The thesaurus: words used alike lie close together, unknown words say nothing, and the files are small and opened late."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.english
from bot.english import thesaurus
from bot.english.tokens import plain_words

FOLDER = Path(bot.english.__file__).parent
FILES = ("thesaurus.npy", "thesaurus_words.npy")
MOST_BYTES = 5_000_000

# A word, one that is used like it, and one that is not.
NEARER = [
    ("fee", "charge", "banana"),
    ("fee", "price", "river"),
    ("pursue", "chase", "fee"),
    ("visit", "come", "eat"),
    ("parcel", "package", "password"),
    ("refund", "reimbursement", "weather"),
    ("kid", "child", "invoice"),
    ("doctor", "physician", "engine"),
    ("purchase", "buy", "sleep"),
    ("lost", "misplaced", "yellow"),
    ("wifi", "internet", "garden"),
    ("holiday", "vacation", "keyboard"),
    ("car", "automobile", "novel"),
    ("begin", "start", "cheese"),
]

# A question, one that means the same with other words, and one that shares more words with it and means something else.
SENTENCES = [
    ("how much does delivery cost", "what do you charge for shipping", "how much does the lawn grow"),
    ("where is my parcel", "track my package", "where is my dentist"),
    ("how do i cancel my subscription", "i want to end my membership", "how do i paint my bedroom"),
]


@pytest.mark.parametrize(("word", "like", "unlike"), NEARER)
def test_words_used_alike_are_nearer(word: str, like: str, unlike: str) -> None:
    near, far = thesaurus.likeness(thesaurus.vectors([word])[0], thesaurus.vectors([like, unlike])[0])[0]
    assert near > far + 0.1


@pytest.mark.parametrize(("question", "like", "unlike"), SENTENCES)
def test_questions_in_other_words_are_nearer(question: str, like: str, unlike: str) -> None:
    one, near, far = thesaurus.sentence_vectors([plain_words(text) for text in (question, like, unlike)])
    assert one @ near > one @ far


@pytest.mark.parametrize(("common", "telling"), [("the", "refund"), ("how", "passport"), ("please", "invoice"), ("is", "violin")])
def test_common_words_tell_less(common: str, telling: str) -> None:
    little, much = np.linalg.norm(thesaurus.vectors([common, telling])[0], axis=1)
    assert little < 0.8 * much


@pytest.mark.parametrize("word", ["", "qxzzvk", "12345", "{country}", "ünbekannt", "x" * 200, "~", "naïve\x00"])
def test_an_unknown_word_is_zero(word: str) -> None:
    rows, known = thesaurus.vectors([word])
    assert not known.any()
    assert not rows.any()
    assert not thesaurus.sentence_vector([word]).any()


@pytest.mark.parametrize(("rare", "kin"), [("refundable", "refund"), ("cancellable", "cancel"), ("invoiced", "invoice")])
def test_a_rare_form_is_known(rare: str, kin: str) -> None:
    rows, known = thesaurus.vectors([rare, kin])
    assert known.all()
    assert thesaurus.likeness(rows[:1], rows[1:])[0, 0] > 0.3


def test_nothing_is_no_error() -> None:
    rows, known = thesaurus.vectors([])
    assert rows.shape[0] == known.shape[0] == 0
    assert thesaurus.sentence_vectors([]).shape == (0, rows.shape[1])
    assert not thesaurus.sentence_vectors([[]]).any()
    assert thesaurus.nearest(["fee"], []) == [("", 0.0)]


def test_the_word_that_met_another_is_named() -> None:
    found = thesaurus.nearest(["charge", "qxzzvk"], ["river", "fee", "keyboard"])
    assert [word for word, _ in found] == ["fee", ""]


@given(st.lists(st.lists(st.sampled_from(["fee", "how", "parcel", "qxzzvk", "buy", ""]), max_size=6), max_size=5))
def test_one_text_or_several_are_read_alike(texts: list[list[str]]) -> None:
    together = thesaurus.sentence_vectors(texts)
    for row, text in zip(together, texts, strict=True):
        assert np.allclose(row, thesaurus.sentence_vector(text), atol=1e-6)
        assert np.allclose(row, thesaurus.sentence_vector(text[::-1]), atol=1e-6)


def test_what_is_packed_comes_back() -> None:
    rows = np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32)
    back = thesaurus.unpack(thesaurus.pack(rows))
    assert np.abs(back - rows).max() <= np.abs(rows).max() / 14 + 0.01


def test_the_files_are_small_and_fit_each_other() -> None:
    assert sum((FOLDER / name).stat().st_size for name in FILES) <= MOST_BYTES
    words, rows = (np.load(FOLDER / name, mmap_mode="r") for name in reversed(FILES))
    assert len(words) == len(rows)
    assert (words[:-1] < words[1:]).all()


def test_the_files_are_not_opened_by_an_import() -> None:
    code = (
        "import sys; opened = []; sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])));"
        "import bot; from bot.english import thesaurus; assert not [name for name in opened if name.endswith('.npy')];"
        "thesaurus.vectors(['fee']); assert len([name for name in opened if name.endswith('.npy')]) >= 2"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=FOLDER.parents[1], check=False)
    assert done.returncode == 0, done.stderr

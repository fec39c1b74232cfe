"""What is taken out of a question before it is kept."""

import importlib
import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import Bot
from bot.redaction import digits, mail, people, rules, tokens
from bot.redaction import redact as redacting
from bot.redaction.field import Field, field_of
from bot.redaction.redact import redact
from bot.redaction.rules import TAG

HERE = Path(__file__).parent


def table(name: str) -> Any:
    file = HERE.joinpath(f"{name}.yaml")
    return yaml.safe_load((file if file.exists() else HERE / "content" / file.name).read_text("utf-8"))


ROWS: list[dict[str, Any]] = table("personal")
PEOPLE: list[str] = table("personal_names")
OTHERS = ("questions", "conversations", "conversations_further", "manners", "statements")
WORD = re.compile(r"[^\W_]+")
PIECES = st.sampled_from(
    "0 1 2 3 4 5 6 7 8 9 + - ( ) . / : @ [ ] < [name] [e-mail] a.b at dot com my name is mr dr John smith regards, thanks, "
    "i am her lawyer Zu, signed password: username telegram ul. strasse 12/3 CCF/ A-1 plate 1.2345 at gmail "
    "wanted Ivan petrov , and red notice for de al- J. born 1.2.1980 Li convicted "
    "born on 3 May 1980 passport no AB1 2024 1234567 ٣ ７ www. http:// GB82 WEST 4111 street \u200b \u00ad \x1b[31m \n é".split(" ")
)
TYPED = st.one_of(st.text(), st.lists(PIECES, max_size=24).map("".join), st.lists(PIECES, max_size=24).map(" ".join))


@pytest.fixture(scope="module")
def field(bot: Bot) -> Field:
    return field_of(bot.kb)


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{place} {row['text'][:40]!r}") for place, row in enumerate(ROWS)])
def test_what_is_hidden_and_what_is_kept(row: dict[str, Any], field: Field) -> None:
    found = redact(row["text"], field)
    assert [part for part in row.get("hidden", ()) if part in found] == []
    assert [part for part in row.get("kept", ()) if part not in found] == []
    if "hidden" not in row:
        assert found == row["text"]
    assert redact(found, field) == found


def test_the_table_is_large_and_has_both_kinds() -> None:
    plain = sum("hidden" not in row for row in ROWS)
    assert plain >= 40
    assert len(ROWS) - plain >= 60


def test_of_the_people_asked_about_at_least_95_in_100_are_hidden_and_the_rest_of_the_question_is_kept(field: Field) -> None:
    missed = {row: left for row in PEOPLE if (left := _remains(row, field))}
    spoilt = {row: lost for row in PEOPLE if (lost := _lost(row, field))}
    assert len(PEOPLE) >= 120
    assert len(missed) <= 0.05 * len(PEOPLE), missed
    assert len(spoilt) <= 0.05 * len(PEOPLE), spoilt


def test_fewer_than_2_in_100_ordinary_messages_lose_a_word(field: Field) -> None:
    asked = sorted(
        {text for name in OTHERS for row in table(name) for text in (row.get("q"), row.get("say"), *row.get("turns", ())) if text}
    )
    rightly = set(table("personal_tables"))
    false = {text[:60]: pieces for text in asked if (pieces := set(_pieces(text, redact(text, field))) - rightly)}
    assert len(asked) > 1500
    assert len(false) < 0.02 * len(asked), false


def test_the_words_of_the_subject_come_from_the_base(field: Field) -> None:
    text = "is viktor malenkov wanted"
    assert redact(text, field) == "is [name] wanted"
    assert redact(text, Field(words=field.words)) == text
    baking = Field(cues=frozenset([("bake",)]))
    assert redact("has viktor malenkov baked it", baking) == "has [name] baked it"


def _unmarked(row: str) -> str:
    return row.replace("{", "").replace("}", "")


def _remains(row: str, field: Field) -> list[str]:
    """The marked words of a row that are still there."""
    left = {word.lower() for word in WORD.findall(redact(_unmarked(row), field))}
    marked = [word for part in re.findall(r"\{([^}]*)\}", row) for word in WORD.findall(part)]
    return [word for word in marked if len(word) > 1 and word.lower() in left]


def _lost(row: str, field: Field) -> list[str]:
    """The words of a row outside marks that are gone."""
    left = WORD.findall(TAG.sub(" ", redact(_unmarked(row), field)))
    return [word for word in WORD.findall(re.sub(r"\{[^}]*\}", " ", row)) if word not in left]


def _pieces(text: str, found: str) -> tuple[str, ...]:
    """What stands in a text where its redacted form has tags."""
    parts = TAG.split(found)
    pattern = "".join("(.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    match = re.fullmatch(pattern, redacting._normalised(text), re.DOTALL)
    return match.groups() if match else (found,)


@given(text=TYPED)
@example(text="\ud800 \x1b[31m 12\u200b34567")
@example(text="my name is [name] 1234567")
@example(text="a@b@c@d.e")
@example(text="is ivan petrov, igor and zu wanted, born 1.2.1980, zu")
def test_any_text_can_be_redacted_and_stays_as_it_is_then(field: Field, text: str) -> None:
    found = redact(text, field)
    assert redact(found, field) == found
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u00ad\ud800-\udfff]", found)
    assert len(TAG.sub("", found)) <= len(text)


DIGITS = st.lists(st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩０１２３４５６７８９"), min_size=7, max_size=22)
LEADS = (
    "a b @ ",
    "at a.",
    "john at gmail ",
    "name is ",
    "I, ",
    "my lawyer Jo ",
    "officer Zu ",
    "signed, ",
    "regards, Zu ",
    "signed, Zu\n",
    "name: Zu\n",
    "Yours\nZu ",
    "\nZu\n12345678",
    "\nZu ",
    "password: ",
    "username is a",
    "number A-",
    "CCF/",
    "plate A1 ",
    "Flat 4, ",
    "1 Aa ",
    "Zustrasse ",
    "ul. A ",
    "1.0000 ",
    "passport AB ",
    "i am zu ",
    "my ex-",
    "1 2 3 ",
)
ENDLESS = ("1", "a", "1 ", "a.", "<", "@", "a@", "1-", "my name is ", "dot ", "[name]", "a:", "/", "Aa ", "GB82 ", "\u0663", *LEADS)


@given(digits_typed=DIGITS, between=st.sampled_from(["", "\u200b", "\u00ad", "-"]))
def test_no_long_number_remains(field: Field, digits_typed: list[str], between: str) -> None:
    found = redact(f"it is {between.join(digits_typed)} ok", field)
    assert not re.search(r"\d{5}", found) or re.fullmatch(r"it is (?:(?:1[89]|20)\d\d-?)+ ok", found)


@pytest.mark.parametrize("piece", ENDLESS)
def test_twice_the_text_takes_twice_the_steps(piece: str, field: Field) -> None:
    _assert_linear(piece, field)


def test_twice_any_text_takes_twice_the_steps(field: Field) -> None:
    @settings(max_examples=15)
    @given(st.lists(PIECES, min_size=1, max_size=8).map(" ".join))
    def holds(piece: str) -> None:
        _assert_linear(f"{piece} ", field, 2000)

    holds()


def _assert_linear(piece: str, field: Field, length: int = 4000) -> None:
    half, whole = (_steps(piece * (size // len(piece)), field) for size in (length // 2, length))
    assert whole < 2.5 * half + 2000, (half, whole)


def _steps(text: str, field: Field) -> int:
    """Calls of functions, in Python and C, and characters that are handed to the rules."""
    count = 0

    def on_event(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")
        if event == "call" and frame.f_code is redacting._substituted.__code__:
            count += len(frame.f_locals["text"])

    sys.setprofile(on_event)
    try:
        redact(text, field)
    finally:
        sys.setprofile(None)
    return count


PATTERNS = {
    f"{module.__name__}.{name}": pattern
    for module in (digits, mail, people, redacting, rules, tokens)
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern)
}


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_reads_a_limited_number_of_characters_from_where_it_starts(name: str) -> None:
    """Then the time to search a text grows with its length only. A repeated class of characters alone is left out: nothing follows it."""
    pattern = PATTERNS[name]
    parsed = importlib.import_module("re._parser").parse(pattern.pattern, pattern.flags)
    if not re.fullmatch(r"\[[^\]]+\][*+]", pattern.pattern):
        assert _reach(parsed) < 5000


def _reach(parsed: Any) -> float:
    """The most characters that a parsed pattern can read, those that it looks ahead to included."""
    return sum(_reach_of(str(operation), given) for operation, given in parsed)


def _reach_of(operation: str, given: Any) -> float:
    if operation == "POSSESSIVE_REPEAT" and str(given[2][0][0]) == "IN":
        return int(given[0])  # it gives nothing back, whatever follows
    if operation.endswith("_REPEAT"):
        most = int(given[1])
        return (float("inf") if most >= 2**31 else most) * _reach(given[2])
    if operation == "BRANCH":
        return max(_reach(branch) for branch in given[1])
    if operation in ("SUBPATTERN", "ASSERT", "ASSERT_NOT", "ATOMIC_GROUP"):
        return _reach(given if operation == "ATOMIC_GROUP" else given[-1])
    return 0 if operation == "AT" else 1

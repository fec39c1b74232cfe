"""What is taken out of a question before it is kept."""

import re
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.redaction.redact import redact

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("personal.yaml").read_text("utf-8"))
PIECES = st.sampled_from(
    "0 1 2 3 4 5 6 7 8 9 + - ( ) . / : @ [ ] < [name] [e-mail] a.b at dot com my name is mr dr John smith regards, thanks, "
    "i am her lawyer Zu, signed password: username telegram ul. strasse 12/3 CCF/ A-1 plate 1.2345 at gmail "
    "born on 3 May 1980 passport no AB1 2024 1234567 ٣ ７ www. http:// GB82 WEST 4111 street \u200b \u00ad \x1b[31m \n é".split(" ")
)
TYPED = st.one_of(st.text(), st.lists(PIECES, max_size=24).map("".join), st.lists(PIECES, max_size=24).map(" ".join))


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{place} {row['text'][:40]!r}") for place, row in enumerate(ROWS)])
def test_what_is_hidden_and_what_is_kept(row: dict[str, Any]) -> None:
    found = redact(row["text"])
    assert [part for part in row.get("hidden", ()) if part in found] == []
    assert [part for part in row.get("kept", ()) if part not in found] == []
    if "hidden" not in row:
        assert found == row["text"]
    assert redact(found) == found


def test_the_table_is_large_and_has_both_kinds() -> None:
    plain = sum("hidden" not in row for row in ROWS)
    assert plain >= 40
    assert len(ROWS) - plain >= 60


@given(TYPED)
@example("\ud800 \x1b[31m 12\u200b34567")
@example("my name is [name] 1234567")
@example("a@b@c@d.e")
def test_any_text_can_be_redacted_and_stays_as_it_is_then(text: str) -> None:
    found = redact(text)
    assert redact(found) == found
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u00ad\ud800-\udfff]", found)


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


@given(DIGITS, st.sampled_from(["", "\u200b", "\u00ad", "-"]))
def test_no_long_number_remains(digits: list[str], between: str) -> None:
    found = redact(f"it is {between.join(digits)} ok")
    assert not re.search(r"\d{5}", found) or re.fullmatch(r"it is (?:(?:1[89]|20)\d\d-?)+ ok", found)


def test_a_plain_question_takes_no_time() -> None:
    rows = ["how do i get a diffusion removed from the files", "what is a red notice", "can I travel with one, and who decides that"]
    best = min(_seconds(rows) for _ in range(20)) / len(rows)
    assert best < 100e-6, f"{best * 1e6:.0f} µs"


@pytest.mark.parametrize("piece", ENDLESS)
def test_a_long_text_takes_no_second(piece: str) -> None:
    start = perf_counter()
    redact(piece * (10000 // len(piece)))
    assert perf_counter() - start < 1


def _seconds(rows: list[str]) -> float:
    start = perf_counter()
    for row in rows:
        redact(row)
    return perf_counter() - start

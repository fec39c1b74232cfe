"""Figures of labelled questions: reckoned by hand for small rows, then through the command on a small base."""

import io
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from base import write
from hypothesis import given
from hypothesis import strategies as st

from bot import Bot
from bot.cli import guarded
from bot.evaluate.leave_one_out import ask_own
from bot.evaluate.metrics import (
    Point,
    Row,
    accuracy_at_1,
    auroc,
    bins,
    calibration_error,
    coverage_at,
    figures,
    mean_reciprocal_rank,
    risk_at,
    risk_coverage,
)
from bot.evaluate.progress import watched
from bot.matching.leave_out import questions

ROWS = """
- {kind: plain, q: how deep does the ocean go, accept: [deepest-ocean]}
- {kind: plain, q: "is it true, the earth flat?", accept: [myth-flat]}
- {kind: odd, also: short, q: flat earth, accept: [deepest-ocean]}
- {kind: odd, q: who baked this bread, accept: []}
- {kind: chat, q: hello there, accept: [smalltalk]}
"""


def table(*rows: tuple[float, int | None]) -> list[Row]:
    return [Row(score, rank) for score, rank in rows]


@pytest.mark.parametrize(
    ("rows", "accuracy", "mrr"),
    [
        pytest.param([], None, None, id="none"),
        pytest.param(table((90, 1), (10, 1)), 100, 100, id="all right"),
        pytest.param(table((90, 1), (80, 2), (70, None), (60, 4)), 25, 100 * (1 + 1 / 2 + 1 / 4) / 4, id="ranks 1, 2, none, 4"),
        pytest.param([Row(90, 1), Row(80, None, in_scope=False)], 100, 100, id="out of scope is left out"),
        pytest.param([Row(80, None, in_scope=False)], None, None, id="only out of scope"),
    ],
)
def test_accuracy_and_reciprocal_rank(rows: list[Row], accuracy: float | None, mrr: float | None) -> None:
    assert accuracy_at_1(rows) == accuracy
    assert mean_reciprocal_rank(rows) == (None if mrr is None else pytest.approx(mrr))


@pytest.mark.parametrize(
    ("right", "wrong", "area"),
    [
        pytest.param([], [], None, id="none"),
        pytest.param([5, 6], [], None, id="all right"),
        pytest.param([], [5], None, id="all wrong"),
        pytest.param([3, 4], [1, 2], 100, id="apart"),
        pytest.param([1, 2], [3, 4], 0, id="upside down"),
        pytest.param([5], [5], 50, id="a tie counts half"),
        pytest.param([1, 5, 5], [5, 0], 100 * 4 / 6, id="1>0, 5=5, 5>0, 5=5, 5>0 of six pairs"),
    ],
)
def test_area_under_the_curve(right: Sequence[float], wrong: Sequence[float], area: float | None) -> None:
    assert auroc(right, wrong) == (None if area is None else pytest.approx(area))


SCORES = st.lists(st.integers(0, 100), min_size=1, max_size=20)


@given(right=SCORES, wrong=SCORES)
def test_the_area_knows_only_the_order_of_scores(right: list[int], wrong: list[int]) -> None:
    area = auroc(right, wrong)
    assert area == auroc([score**3 - 7 for score in right], [score**3 - 7 for score in wrong])
    assert area == pytest.approx(100 * sum((a > b) + (a == b) / 2 for a in right for b in wrong) / (len(right) * len(wrong)))


def test_risk_by_coverage_takes_ties_together() -> None:
    curve = risk_coverage(table((90, 1), (80, None), (80, 1), (10, 2)))
    assert curve == (Point(90, 25, 0), Point(80, 75, 100 / 3), Point(10, 100, 50))
    assert risk_at(curve, 30) == curve[1]
    assert risk_at((), 10) is None


@pytest.mark.parametrize(
    ("rows", "covered"),
    [
        pytest.param([], 0, id="none"),
        pytest.param(table(*[(50, 1)] * 3), 100, id="all right"),
        pytest.param(table(*[(50, None)] * 3), 0, id="all wrong"),
        pytest.param(table(*[(90, 1)] * 9, (80, None), (70, None)), 100 * 10 / 11, id="nine of ten"),
        pytest.param(table((90, None), *[(80, 1)] * 9), 100, id="the surest may be wrong"),
    ],
)
def test_coverage_at_90_per_cent_precision(rows: list[Row], covered: float) -> None:
    assert coverage_at(risk_coverage(rows)) == pytest.approx(covered)


def test_calibration_by_bins() -> None:
    found = bins(table((100, 1), (95, 1), (91, None), (5, None), (10, 1)))
    assert [(item.low, item.rows, item.right) for item in found if item.rows] == [(0, 1, 0), (10, 1, 1), (90, 3, 2)]
    assert calibration_error(found) == pytest.approx((5 + 90 + 3 * abs(286 / 3 - 200 / 3)) / 5)
    assert calibration_error(bins([])) is None


def test_no_rows_have_no_figures() -> None:
    assert set(figures([]).named().values()) == {None}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    write(tmp_path / "base")
    (tmp_path / "rows.yaml").write_text(ROWS, "utf-8")
    return tmp_path


def run_on(base: Path, *arguments: str, code: int = 0) -> None:
    assert guarded(["test", "--intents", str(base / "base"), *arguments]) == code


def test_text_has_the_table_and_the_figures(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_on(base, str(base / "rows.yaml"), "--failures")
    out = capsys.readouterr().out
    assert re.search(r"^line 4: wrong: flat earth\n    got \['myth-flat'\], wanted \('deepest-ocean',\)$", out, re.M)
    assert re.search(r"^plain +2 +100\.0%", out, re.M)
    assert re.search(r"^short +1 ", out, re.M)
    assert "labelled questions, 4: accuracy@1 66.7%" in out
    assert "line 4: stands word for word among the alternates" in out


def test_json_is_one_object(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_on(base, str(base / "rows.yaml"), "--json", "--leave-one-out")
    found = json.loads(capsys.readouterr().out)
    assert found["kinds"]["plain"]["rows"] == found["kinds"]["plain"]["right"] == 2
    assert found["in-scope"]["wrong"] == found["out-of-scope"]["refused"] == 1
    assert found["figures"]["accuracy@1"] == pytest.approx(200 / 3)
    assert found["figures"]["pairs"] == [{"entry": "deepest-ocean", "other": "myth-flat", "times": 1, "example": "flat earth", "words": []}]
    assert sum(item["rows"] for item in found["figures"]["bins"]) == 4
    assert found["rows"][2]["ranked"][0]["id"] == "myth-flat"
    assert found["leave-one-out"]["rows"] == 16


def test_junit_fails_the_rows_that_are_not_right(base: Path) -> None:
    (base / "limits.yaml").write_text('{plain: {right: ">= 100"}, ece: <= 0}\n', "utf-8")
    run_on(base, str(base / "rows.yaml"), "--junit", str(base / "a.xml"), "--leave-one-out", "--limits", str(base / "limits.yaml"), code=1)
    root = ElementTree.parse(base / "a.xml").getroot()
    suites = {suite.get("name"): (suite.get("tests"), suite.get("failures")) for suite in root}
    assert suites | {"leave-one-out": None} == {
        "plain": ("2", "0"),
        "odd": ("2", "1"),
        "chat": ("1", "0"),
        "leave-one-out": None,
        "limits": ("2", "1"),
    }
    assert int(root.get("tests", 0)) == len(root.findall(".//testcase")) == 10
    failure = root.find("testsuite[@name='odd']/testcase/failure")
    assert failure is not None
    assert failure.get("message") == "wrong"


def test_the_page_needs_nothing_from_elsewhere(base: Path) -> None:
    (base / "rows.yaml").write_text(ROWS + '- {kind: "<b>", q: "http", accept: []}\n', "utf-8")
    for name in ("one", "two"):
        run_on(base, str(base / "rows.yaml"), "--leave-one-out", "--html", str(base / name))
    page = (base / "one").read_text("utf-8")
    assert page == (base / "two").read_text("utf-8"), "the same run writes the same page"
    assert page.count("<img alt=") >= 7
    assert page.count("<img") == page.count('src="data:image/svg+xml;base64,') == page.count('<img alt="')
    assert not re.search(r"https?://|<script|<link|<b>", page)
    assert 'name="viewport"' in page


def test_without_matplotlib_the_page_says_what_to_install(
    base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    run_on(base, str(base / "rows.yaml"), "--html", str(base / "a.html"), code=2)
    assert "pip install 'factotum-faq[report]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        pytest.param('{plain: {right: ">= 100", wrong: <= 0}, accuracy@1: ">= 60", out-of-scope: {refused: ">=100"}}', [], id="met"),
        pytest.param('{in-scope: {right: ">= 90"}}', ["missed: in-scope right is 66.67, wanted >= 90"], id="missed"),
        pytest.param(
            '{ece: <= 0, leave-one-out: {mrr: ">= 1"}}',
            ["missed: leave-one-out mrr is not measured, wanted >= 1", "missed: ece is"],
            id="not measured is not met",
        ),
    ],
)
def test_limits_decide_the_exit_status(base: Path, capsys: pytest.CaptureFixture[str], limits: str, told: list[str]) -> None:
    (base / "limits.yaml").write_text(limits, "utf-8")
    run_on(base, str(base / "rows.yaml"), "--limits", str(base / "limits.yaml"), code=1 if told else 0)
    out = capsys.readouterr().out
    assert all(line in out for line in told)
    assert out.count("missed:") == len(told)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        pytest.param("limits.yaml", "{plian: {right: <= 1}}", "1:2: error [unknown-key] 'plian' is not a key here. Write 'pl", id="kind"),
        pytest.param("limits.yaml", "{plain: {rigth: <= 1}}", "1:10: error [unknown-key] 'rigth'", id="outcome"),
        pytest.param("limits.yaml", "{mrr: 90}", "1:7: error [form] mrr: '90' is not a limit. Write it like '>= 90'", id="condition"),
        pytest.param("limits.yaml", "[a]", "1:1: error [type]", id="no mapping"),
        pytest.param(
            "rows.yaml",
            "- kind: plain\n  q: how deep\n  accept: [deepest-ocaen]\n",
            "rows.yaml:3:11: error [unknown-id] There is no entry 'deepest-ocaen'. Write 'deepest-ocean'.",
            id="unknown id",
        ),
        pytest.param(
            "rows.yaml",
            "- {kind: a, q: b, accept_all: [[myth-flat], [xyz]]}",
            "1:31: error [unknown-id] There is no entry 'xyz'",
            id="all",
        ),
        pytest.param("labels.yaml", "- {q: flat earth, accept: [nowhere], reason: r}", "labels.yaml:1:27: error [unknown-id]", id="label"),
    ],
)
def test_mistakes_are_told_with_their_place(base: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, told: str) -> None:
    (base / "limits.yaml").write_text("{ece: <= 100}", "utf-8")
    (base / "labels.yaml").write_text("- {q: flat earth, accept: [myth-flat], reason: it is}", "utf-8")
    (base / name).write_text(text, "utf-8")
    run_on(base, str(base / "rows.yaml"), "--limits", str(base / "limits.yaml"), "--relabel", str(base / "labels.yaml"), code=2)
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--kind", "plian"], "no row is of kind 'plian'. The kinds there are: plain, odd, chat.", id="unknown kind"),
        pytest.param(["--junit", "/nowhere/a.xml"], "cannot write /nowhere/a.xml: there is no folder /nowhere.", id="no folder"),
        pytest.param(["--limits", "/nowhere.yaml"], "cannot read /nowhere.yaml", id="no limits"),
    ],
)
def test_wrong_arguments_are_told(base: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    run_on(base, str(base / "rows.yaml"), *arguments, code=2)
    assert told in capsys.readouterr().err


def test_something_has_to_be_measured(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_on(base, code=2)
    assert "give a FILE of labelled questions, or --leave-one-out" in capsys.readouterr().err


def test_new_labels_take_the_place_of_old_ones(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (base / "labels.yaml").write_text("- {q: flat earth, accept: [myth-flat], reason: it is}", "utf-8")
    run_on(base, str(base / "rows.yaml"), "--relabel", str(base / "labels.yaml"), "--kind", "odd")
    assert re.search(r"^short +1 +100\.0%", capsys.readouterr().out, re.M)


def test_leave_one_out_tells_pairs_and_the_words_that_confuse_them() -> None:
    bot = Bot.from_entries(
        [
            {"id": "ticket", "questions": ["refund a ticket", "price of admission", "zebra crossing voucher"], "answer": "-"},
            {"id": "zoo", "questions": ["the zebra is hungry", "who feeds the zebra", "zebra feeding hours"], "answer": "-"},
        ]
    )
    found = ask_own(bot, questions(bot.index))
    (pair,) = (pair for pair in found.pairs if pair.other == "zoo")
    assert (pair.entry, pair.times, pair.example, pair.words) == ("ticket", 1, "zebra crossing voucher", ("zebra",))
    assert found.asked == {"ticket": 3, "zoo": 3}
    assert found.figures.accuracy == pytest.approx(100 * (6 - sum(pair.times for pair in found.pairs)) / 6)


def test_leave_one_out_needs_no_file(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_on(base, "--leave-one-out")
    told = capsys.readouterr()
    assert told.out.startswith("leave-one-out, 16: accuracy@1 ")
    assert told.err == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_for_terminals_only() -> None:
    for stream, shown in ((io.StringIO(), False), (Terminal(), True)):
        assert list(watched(range(120), "rows", stream)) == list(range(120))
        assert ("rows: 100 of 120" in stream.getvalue()) is shown

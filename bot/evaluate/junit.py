"""What was measured -> JUnit XML, which build servers read."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bot.english.tokens import safe
from bot.evaluate.as_text import instead, pair_line
from bot.evaluate.leave_one_out import Own
from bot.evaluate.measure import Result
from bot.evaluate.summary import OWN, Summary


@dataclass(frozen=True, slots=True)
class _Test:
    """A test case: its suite, its name and, if it failed, why (in one line, and at length)."""

    suite: str
    name: str
    fault: str = ""
    details: str = ""


def as_junit(summary: Summary) -> str:
    """A suite for each kind with a case a row, one of the left-out questions with a case an entry, and one of the limits. A row that is
    not right fails; whether the run as a whole is good is for the limits to say."""
    tests = [_row(result) for result in summary.results]
    tests += _entries(summary.own) if summary.own else []
    tests += [_Test("limits", verdict.name, "" if verdict.met else str(verdict)) for verdict in summary.verdicts]
    root = Element("testsuites", {"name": "factotum test"} | _counts(tests))
    for suite in dict.fromkeys(test.suite for test in tests):
        _suite(root, suite, [test for test in tests if test.suite == suite])
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"


def _row(result: Result) -> _Test:
    fault = "" if result.as_wanted else result.outcome
    return _Test(result.case.kind, f"line {result.case.line}: {result.case.message}", fault, instead(result))


def _entries(own: Own) -> Iterable[_Test]:
    for entry, asked in own.asked.items():
        lost = [pair for pair in own.pairs if pair.entry == entry]
        fault = f"{sum(pair.times for pair in lost)} of {asked} questions are taken for another" if lost else ""
        yield _Test(OWN, entry, fault, "\n".join(pair_line(pair) for pair in lost))


def _suite(root: Element, name: str, tests: list[_Test]) -> None:
    suite = SubElement(root, "testsuite", {"name": _clean(name)} | _counts(tests))
    for test in tests:
        case = SubElement(suite, "testcase", classname=_clean(name), name=_clean(test.name))
        if test.fault:
            SubElement(case, "failure", message=_clean(test.fault)).text = "\n".join(map(_clean, test.details.splitlines()))


def _counts(tests: list[_Test]) -> dict[str, str]:
    return {"tests": str(len(tests)), "failures": str(sum(bool(test.fault) for test in tests))}


def _clean(text: str) -> str:
    """Text in one line without the characters that XML 1.0 has no place for."""
    return "".join(char for char in " ".join(safe(text).split()) if char not in "\ufffe\uffff")

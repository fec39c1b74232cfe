"""What was measured -> one JSON object."""

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from bot.evaluate.leave_one_out import Pair
from bot.evaluate.measure import OUTCOMES, Result, by_kind, sums
from bot.evaluate.summary import OWN, Section, Summary, key_of

MOST_RANKED = 5


def as_json(summary: Summary) -> str:
    """The object as ASCII text. Counts are numbers of rows; shares, scores and figures are 0..100, null where nothing could tell."""
    return json.dumps(_object(summary), indent=2)


def _object(summary: Summary) -> dict[str, Any]:
    found = {"kb": summary.kb, "kinds": {name: _counts(counts) for name, counts in by_kind(summary.results).items()}}
    found |= {key_of(name): _counts(counts) for name, counts in sums(summary.results).items()}
    found |= {(OWN if section.title == OWN else "figures"): _section(section) for section in summary.sections}
    judged = [result.stance_right for result in summary.results if result.stance_right is not None]
    return found | {
        "stances": {"rows": len(judged), "right": sum(judged)},
        "rows": [_result(result) for result in summary.results],
        "seen": [{"line": case.line, "message": case.message} for case in summary.seen],
        "limits": [asdict(verdict) for verdict in summary.verdicts],
    }


def _counts(counts: Counter[str]) -> dict[str, int]:
    return {"rows": counts.total()} | {outcome: counts[outcome] for outcome in OUTCOMES}


def _section(section: Section) -> dict[str, Any]:
    return {
        "rows": section.figures.rows,
        **section.figures.named(),
        "curve": [asdict(point) for point in section.figures.curve],
        "bins": [asdict(item) | {"share": item.share} for item in section.figures.bins],
        "pairs": [_pair(pair) for pair in section.pairs],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return asdict(pair) | {"words": list(pair.words)}


def _result(result: Result) -> dict[str, Any]:
    return {
        "line": result.case.line,
        "kinds": list(result.case.kinds),
        "message": result.case.message,
        "wanted": [list(group) for group in result.case.accept_all] or list(result.case.accept),
        "outcome": result.outcome,
        "as_wanted": result.as_wanted,
        "said": result.said,
        "ranked": [{"id": name, "score": round(score, 1)} for name, score in result.ranked[:MOST_RANKED]],
    }

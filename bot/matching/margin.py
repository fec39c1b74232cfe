"""How narrow a decision was, in points of the score."""

from bot.matching.calibration import Limits
from bot.matching.decision import Answered, Decision, NoAnswer
from bot.matching.evidence import Evidence
from bot.matching.match import Match


def margin(found: Match, limits: Limits) -> float | None:
    """How many points (0..100) the best candidate of a match was away from another decision: of an answer, or of what lies outside, how
    many it could have lost, to the threshold or to the next subject; of no answer, how many it lacked. None if nothing was weighed."""
    held = _held_by(found.decision)
    best = held or next(iter(found.evidence), None)
    if best is None:
        return None
    others = (item.score for item in found.evidence if item.candidate.target.subject != best.candidate.target.subject)
    ahead = min(best.score - limits.threshold, best.score - max(others, default=0.0) - limits.margin)
    return max(ahead if held else -ahead, 0.0)


def _held_by(decision: Decision) -> Evidence | None:
    """What was strong enough to decide; None if nothing was."""
    match decision:
        case Answered(best):
            return best
        case NoAnswer(outside=outside):
            return outside
    return None

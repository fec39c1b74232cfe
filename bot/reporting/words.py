"""How a report says things, in every form of it."""

from bot.english.tokens import safe
from bot.reporting.report import Report, Saved

NAMES = {
    "asked": "questions",
    "answered": "answered",
    "asked_back": "asked back",
    "refused": "no answer",
    "handed_over": "handed over",
    "small_talk": "small talk",
    "chosen": "pressed options (no questions)",
    "helpful": "judged Yes",
    "unhelpful": "judged No",
}
"""The numbers of report.Counts in words."""

SHARED = ("answered", "asked_back", "refused", "handed_over", "small_talk")
"""What every question is one of."""

_LONGEST = 200


def shown(text: str) -> str:
    """A text of unknown origin on one line of at most 200 characters, without control characters."""
    line = " ".join(safe(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def percent(share: float | None) -> str:
    """A share of 0..100 in words; "-" if there is none."""
    return "-" if share is None else f"{share:.0f}%"


def change(now: float, then: float) -> str:
    """How a number moved: +3, -2 or 0."""
    return f"{now - then:+g}" if now != then else "0"


def title(report: Report) -> str:
    """What stands over a report."""
    return f"Questions from {report.period}"


def beside(report: Report) -> str:
    """What the period is compared with, and where less is kept of that than it seems, in sentences."""
    if not report.before:
        return "There is no period before it to compare with."
    short = report.begins and report.begins > report.before.first
    return f"Beside it: {report.before}." + (f" The first message of both is from {report.begins}." if short else "")


def growing_title(report: Report) -> str:
    """What stands over the questions without an answer."""
    return "Questions without an answer that grow" if report.before else "Questions without an answer"


def estimate(found: Saved) -> str:
    """The estimate of what no person had to answer, as a sentence."""
    if found.least is None:
        return f"At most {found.most}. Nobody judged an answer, so that no lower end can be told."
    return f"Between {found.least} and {found.most}."


def how_estimated(found: Saved) -> str:
    """How that is estimated, with the numbers that it rests on."""
    most = (
        f"At most: {found.answered} questions answered, less {found.unhelpful} whose reply was judged No and {found.handed_over} of "
        "conversations that were handed over to a person."
    )
    least = (
        f" At least: the same, times the share of helpful answers that {found.helpful} of {found.judged} judgements vouch for (lower "
        "end of Wilson's 95% interval), as if those who did not judge were like those who did."
    )
    return f"{most}{least if found.judged else ''} How many of them would have asked a person at all, nobody knows."

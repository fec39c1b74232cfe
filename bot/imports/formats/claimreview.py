"""ClaimReview of schema.org, on a page or alone, and Data Commons feeds of it: reviewed claims become myths.

The verdict is told by the words of the rating, else by its number. A claim that was found to be true is no mistaken belief and is left out,
and so is one whose rating nobody here can read. A review names no fact: its own text is the answer, if it has one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.english.tokens import fold
from bot.imports.files import File
from bot.imports.found import Claim, Found, Item, Skipped, Text
from bot.imports.jsonld import as_list, is_a, nodes, scripts, words

NAMES = ("claimreview",)
ABOUT = "reviewed claims (ClaimReview)"

_VERDICTS = (
    ("outdated", r"outdated|out of date|no longer|was true"),
    (
        "unproven",
        r"unproven|unsupported|unverified|no evidence|not proven|unsubstantiated|unfounded|lacks evidence|unclear|research in progress",
    ),
    (
        "misleading",
        r"mislead|partly|partial|half|mixture|mixed|missing context|lacks context|out of context|context|distort|exaggerat|cherry|mostly"
        r"|satire|miscaption|inaccurate|spin",
    ),
    ("true", r"true|correct|accurate|legit|real|right|fact"),
    (
        "incorrect",
        r"false|incorrect|wrong|fake|hoax|pants on fire|fabricat|altered|manipulat|not true|untrue|scam|myth|fiction|debunk|error",
    ),
)
"""Words of ratings, in the languages that an entry is read in; of those that hold several, the first row that fits."""

_DENIED = re.compile(r"\b(?:not|un|in|never)[ -]?(?:true|correct|accurate|real)\b|pants on fire|\bfalse\b|\bfake\b|\bincorrect\b|\bwrong\b")


def recognise(file: File) -> bool:
    if file.looks_like_json:
        return any(is_a(node, "ClaimReview") for _, node in nodes(file.json))
    return "ClaimReview" in file.start and "ld+json" in file.start and "FAQPage" not in file.start


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        for place, value in [("", file.json)] if file.looks_like_json else _scripts(file):
            if value is None:
                yield Skipped(f"{where}{place}", "", "this JSON-LD is broken and cannot be read")
            for path, node in nodes(value):
                if is_a(node, "ClaimReview"):
                    yield _item(node, f"{where}{place}{path}" or "the review")


def _scripts(file: File) -> Iterator[tuple[str, Any]]:
    from selectolax.lexbor import LexborHTMLParser

    for number, value in scripts(LexborHTMLParser(file.text)):
        yield f"script {number}: ", value


def _item(node: Mapping[str, Any], place: str) -> Found:
    reviewed = next((one for one in as_list(node.get("itemReviewed")) if isinstance(one, Mapping)), {})
    claim = (
        words(node.get("claimReviewed")) or words(reviewed.get("name")) or words(reviewed.get("headline")) or words(reviewed.get("text"))
    )
    rating = next((one for one in as_list(node.get("reviewRating")) if isinstance(one, Mapping)), {})
    label = words(rating.get("alternateName")) or words(rating.get("name"))
    verdict = verdict_of(label) or _by_number(rating)
    if not claim:
        return Skipped(place, words(node.get("name"))[:80], "it names no claim")
    if verdict in ("true", ""):
        reason = f"it was found to be true (“{label}”)" if verdict else f"its rating “{label}” is none that we can read"
        return Skipped(place, claim[:80], reason)
    shown = label or verdict
    author = next((one for one in as_list(node.get("author")) if isinstance(one, Mapping)), {})
    told = words(rating.get("ratingExplanation")) or words(node.get("reviewBody")) or words(node.get("description"))
    return Item(
        place,
        (_question(words(node.get("name")), claim), claim),
        Text(told or f"A review rated this claim “{shown}”.", "guess"),
        name=words(node.get("identifier")) or claim,
        as_of=words(node.get("temporalCoverage")) or words(node.get("dateModified")) or words(node.get("datePublished")),
        url=words(node.get("url")),
        claim=Claim(claim, verdict, shown, words(author.get("name"))),
    )


def _question(name: str, claim: str) -> str:
    """What people ask about a claim: the title of the review if it is a question."""
    return name if name.rstrip().endswith("?") else f"Is it true: {claim.rstrip('.')}?"


def verdict_of(label: str) -> str:
    """The verdict that the words of a rating stand for: one of bot.kb.schema.VERDICTS, "true", or "" if they cannot be read."""
    text = fold(label)
    if _DENIED.search(text) and not re.search(r"partly|partial|half|mostly|mixture|mislead|context", text):
        return "incorrect"
    return next((verdict for verdict, pattern in _VERDICTS if re.search(rf"\b(?:{pattern})", text)), "")


def _by_number(rating: Mapping[str, Any]) -> str:
    """The verdict by the place of a rating between the worst and the best, which schema.org takes for 1 and 5."""
    value, worst, best = (_number(words(rating.get(key))) for key in ("ratingValue", "worstRating", "bestRating"))
    worst, best = 1.0 if worst is None else worst, 5.0 if best is None else best
    if value is None or best <= worst or not worst <= value <= best:
        return ""
    place = (value - worst) / (best - worst)
    return "incorrect" if place < 0.3 else "misleading" if place < 0.8 else "true"


def _number(text: str) -> float | None:
    found = re.fullmatch(r"\s*(-?\d+(?:[.,]\d+)?)\s*", text)
    return float(found[1].replace(",", ".")) if found else None

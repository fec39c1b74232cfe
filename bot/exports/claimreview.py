"""ClaimReview: the myths of a base as a feed of fact checks, in the form that Data Commons collects (a DataFeed of schema.org).

The verdict stands as words (`alternateName`) without a number: a scale from 1 to 5 would say more than the base knows.
"""

from collections.abc import Iterator

from bot.exports.content import answer_of
from bot.exports.format import Format, Output, Subject, keys
from bot.exports.markup import as_html
from bot.exports.structured_data import CONTEXT, Node, citations, filled, named, organization, written
from bot.kinds import KINDS
from bot.knowledge import Entry


def write(subject: Subject) -> Output:
    subject, notes = subject.current()
    entries = subject.entries()
    myths = [entry for entry in entries if KINDS[entry.kind].has_claim]
    feed: Node = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": subject.title,
        "dateModified": subject.day.isoformat(),
        "dataFeedElement": [_element(entry, subject) for entry in myths],
    }
    return Output({"claims.jsonld": written(feed)}, (*notes, *_lacks(subject, len(entries) - len(myths))))


def _lacks(subject: Subject, left_out: int) -> Iterator[str]:
    if left_out:
        yield f"{left_out} FAQ entries left out: only myths have a claim."
    if not (subject.author and subject.url):
        yield "readers of such feeds ask for an author and an address: name them with --author and --url."


def _element(entry: Entry, subject: Subject) -> Node:
    return {"@type": "DataFeedItem", "item": [_review(entry, subject)]}


def _review(entry: Entry, subject: Subject) -> Node:
    rating: Node = {
        "@type": "Rating",
        "alternateName": (entry.verdict or "").capitalize(),
        "ratingExplanation": entry.answer,
    }
    return filled(
        {
            "@type": "ClaimReview",
            **named(entry, subject),
            "url": subject.address(entry) if subject.url else None,
            "name": entry.question,
            "author": organization(subject.author) if subject.author else None,
            "claimReviewed": entry.claim,
            "itemReviewed": {"@type": "Claim", "text": entry.claim},
            "reviewRating": filled(rating),
            "reviewBody": as_html(answer_of(entry, subject.kb)),
            "temporalCoverage": entry.as_of,
            "expires": entry.expires,
            "citation": citations(entry, subject.kb),
        }
    )


FORMAT = Format(
    name="claimreview",
    about="the myths as ClaimReview of schema.org, a feed as Data Commons reads it",
    write=write,
    holds=keys("id question claim verdict answer as_of"),
    shown=keys("why remember by_status points steps more sources expires theme"),
)

"""ClaimReview: the myths of a base as a feed of fact checks, in the form that Data Commons collects (a DataFeed of schema.org).

The verdict stands as words (`alternateName`) without a number: a scale from 1 to 5 would say more than the base knows.
"""

from bot.exports.content import answer_of
from bot.exports.format import Format, Output, Subject, keys
from bot.exports.markup import as_html
from bot.exports.structured_data import CONTEXT, Node, citations, filled, organization, written
from bot.kinds import KINDS
from bot.knowledge import Entry


def write(subject: Subject) -> Output:
    subject, notes = subject.current()
    entries = [entry for _, entry in subject.entries()]
    myths = [entry for entry in entries if KINDS[entry.kind].has_claim]
    feed: Node = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": subject.title,
        "dateModified": subject.day.isoformat(),
        "dataFeedElement": [_element(entry, subject) for entry in myths],
    }
    left = len(entries) - len(myths)
    told = [f"{left} FAQ entries left out: there are claims in myths only."] if left else []
    return Output({"claims.jsonld": written(feed)}, (*notes, *told))


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
            "@id": subject.address(entry),
            "url": subject.address(entry) if subject.url else None,
            "name": entry.question,
            "author": organization(subject.title),
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
    holds=keys("id question claim verdict answer as_of expires"),
    shown=keys("why remember points steps more sources"),
)

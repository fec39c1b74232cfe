"""FAQPage: structured data of schema.org as JSON-LD, to be put into a page inside <script type="application/ld+json">.

A date of a fact is `temporalCoverage` (the time that the content applies to), since `dateModified` would be the day of an edit. Only what
is still answered on the day stands here: what has expired is left out.
"""

from bot.exports.content import answer_of, questions_of
from bot.exports.format import Format, Output, Subject, keys
from bot.exports.markup import as_html
from bot.exports.structured_data import CONTEXT, Node, citations, filled, named, organization, written
from bot.knowledge import Entry


def write(subject: Subject) -> Output:
    subject, notes = subject.current()
    page: Node = {
        "@context": CONTEXT,
        "@type": "FAQPage",
        "name": subject.title,
        "url": subject.url,
        "author": organization(subject.author) if subject.author else None,
        "inLanguage": "en",
        "sdDatePublished": subject.day.isoformat(),
        "mainEntity": [_question(entry, subject) for entry in subject.entries()],
    }
    return Output({"faq.jsonld": written(filled(page))}, tuple(notes))


def _question(entry: Entry, subject: Subject) -> Node:
    answer: Node = {
        "@type": "Answer",
        "text": as_html(answer_of(entry, subject.kb)),
        "temporalCoverage": entry.as_of,
        "expires": entry.expires,
        "citation": citations(entry, subject.kb),
    }
    return filled(
        {
            "@type": "Question",
            **named(entry, subject),
            "name": entry.question,
            "alternateName": questions_of(entry, subject.kb)[1:],
            "acceptedAnswer": filled(answer),
        }
    )


FORMAT = Format(
    name="faqpage",
    about="FAQPage of schema.org as JSON-LD, for search engines and the like",
    write=write,
    holds=keys("id theme question alternates answer as_of"),
    shown=keys("claim verdict why remember by_status points steps more sources expires"),
)

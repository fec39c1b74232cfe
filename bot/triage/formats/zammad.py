"""Zammad: articles of the API, tickets with their articles, webhooks ({ticket, article}) and answers with assets.

Who wrote an article is told by `sender`, not by `created_by`: an agent writes down what a customer says on the phone. In assets the sender
is a number; 2 is the customer in every installation, as Zammad's seeds have it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.imports.values import mapping, text
from bot.triage.formats.fields import message, unmarked
from bot.triage.message import Found, Left

_CUSTOMER = 2


def messages(record: Mapping[str, Any], place: str) -> Iterator[Found] | None:
    title, articles = _articles(record)
    return _messages(title, articles, place) if articles else None


def _articles(record: Mapping[str, Any]) -> tuple[str, list[Mapping[str, Any]]]:
    """(title, articles) of a record in any of its forms; no articles if it is of another format."""
    title = text(record.get("title")) or text(mapping(record.get("ticket")).get("title"))
    if isinstance(record.get("articles"), list):
        return title, [mapping(one) for one in record["articles"]]
    if isinstance(record.get("article"), Mapping):
        return title, [record["article"]]
    assets = mapping(mapping(record.get("assets")).get("TicketArticle"))
    if assets:
        return title, [mapping(one) for one in assets.values()]
    return title, [record] if "ticket_id" in record and {"sender", "sender_id"} & record.keys() else []


def _messages(title: str, articles: list[Mapping[str, Any]], place: str) -> Iterator[Found]:
    for number, article in enumerate(articles, 1):
        where = f"{place}, article {number}" if len(articles) > 1 else place
        if not _by_customer(article):
            yield Left(where, "skipped", "not by the customer")
            continue
        words = text(article.get("body"))
        plain = unmarked(words) if text(article.get("content_type")).startswith("text/html") else words
        yield message(where, plain, text(article.get("subject")) or title, article.get("created_at"))


def _by_customer(article: Mapping[str, Any]) -> bool:
    sender = text(article.get("sender")).lower()
    return (sender == "customer" or (not sender and article.get("sender_id") == _CUSTOMER)) and article.get("internal") is not True

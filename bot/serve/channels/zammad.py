"""Zammad: a trigger's webhook tells of an article of a customer, and an internal note of the ticket, or an answer to it, comes back.

By Zammad's documentation (admin: Webhook; API: Ticket Articles). The signature is X-Hub-Signature, "sha1=" and the HMAC-SHA1 of the body in
hex. It has no time in it, so an old request is known by its X-Zammad-Delivery alone.
"""

import hashlib
import hmac
import html
from datetime import datetime

import orjson

from bot.reply import Reply
from bot.serve.channels.drafts import note_of
from bot.serve.channels.html_text import words_of
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending

NAME = "zammad"
_WHO = Sending(NAME, {"method": "GET", "path": "/api/v1/users/me"})


def is_genuine(keys: Keys, headers: Headers, body: bytes, now: datetime) -> bool:
    if keys.secret is None:
        return False
    wanted = "sha1=" + hmac.new(keys.secret.get_secret_value().encode(), body, hashlib.sha1).hexdigest()
    return hmac.compare_digest(wanted.encode(), headers.get("x-hub-signature", "").encode("utf-8", "replace"))


def read(headers: Headers, body: bytes) -> Incoming | None:
    event = orjson.loads(body)
    article, ticket = event["article"], event["ticket"]
    if article.get("sender") != "Customer" or article.get("internal"):
        return None
    text = article["body"] or ""
    if article.get("content_type") == "text/html":
        text = words_of(text)
    to = {"ticket": int(ticket["id"]), "type": str(article.get("type") or "note"), "subject": str(article.get("subject") or "")}
    return Incoming(f"article-{int(article['id'])}", str(ticket["id"]), text, to=to | {"from": str(article.get("from") or "")})


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    to = incoming.to
    text = f"{reply.text}\n\n{note_of(reply)}" if draft else reply.text
    article = {
        "ticket_id": to["ticket"],
        "subject": to["subject"],
        "body": _paragraphs(text),
        "content_type": "text/html",
        "sender": "Agent",
    }
    # Zammad sends a mail for a note of the type "email" even if it is internal (API documentation, Ticket Articles).
    kind = {"type": "note", "internal": True} if draft else {"type": to["type"], "internal": False, "to": to["from"]}
    return [Sending(NAME, {"method": "POST", "path": "/api/v1/ticket_articles", "json": article | kind})]


def headers(keys: Keys, key: str, now: datetime, body: bytes) -> dict[str, str]:
    return {"Authorization": f"Token token={keys.token.get_secret_value()}"} if keys.token else {}


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))


PLATFORM = Platform(NAME, "contract only", answer, Hook(is_genuine, read), headers, _WHO)

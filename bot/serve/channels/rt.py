"""Request Tracker 5: a scrip tells of a requestor's message, and a comment of the ticket, which only its staff sees, or an answer comes
back.

Seen of a real one (5.0.3): it has no webhooks, so that the scrip sends {"ticket", "transaction", "text"} with our secret in a header; it
tells of a ticket before others can see it, and the first attempt may be answered 404 or 400; JSON alone keeps letters that are not ASCII.
"""

from datetime import datetime

import orjson

from bot.reply import Reply
from bot.serve.channels.drafts import note_of
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending
from bot.serve.channels.shared_secret import is_known

NAME = "rt"


def read(headers: Headers, body: bytes) -> Incoming | None:
    told = orjson.loads(body)
    ticket = str(int(told["ticket"]))
    return Incoming(str(int(told["transaction"])), ticket, str(told["text"]), to={"ticket": ticket})


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    text = f"{reply.text}\n\n{note_of(reply)}" if draft else reply.text
    path = f"/REST/2.0/ticket/{incoming.to['ticket']}/{'comment' if draft else 'correspond'}"
    return [Sending(NAME, {"method": "POST", "path": path, "json": {"Content": text, "ContentType": "text/plain"}})]


def headers(keys: Keys, key: str, now: datetime, body: bytes) -> dict[str, str]:
    return {"Authorization": f"token {keys.token.get_secret_value()}"} if keys.token else {}


_WHO = Sending(NAME, {"method": "GET", "path": "/REST/2.0/queues/all"})
PLATFORM = Platform(NAME, "contract only", answer, Hook(is_known, read), headers, _WHO)

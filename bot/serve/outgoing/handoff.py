"""A conversation that is handed over, as a mail to the people who take it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.questionlog.outbox import Due
from bot.serve.outgoing.smtp import MailServer

_SUBJECT = 60  # characters of what was said that stand in the subject
_WHY = {
    "asked-for-human": "The person asked for somebody.",
    "third-miss": "The bot had no answer three times in a row.",
    "danger": "The person tells of danger.",
}


@dataclass(frozen=True, slots=True)
class HandoffMail:
    """Sends what is handed over to an address."""

    server: MailServer
    to: str

    async def deliver(self, due: Due) -> None:
        """Sends the mail of a message of the desk. Raises Undelivered."""
        await self.server.deliver(replace(due, message=replace(due.message, body=mail_of(due.message.body, self.to))))


def mail_of(body: Mapping[str, Any], to: str) -> dict[str, Any]:
    """The mail of a conversation that is handed over, or of a further message in one that a person has."""
    data = body["data"]
    lines = data.get("transcript") or [{"at": body["timestamp"], "from": "person", "text": data.get("text", "")}]
    last = next((line["text"] for line in reversed(lines) if line["from"] == "person"), "")
    about = "A person is wanted" if data.get("why") else "A further message"
    named = [f"{name}: {data[key]}" for name, key in _NAMED if data.get(key)]
    said = "\n\n".join(f"[{line['at'][:16].replace('T', ' ')}] {line['from']}:\n{line['text']}" for line in lines)
    text = "\n".join((_WHY.get(data.get("why", ""), data.get("why") or about), *named, "", said, ""))
    return {"to": to, "subject": f"{about}: {last[:_SUBJECT]}", "text": text}


_NAMED = (("Page", "page"), ("Channel", "channel"), ("Its id there", "outer"), ("Conversation", "conversation"))

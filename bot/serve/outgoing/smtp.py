"""Mail by SMTP: a message whose body holds `to`, `subject` and `text`, and of an answer also what it is in reply to."""

import asyncio
import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from bot.questionlog.outbox import Due
from bot.serve.outgoing.delivery import Undelivered

SECONDS = 15.0
"""Time limit of each step of a conversation with the mail server."""

POLICY = SMTP.clone(max_line_length=998)
"""No header is folded: Python encodes ids of 78 characters and more in References when it folds, and the thread is lost."""

_MOST_REFERENCES = 8  # ids in References, so that the line stays below 998 characters; the first and the last ones tell the thread

_UNFIT = re.compile(r"[^A-Za-z0-9._-]")
"""What the left part of a Message-ID may not hold, or what servers trip over; keys may be made of somebody else's ids."""

_NEVER = range(500, 600)  # replies of the server that will not change (RFC 5321, 2008, section 4.2.1)


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mail: smtp://user:password@host:port, with STARTTLS where it is offered, or smtps:// for TLS from the start."""

    url: str
    sender: str

    async def deliver(self, due: Due) -> None:
        """Sends a mail. Raises Undelivered; final if the server refuses the recipient or the mail for good."""
        await asyncio.to_thread(self._deliver, written(due, self.sender))

    def try_out(self) -> None:
        """Logs in and sends nothing. Raises Undelivered."""
        try:
            with _connected(self.url) as server:
                server.noop()
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered(f"the mail server does not let us in ({type(error).__name__})") from None

    def _deliver(self, mail: EmailMessage) -> None:
        try:
            with _connected(self.url) as server:
                server.send_message(mail, from_addr=self.sender)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise Undelivered(f"the recipient was refused ({codes[0]})", final=all(code in _NEVER for code in codes)) from None
        except smtplib.SMTPDataError as error:
            raise Undelivered(f"the mail was refused ({error.smtp_code})", final=error.smtp_code in _NEVER) from None
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered(f"the mail server does not take it ({type(error).__name__})") from None


def _connected(url: str) -> smtplib.SMTP:
    """A connection to a mail server, logged in if the address says as whom. Raises SMTPException and OSError."""
    parts, context = urlsplit(url), ssl.create_default_context()
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def written(due: Due, sender: str, *, automatic: bool = True) -> EmailMessage:
    """The mail of a message. Its Message-ID is made of the key, so that a server that got it twice can tell; if nobody reads it before it
    goes out, Auto-Submitted (RFC 3834) and its older kin keep other programs from answering it."""
    body, mail = due.message.body, EmailMessage(policy=POLICY)
    mail["From"], mail["To"], mail["Subject"] = sender, body["to"], " ".join(str(body["subject"]).split())[:200]
    mail["Date"] = format_datetime(due.at)
    mail["Message-ID"] = f"<{_UNFIT.sub('_', due.message.key)}@{sender.rpartition('@')[2].rstrip('>')}>"
    if references := [str(item) for item in body.get("references", ())]:
        mail["In-Reply-To"] = references[-1]
        mail["References"] = " ".join(references[:1] + references[1:][1 - _MOST_REFERENCES :])
    if automatic:
        mail["Auto-Submitted"] = "auto-replied" if references else "auto-generated"
        mail["X-Auto-Response-Suppress"], mail["Precedence"] = "All", "bulk"
    mail.set_content(body["text"])
    return mail

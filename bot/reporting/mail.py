"""A report -> a mail, sent by an SMTP server: the text as the message, the page as a file beside it."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from bot.errors import BotError, UsageError

VARIABLE = "FACTOTUM_SMTP"
"""The environment variable with the server, for a password does not belong on a command line."""

_TIMEOUT = 60.0
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server. `tls`: encrypted from the start; else STARTTLS is used where the server offers it, and always with a password."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = field(default="", repr=False)


def server_of(url: str) -> Server:
    """`smtp://[USER:PASSWORD@]HOST[:PORT]` or `smtps://…` -> the server. Raises UsageError, whose message does not repeat the URL."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or not parts.hostname:
        raise UsageError(f"{VARIABLE} does not name a mail server. Write it like smtp://user:password@mail.example.org:587.")
    return Server(parts.hostname, port, parts.scheme == "smtps", unquote(parts.username or ""), unquote(parts.password or ""))


def address_of(text: str) -> str:
    """An address as it is written in a header. Raises UsageError if it is none."""
    try:
        found = Address(addr_spec=text)
    except (ValueError, IndexError):
        found = None
    if not found or not found.username or not found.domain or not (text.isascii() and text.isprintable()):
        raise UsageError(f"'{text[:60]}' is no mail address.")
    return text


def message(subject: str, text: str, page: str | None, sender: str, to: Sequence[str], now: datetime) -> EmailMessage:
    """The mail. `page` is the report as HTML, None to send the text alone. It says that a machine sent it (RFC 3834)."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"], mail["Date"] = subject, sender, ", ".join(to), format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text + "\n")
    if page:
        mail.add_attachment(page.encode(), maintype="text", subtype="html", filename="report.html")
    return mail


def send(mail: EmailMessage, server: Server) -> None:
    """Hands a mail to a server. Raises BotError if it is not taken, or not by every recipient."""
    try:
        with _connection(server) as connection:
            refused = connection.send_message(mail)
    except (smtplib.SMTPException, OSError, ssl.SSLError) as error:
        raise BotError(f"the report was not sent: {server.host}:{server.port} {_why(error)}.") from error
    if refused:
        raise BotError(f"the report was sent, but the server refused {', '.join(sorted(refused))}.")


@contextmanager
def _connection(server: Server) -> Iterator[smtplib.SMTP]:
    with _opened(server) as made:
        made.ehlo()
        if not server.tls and (server.password or made.has_extn("starttls")):
            made.starttls(context=ssl.create_default_context())
        if server.user:
            made.login(server.user, server.password)
        yield made


def _opened(server: Server) -> smtplib.SMTP:
    if server.tls:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=ssl.create_default_context())
    return smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)


def _why(error: Exception) -> str:
    """What went wrong, without the addresses and texts that errors of smtplib carry."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return "does not take the name or password"
        case smtplib.SMTPNotSupportedError():
            return "offers no encryption, and a password is not sent without"
        case smtplib.SMTPRecipientsRefused():
            return f"refuses {', '.join(sorted(error.recipients))}"
        case smtplib.SMTPResponseException():
            return f"answers {error.smtp_code}"
        case ssl.SSLError():
            return "has no certificate that this machine trusts"
        case OSError():
            return f"cannot be reached ({error.strerror or type(error).__name__})"
    return f"broke off ({type(error).__name__})"

"""E-mail as a channel: what is read of a mail, which mail is never answered, and a service that watches a real mailbox (Dovecot)."""

import json
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import base
import pytest
from dovecot import Mailserver, mailserver
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from peers import MailPeer, mail_peer
from service import Service, running, until

from bot.commands import channel
from bot.errors import BotError
from bot.serve.channels.mail import incoming_of, read

OWN = "Desk <bot@desk.test>"
ASKED = "how deep is the deepest ocean"


def raw(text: str = ASKED, **headers: str) -> bytes:
    """A mail of a person, with other headers: names with _ for -; an empty one is left out."""
    given = {"From": "Ann <ann@example.org>", "To": OWN, "Subject": "Sea", "Message-ID": "<1@example.org>"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return f"{head}\r\n{text}\r\n".encode()


PERSONS = {
    "a person": {},
    "Auto-Submitted: no": {"Auto_Submitted": "no"},
    "a priority": {"Precedence": "first-class", "X_Priority": "1"},
    "an empty In-Reply-To, as Request Tracker writes it": {"In_Reply_To": " "},
    "a name like a program's": {"From": "postmasters@example.org"},
}
PROGRAMS = {
    "Request Tracker's autoreply": {"Auto_Submitted": "auto-replied", "Precedence": "bulk", "X_RT_Loop_Prevention": "desk"},
    "Request Tracker, permission denied": {"Precedence": "bulk", "X_RT_Loop_Prevention": "desk"},
    "django-helpdesk by mail": {"Auto_Submitted": "auto-replied", "X_Auto_Response_Suppress": "All", "Precedence": "auto_reply"},
    "Roundup, failed submission": {"Precedence": "bulk", "X_Roundup_Loop": "hello"},
    "Sieve vacation": {"Auto_Submitted": "auto-replied (vacation)", "X_Sieve": "Pigeonhole", "Return_Path": "<>"},
    "a bounce": {"Auto_Submitted": "auto-replied", "Return_Path": "<>", "From": "MAILER-DAEMON@desk.test"},
    "a bounce without marks": {"Content_Type": 'multipart/report; boundary="x"'},
    "an out of office of Exchange": {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"},
    "a list": {"List_Id": "<l.example.org>"},
    "a newsletter": {"List_Unsubscribe": "<https://example.org>"},
    "auto-generated": {"Auto_Submitted": "Auto-Generated"},
    "an encoded mark": {"Auto_Submitted": "=?utf-8?q?auto-replied?="},
    "no-reply": {"From": "No-Reply@example.org"},
    "nobody": {"From": ""},
    "ourselves": {"From": "bot@DESK.test"},
}


@pytest.mark.parametrize("headers", [*PERSONS.values(), *PROGRAMS.values()], ids=[*PERSONS, *PROGRAMS])
def test_only_what_a_person_may_have_written_is_answered(headers: dict[str, str]) -> None:
    assert (read(raw(**headers), OWN).silent is None) is (headers in PERSONS.values())


PLAIN = "text/plain; charset="
QUOTED = "It is.\n\nOn Mon, 23 Nov 2026 at 10:00, Desk <bot@desk.test> wrote:\n> is the earth flat\n> really"
TEXTS: dict[str, tuple[bytes, str]] = {
    "quoted text": (raw(QUOTED), "It is."),
    "a question only in the subject": (raw(" ", Subject="Re: AW: how deep is it"), "how deep is it"),
    "nothing but a quote": (raw("> how deep is it"), "> how deep is it"),
    "latin-1 that says so": (raw("caf=E9", Content_Type=f"{PLAIN}iso-8859-1", Content_Transfer_Encoding="quoted-printable"), "café"),
    "windows that says nothing": (raw().replace(ASKED.encode(), b"\x93caf\xe9\x94"), "“café”"),
    "a charset that nobody knows": (raw("café", Content_Type=f"{PLAIN}unknown-8bit"), "café"),
    "a charset that is not so": (raw(Content_Type=f"{PLAIN}utf-8").replace(ASKED.encode(), b"caf\xe9"), "café"),
    "HTML alone": (raw("<p>One</p><blockquote>Two</blockquote>", Content_Type="text/html"), "One"),
    "no sense": (b"\xff\xfe\x00", "ÿþ\x00"),
    "nothing": (b"", ""),
}  # fmt: skip


SPOILT = [
    b"From: =?utf-8?b?!!!?= <a@b>", b"From: \xff\xfe", b"From: Doe, John <j@x>", b"Message-ID: <>", b"Message-ID: <[1.2.3.4]>",
    b"Content-Type: multipart/mixed", b"Content-Type: text/html; charset=\xff", b"Content-Type: text/plain; charset*=x''%ff",
    b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: x-uuencode", b"Subject: =?x?q?=ff?=", b"References: <a\x00b@c> <",
    b"Content-Disposition: attachment; filename*0=a; filename*1*=utf-8''%e9", b" folded", b"no colon", b"Content-Type: message/rfc822",
]  # fmt: skip
"""Headers as they are not supposed to be."""


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_of_a_mail(name: str) -> None:
    given, text = TEXTS[name]
    assert read(given, OWN).text == text


@settings(max_examples=100, deadline=None)
@drawn(st.lists(st.sampled_from(SPOILT), max_size=8), st.binary(max_size=20))
def test_whatever_stands_in_a_mail_it_is_read(lines: list[bytes], content: bytes) -> None:
    mail = read(b"\r\n".join([*lines, b"", content]), OWN)
    json.dumps(incoming_of(mail, "key").as_values())


def test_parts_and_attachments() -> None:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "Ann <ann@example.org>", "<a@b>"
    mail.set_content("plain words")
    mail.add_alternative("<p>words in <b>HTML</b></p>", subtype="html")
    mail.add_attachment("secret", filename="notes.txt")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    found = read(mail.as_bytes(), OWN)
    assert (found.text, found.attachments, found.sender) == ("plain words", 2, "ann@example.org")


@pytest.mark.parametrize(
    ("headers", "thread"),
    [
        ({}, "<1@example.org>"),
        ({"References": "<first@x> <second@x>", "In_Reply_To": "<second@x>"}, "<first@x>"),
        ({"In_Reply_To": "<second@x> (somebody's mail)"}, "<second@x>"),
        ({"References": "=?utf-8?q?=3Cfirst=40x=3E?="}, "<first@x>"),
        ({"References": "nonsense", "Message_ID": ""}, "key"),
        ({"Message_ID": "<[1.2.3.4]>"}, "<[1.2.3.4]>"),
    ],
)
def test_the_thread_of_a_mail(headers: dict[str, str], thread: str) -> None:
    incoming = incoming_of(read(raw(**headers), OWN), "key")
    assert incoming.conversation == thread
    assert json.loads(json.dumps(incoming.as_values()))["to"]["to"] == "ann@example.org"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base.write(tmp_path_factory.mktemp("planets"))


@pytest.fixture(scope="module")
def box() -> Iterator[Mailserver]:
    with mailserver() as found:
        yield found


@pytest.fixture(scope="module")
def post() -> Iterator[MailPeer]:
    with mail_peer() as found:
        yield found


def given(box: Mailserver, post: MailPeer, folder: Path, **channel: object) -> dict[str, Any]:
    channels = json.dumps({"mail": {"url": box.url, "threshold": 60} | channel})
    return {"intents": folder, "channels": channels, "mail_from": OWN, "smtp": post.url}


@pytest.fixture(scope="module")
def service(box: Mailserver, post: MailPeer, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that answers by itself. Before it starts, a mail is there that is none of its business."""
    box.deliver(raw("is Pluto a planet", Message_ID="<old@x>", Subject="Old"))
    with running(tmp_path_factory.mktemp("mail"), **given(box, post, folder, answers=True)) as found:
        until(lambda: found.lines("the mailbox is watched"))
        yield found


def sent(post: MailPeer, subject: str) -> list[EmailMessage]:
    return [mail for mail in [*post.taken] if mail["subject"] == f"Re: {subject}"]


def drafted(box: Mailserver, subject: str, count: int = 1) -> list[EmailMessage]:
    """The drafts under a subject, once there are so many."""

    def found() -> list[EmailMessage]:
        mails = [message_from_bytes(content, policy=default) for content in box.drafts()]
        return [mail for mail in mails if mail["subject"] == f"Re: {subject}"]

    until(lambda: len(found()) >= count)
    return found()


def test_a_mail_is_answered_once_in_its_thread_and_the_next_is_a_draft_that_knows_of_it(
    service: Service, box: Mailserver, post: MailPeer
) -> None:
    long_id = f"<{'x' * 78}@prod.outlook.example>"
    first = raw("is Pluto a planet", Subject="Pluto", Message_ID=long_id)
    box.deliver(first, first)
    until(lambda: sent(post, "Pluto"))
    (answer,) = sent(post, "Pluto")
    assert "Pluto is a dwarf planet" in answer.get_content()
    assert (answer["to"], answer["from"], answer["auto-submitted"]) == ("ann@example.org", OWN, "auto-replied")
    assert (answer["in-reply-to"].strip(), answer["references"].strip()) == (long_id, long_id)
    again = {"References": f"{long_id} {answer['message-id']}", "Subject": "Re: Pluto"}
    box.deliver(raw("and Mars?", Message_ID="<2@x>", **again))
    (draft,) = drafted(box, "Pluto")
    assert "Mars is a planet" in draft.get_content()
    assert "[Not for the sender, to be deleted:\nScore " in draft.get_content().replace("\r\n", "\n")
    assert (draft["auto-submitted"], draft["precedence"]) == (None, None), "a person sends it"
    assert len(sent(post, "Pluto")) == 1, "one answer of a thread in an hour, and the same mail twice is one"
    assert sent(post, "Old") == []


def test_a_wish_for_a_person_stops_the_bot(service: Service, box: Mailserver, post: MailPeer) -> None:
    box.deliver(raw("I want to talk to a person", Subject="Help", Message_ID="<h1@x>"))
    (draft,) = drafted(box, "Help")
    assert "Ring the desk." in draft.get_content()
    box.deliver(
        raw(ASKED, Subject="Help", Message_ID="<h2@x>", References="<h1@x>"), raw("i want to die", Subject="Later", Message_ID="<l@x>")
    )
    assert "emergency number" in drafted(box, "Later")[0].get_content()
    assert len(drafted(box, "Help")) == 1
    assert sent(post, "Help") == sent(post, "Later") == []


def test_two_programs_do_not_answer_each_other_for_ever(service: Service, box: Mailserver, post: MailPeer) -> None:
    """A desk that sets no marks and begins a new thread with each mail, as django-helpdesk does for what comes by its API."""
    for number in range(7):
        box.deliver(raw(ASKED, From="desk@other.test", Subject="Loop", Message_ID=f"<loop{number}@other.test>"))
    until(lambda: len(sent(post, "Loop")) == 5)
    assert len(drafted(box, "Loop", 2)) == 2


def test_the_settings_are_tried_and_nothing_is_sent(
    box: Mailserver, post: MailPeer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTOTUM_CHANNELS", json.dumps({"mail": {"url": box.url}}))
    monkeypatch.setenv("FACTOTUM_MAIL_FROM", OWN)
    monkeypatch.setenv("FACTOTUM_SMTP", post.url)
    before = len(post.taken)
    assert channel.run(["check", "mail"], date.today) == 0
    told = capsys.readouterr().out
    assert "The mailbox INBOX can be read" in told
    assert "drafts go to Entwürfe" in told
    assert "The mail server lets us in." in told
    assert len(post.taken) == before
    monkeypatch.setenv("FACTOTUM_CHANNELS", json.dumps({"mail": {"url": box.url.replace("pw", "wrong")}}))
    with pytest.raises(BotError, match="the mailbox cannot be read"):
        channel.run(["check", "mail"], date.today)


def test_mail_that_comes_while_the_server_or_the_service_is_away_is_read_later(
    service: Service, box: Mailserver, post: MailPeer, folder: Path
) -> None:
    watched = len(service.lines("the mailbox is watched"))
    box.stop()
    until(lambda: service.lines("the mailbox cannot be watched; it is tried again"))
    box.start()
    until(lambda: len(service.lines("the mailbox is watched")) > watched)
    box.deliver(raw(ASKED, Subject="Back", Message_ID="<back@x>"))
    until(lambda: sent(post, "Back"))
    service.stop()
    box.deliver(raw(ASKED, From="bob@example.org", Subject="Away", Message_ID="<away@x>"), b"\xff no mail at all")
    with running(service.log.parent, **given(box, post, folder, answers=True)):
        until(lambda: sent(post, "Away"))
        box.deliver(raw(ASKED, From="eve@example.org", Subject="After", Message_ID="<after@x>"))
        until(lambda: sent(post, "After"))
    assert [len(sent(post, name)) for name in ("Back", "Away", "After")] == [1, 1, 1]

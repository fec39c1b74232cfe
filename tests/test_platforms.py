"""Channels by their contracts: the bodies and headers that the makers of each platform document, and what we send for them.

No server of theirs is tried here; bot/serve/README.md says for each what was. Times of signatures are passed in.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import base
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from service import ROOT

from bot import Bot
from bot.reply import Option
from bot.serve.channels import PLATFORMS, slack
from bot.serve.channels.hooks import UNREADABLE
from bot.serve.channels.lengths import parts
from bot.serve.channels.platform import Hook, Incoming, Platform
from bot.serve.setting_values import ChannelSettings

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
SECRET = "a secret of the other side"
KEYS = ChannelSettings(url=SecretStr("https://desk.example.org"), secret=SecretStr(SECRET), token=SecretStr("me"))
ASKED = "how deep is the deepest ocean"
TOLD, NOTE = "About eleven kilometres.", "deepest-ocean"

Signed = Callable[[bytes], dict[str, str]]


def digest(kind: str, data: bytes) -> str:
    return hmac.new(SECRET.encode(), data, kind).hexdigest()


def slack_signed(body: bytes) -> dict[str, str]:
    return {"x-slack-request-timestamp": STAMP, "x-slack-signature": f"v0={digest('sha256', f'v0:{STAMP}:'.encode() + body)}"}


def zendesk_signed(body: bytes) -> dict[str, str]:
    at = "2026-11-20T12:00:00Z"
    signature = base64.b64encode(hmac.new(SECRET.encode(), at.encode() + body, hashlib.sha256).digest()).decode()
    names = ("signature-timestamp", "signature", "invocation-id")
    return dict(zip((f"x-zendesk-webhook-{name}" for name in names), (at, signature, "inv-1"), strict=True))


def chatwoot_signed(body: bytes) -> dict[str, str]:
    return {"x-chatwoot-timestamp": STAMP, "x-chatwoot-signature": f"sha256={digest('sha256', f'{STAMP}.'.encode() + body)}"}


def brought(body: bytes) -> dict[str, str]:
    return {"x-factotum-secret": SECRET}


@dataclass(frozen=True)
class Contract:
    """`event` is a message of a customer as the platform sends it, `signed` the headers for a body, `read` what is read of it; `silent` are
    changes of the event to which nothing is answered. `sent` and `draft` are method and path of what is sent, and `body` what is in it."""

    event: dict[str, Any]
    signed: Signed
    read: tuple[str, str, str]
    silent: list[dict[str, Any]]
    sent: tuple[str, str]
    body: dict[str, Any]
    draft: tuple[str, str] | None = None
    drafted: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    dated: bool = False


ARTICLE = {"id": 12, "ticket_id": 5, "type": "email", "sender": "Customer", "from": "Ann <ann@example.org>", "subject": "Sea",
           "body": f"<p>{ASKED}</p>", "content_type": "text/html", "internal": False}  # fmt: skip
MESSAGE = {"message_id": 3, "from": {"id": 8, "is_bot": False, "language_code": "en"}, "chat": {"id": -8, "type": "private"}, "text": ASKED}
MENTION = {"type": "app_mention", "user": "U1", "text": f"<@U9B0T> {ASKED} &lt;&amp;", "channel": "C1", "ts": "17.5"}
FOLLOWUP = {"id": 31, "ticket": 7, "user": None, "title": "", "comment": ASKED, "public": True}
DESK = {"ticket": {"id": 7, "title": "Sea", "description": "how", "followup_set": [FOLLOWUP]}, "queue_slug": "q", "followup_id": 31}

CONTRACTS: dict[str, Contract] = {
    "zammad": Contract(
        event={"ticket": {"id": 5, "number": "20005"}, "article": ARTICLE},
        signed=lambda body: {"x-hub-signature": f"sha1={digest('sha1', body)}", "x-zammad-delivery": "d-1"},
        read=("article-12", "5", ASKED),
        silent=[{"article": {**ARTICLE, **other}} for other in ({"sender": "Agent"}, {"sender": "System"}, {"internal": True})],
        sent=("POST", "/api/v1/ticket_articles"),
        body={"ticket_id": 5, "type": "email", "internal": False, "to": "Ann <ann@example.org>", "subject": "Sea"},
        draft=("POST", "/api/v1/ticket_articles"),
        drafted={"type": "note", "internal": True, "content_type": "text/html"},
        headers={"Authorization": "Token token=me"},
    ),
    "chatwoot": Contract(
        event={"event": "message_created", "id": 77, "content": ASKED, "message_type": "incoming", "private": False,
               "content_attributes": {}, "account": {"id": 1}, "conversation": {"id": 9, "status": "pending"}},
        signed=chatwoot_signed,
        read=("message-77", "1/9", ASKED),
        silent=[{"message_type": "outgoing"}, {"private": True}, {"event": "webwidget_triggered"},
                {"conversation": {"id": 9, "status": "open"}}],
        sent=("POST", "/api/v1/accounts/1/conversations/9/messages"),
        body={"message_type": "outgoing", "private": False, "content_type": "text"},
        draft=("POST", "/api/v1/accounts/1/conversations/9/messages"),
        drafted={"private": True},
        headers={"api_access_token": "me"},
        dated=True,
    ),
    "zendesk": Contract(
        event={"ticket": "35436", "text": ASKED},
        signed=zendesk_signed,
        read=("inv-1", "35436", ASKED),
        silent=[],
        sent=("PUT", "/api/v2/tickets/35436.json"),
        body={},
        draft=("PUT", "/api/v2/tickets/35436.json"),
        headers={"Authorization": "Basic bWU="},
        dated=True,
    ),
    "freshdesk": Contract(
        event={"ticket": 4, "text": f"<div>{ASKED}</div>"},
        signed=brought,
        read=(hashlib.sha256(f"4\0<div>{ASKED}</div>".encode()).hexdigest()[:32], "4", ASKED),
        silent=[],
        sent=("POST", "/api/v2/tickets/4/reply"),
        body={},
        draft=("POST", "/api/v2/tickets/4/notes"),
        drafted={"private": True},
        headers={"Authorization": "Basic bWU6WA=="},
    ),
    "rt": Contract(
        event={"ticket": "1", "transaction": 27, "text": ASKED},
        signed=brought,
        read=("27", "1", ASKED),
        silent=[],
        sent=("POST", "/REST/2.0/ticket/1/correspond"),
        body={"ContentType": "text/plain"},
        draft=("POST", "/REST/2.0/ticket/1/comment"),
        drafted={"ContentType": "text/plain"},
        headers={"Authorization": "token me"},
    ),
    "django_helpdesk": Contract(
        event=DESK,
        signed=lambda body: {":query": urlencode({"secret": SECRET})},
        read=("followup-31", "7", ASKED),
        silent=[
            {"ticket": {**DESK["ticket"], "followup_set": [{**FOLLOWUP, **other}]}}  # type: ignore[dict-item]
            for other in ({"user": 2}, {"public": False}, {"id": 30})
        ],
        sent=("POST", "/api/followups/"),
        body={"ticket": 7, "public": True},
        draft=("POST", "/api/followups/"),
        drafted={"ticket": 7, "public": False},
        headers={"Authorization": "Token me"},
    ),
    "slack": Contract(
        event={"type": "event_callback", "event_id": "Ev1", "event": MENTION},
        signed=slack_signed,
        read=("Ev1", "C1/17.5", f"{ASKED} <&"),
        silent=[{"event": {**MENTION, **other}} for other in ({"bot_id": "B1"}, {"type": "message"}, {"subtype": "x"}, {"user": None})],
        sent=("POST", "/chat.postMessage"),
        body={"channel": "C1", "thread_ts": "17.5"},
        headers={"Authorization": "Bearer me"},
        dated=True,
    ),
    "mattermost": Contract(
        event={"token": SECRET, "channel_id": "c", "post_id": "p", "user_id": "u", "text": f"@bot {ASKED}", "trigger_word": "@bot"},
        signed=lambda body: {},
        read=("p", "c/u", ASKED),
        silent=[],
        sent=("POST", "/api/v4/posts"),
        body={"channel_id": "c", "root_id": "p"},
        headers={"Authorization": "Bearer me"},
    ),
    "telegram": Contract(
        event={"update_id": 99, "message": MESSAGE},
        signed=lambda body: {"x-telegram-bot-api-secret-token": SECRET},
        read=("99", "-8", ASKED),
        silent=[{"message": {**MESSAGE, **other}} for other in ({"from": {"id": 1, "is_bot": True}}, {"text": None})] + [{"message": None}],
        sent=("POST", "/sendMessage"),
        body={"chat_id": -8},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return Bot.load(base.write(tmp_path_factory.mktemp("planets")))


def of(name: str) -> tuple[Contract, Platform, Hook]:
    platform = PLATFORMS[name]
    assert platform.hook is not None
    return CONTRACTS[name], platform, platform.hook


def bytes_of(event: Mapping[str, Any]) -> bytes:
    return json.dumps(event).encode()


def test_each_channel_has_its_contract_here_or_a_real_server_in_the_tests() -> None:
    assert {name for name, made in PLATFORMS.items() if made.tried == "contract only"} == set(CONTRACTS)
    assert set(PLATFORMS) - set(CONTRACTS) == {"hook", "mail"}


def test_the_table_of_the_page_says_what_was_tried() -> None:
    page = (ROOT / "bot/serve/README.md").read_text("utf-8")
    for name, made in PLATFORMS.items():
        assert f"| `{name}` | {made.tried} |" in page


@pytest.mark.parametrize("name", CONTRACTS)
def test_only_who_knows_the_secret_is_heard(name: str) -> None:
    contract, _, hook = of(name)
    body = bytes_of(contract.event)
    headers = contract.signed(body)
    assert hook.is_genuine(KEYS, headers, body, NOW)
    others = KEYS.model_copy(update={"secret": SecretStr("another secret of somebody")}), KEYS.model_copy(update={"secret": None})
    assert not any(hook.is_genuine(keys, headers, body, NOW) for keys in others)
    for odd in ({}, dict.fromkeys(headers, "é"), {key: value[:-1] for key, value in headers.items()}):
        assert name == "mattermost" or not hook.is_genuine(KEYS, odd, body, NOW)
    if contract.dated:
        assert not hook.is_genuine(KEYS, headers, body + b" ", NOW)
        assert not any(hook.is_genuine(KEYS, headers, body, NOW + away) for away in (timedelta(days=1), timedelta(minutes=-6)))


def read(name: str, event: Mapping[str, Any]) -> Incoming | None:
    contract, _, hook = of(name)
    body = bytes_of(event)
    return hook.read(contract.signed(body), body)


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_message_is_read_and_what_is_none_is_not(name: str) -> None:
    contract, *_ = of(name)
    found = read(name, contract.event)
    assert found is not None
    assert (found.delivery, found.conversation, found.text) == contract.read
    assert Incoming(**json.loads(json.dumps(found.as_values()))) == found, "it waits in the database as JSON"
    for change in contract.silent:
        assert read(name, contract.event | change) is None, change


ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inside: (
        st.lists(inside, max_size=2) | st.dictionaries(st.sampled_from(["id", "text", "type", "message", "ticket"]), inside, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("name", CONTRACTS)
@settings(max_examples=40, deadline=None)
@given(odd=ODD, data=st.data())
def test_what_has_another_form_is_no_fault_of_ours(name: str, odd: Any, data: st.DataObject) -> None:
    """Any value in the place of a part of the event, or of all of it, is read, or raises what the route takes for a faulty message."""
    contract, _, hook = of(name)
    key = data.draw(st.sampled_from([None, *contract.event]))
    body = json.dumps(odd if key is None else contract.event | {key: odd}).encode()
    with suppress(*UNREADABLE):
        hook.greets(body)
        hook.read(contract.signed(body), body)


@pytest.mark.parametrize("name", CONTRACTS)
def test_what_is_sent_is_as_the_contract_says(name: str, bot: Bot) -> None:
    contract, platform, _ = of(name)
    incoming = read(name, contract.event)
    assert incoming is not None
    reply = bot.ask(ASKED)
    first, *_ = platform.answer(incoming, reply, False)
    assert (first.body["method"], first.body["path"]) == contract.sent
    assert contract.body.items() <= first.body["json"].items()
    assert TOLD in str(first.body)
    assert NOTE not in str(first.body)
    assert platform.drafts is (contract.draft is not None)
    if contract.draft:
        note, *_ = platform.answer(incoming, reply, True)
        assert (note.body["method"], note.body["path"]) == contract.draft
        assert contract.drafted.items() <= note.body["json"].items()
        assert NOTE in str(note.body)
    assert contract.headers.items() <= platform.headers(KEYS, "k1", NOW, b"").items()


def test_a_comment_of_zendesk_is_private_unless_it_goes_out(bot: Bot) -> None:
    incoming = read("zendesk", CONTRACTS["zendesk"].event)
    assert incoming is not None
    sent = [PLATFORMS["zendesk"].answer(incoming, bot.ask(ASKED), draft)[0].body["json"] for draft in (False, True)]
    assert [item["ticket"]["comment"]["public"] for item in sent] == [True, False]


def test_options_are_buttons_where_the_platform_has_them(bot: Bot) -> None:
    options = [Option("is-planet", "Is it?"), Option("deepest-ocean", "How deep?")]
    reply = replace(bot.ask("zorbia quux"), options=options)
    for name in ("telegram", "chatwoot"):
        incoming = read(name, CONTRACTS[name].event)
        assert incoming is not None
        sent = str(PLATFORMS[name].answer(incoming, reply, False)[0].body["json"])
        assert all(option.question in sent for option in options)
    pressed = {"update_id": 5, "callback_query": {"id": "1", "from": {"id": 8, "is_bot": False}, "data": "2", "message": MESSAGE}}
    found = read("telegram", pressed)
    assert (found and found.text) == "2"
    chosen = {"event": "message_updated", "content_attributes": {"submitted_values": [{"title": "?", "value": "is-planet"}]}}
    found = read("chatwoot", CONTRACTS["chatwoot"].event | chosen)
    assert found is not None
    assert (found.text, found.choice, found.delivery) == ("", "is-planet", "message-77.chosen")


def test_chatwoot_is_opened_for_people_where_one_is_wanted(bot: Bot) -> None:
    incoming = read("chatwoot", CONTRACTS["chatwoot"].event)
    assert incoming is not None
    for reply, draft, opened in ((bot.ask(ASKED), False, False), (bot.ask(ASKED), True, True), (bot.ask("a human please"), False, True)):
        sent = PLATFORMS["chatwoot"].answer(incoming, reply, draft)
        assert any(item.body["path"].endswith("/toggle_status") and item.body["json"] == {"status": "open"} for item in sent) is opened


def test_slack_is_greeted_and_its_refusals_are_seen() -> None:
    _, platform, hook = of("slack")
    assert hook.greets(b'{"type": "url_verification", "challenge": "c"}') == {"challenge": "c"}
    assert hook.greets(b'{"type": "event_callback"}') is None
    assert platform.fault(b'{"ok": true}') is None
    assert platform.fault(b'{"ok": false, "error": "channel_not_found"}') == "answered channel_not_found"
    assert platform.fault(b"<html>") is not None
    direct = {"type": "message", "channel_type": "im", "user": "U1", "text": "a", "channel": "D1", "ts": "1.5"}
    found = slack.read({}, bytes_of({"event_id": "Ev2", "event": direct}))
    assert found is not None
    assert (found.conversation, found.to["thread"]) == ("D1/U1", None)


def test_mattermost_may_send_a_form() -> None:
    _, _, hook = of("mattermost")
    body = urlencode(CONTRACTS["mattermost"].event).encode()
    assert hook.is_genuine(KEYS, {}, body, NOW)
    found = hook.read({}, body)
    assert (found and found.text) == ASKED
    assert not hook.is_genuine(KEYS, {}, body.replace(b"token=a", b"token=b"), NOW)


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("one", 10, ["one"]),
        ("", 10, []),
        ("one two\n\nthree four", 12, ["one two", "three four"]),
        ("one two three", 8, ["one two", "three"]),
        ("x" * 25, 10, ["x" * 10, "x" * 10, "x" * 5]),
    ],
)
def test_what_is_too_long_goes_out_in_parts(text: str, most: int, cut: list[str]) -> None:
    assert parts(text, most) == cut


def test_a_reply_that_is_longer_than_a_message_may_be_is_told_whole(bot: Bot) -> None:
    incoming = read("telegram", CONTRACTS["telegram"].event)
    assert incoming is not None
    sent = PLATFORMS["telegram"].answer(incoming, replace(bot.ask(ASKED), text="word " * 2000), False)
    assert [len(item.body["json"]["text"]) <= 4096 for item in sent] == [True] * 3
    assert " ".join(item.body["json"]["text"] for item in sent).split() == ["word"] * 2000

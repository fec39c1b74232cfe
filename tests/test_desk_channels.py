"""Channels to other systems: a message is told, kept, answered, and the answer sent. One service runs for all; the other side is `peers`.

The shapes of Zammad and Chatwoot are those that their makers document; no server of theirs is tried here.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import base
import httpx
import pytest
from peers import Peer, Request, web_peer
from pydantic import SecretStr
from service import Service, post, running, until
from standardwebhooks import Webhook

from bot import Bot
from bot.commands import channel, serve
from bot.errors import BotError
from bot.reply import Reply
from bot.serve.channels.drafts import may_go_out, note_of
from bot.serve.channels.html_text import words_of
from bot.serve.channels.wiring import platforms_of
from bot.serve.outgoing.webhook import signed
from bot.serve.setting_values import ChannelSettings
from bot.serve.settings import Settings

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SECRET, ASKED = "a secret of the other side", "how deep is the deepest ocean"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base.write(tmp_path_factory.mktemp("planets"))


@pytest.fixture(scope="module")
def bot(folder: Path) -> Bot:
    return Bot.load(folder)


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    with web_peer() as found:
        yield found


@pytest.fixture(scope="module")
def service(folder: Path, peer: Peer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    other = {"secret": SECRET, "token": "let me in"}
    channels = {
        "hook": {"url": f"{peer.url}/hook", "secret": KEY, "answers": True, "threshold": 60},
        "zammad": {"url": peer.url, **other},
        "chatwoot": {"url": f"{peer.url}/", **other, "answers": True, "chats": True, "threshold": 60},
    }
    with running(tmp_path_factory.mktemp("channels"), intents=folder, channels=json.dumps(channels)) as found:
        yield found


def tell(service: Service, key: str, data: dict[str, Any], kind: str = "message.created", **changed: str) -> httpx.Response:
    body = json.dumps({"type": kind, "data": data}).encode()
    return post(f"{service.url}/channels/hook", content=body, headers=signed(KEY, key, datetime.now(UTC), body) | changed)


def replies(peer: Peer, conversation: str, count: int = 1) -> list[dict[str, Any]]:
    """What the generic channel was told about a conversation, once it is so much."""

    def found() -> list[dict[str, Any]]:
        told = [request.json()["data"] for request in [*peer.taken] if request.path == "/hook"]
        return [data for data in told if data["conversation"] == conversation]

    until(lambda: len(found()) >= count)
    return found()


def test_a_signed_message_is_answered_by_a_signed_one(service: Service, peer: Peer) -> None:
    assert tell(service, "m1", {"conversation": "c 1", "text": "is Pluto a planet"}).status_code == 200
    (told,) = replies(peer, "c 1")
    assert (told["delivery"], told["draft"], told["reply"]["answers"][0]["id"]) == ("m1", False, "is-planet")
    (request,) = [request for request in peer.taken if b"c 1" in request.body]
    assert Webhook(KEY).verify(request.body, request.headers)["type"] == "reply.created"
    tell(service, "m2", {"conversation": "c 1", "text": "and Mars?"})
    assert replies(peer, "c 1", 2)[1]["reply"]["answers"][0]["slots"]["planet"][0]["name"] == "Mars"


@pytest.mark.parametrize(
    "data",
    [{"text": "i want to die"}, {"text": "zorbia quux"}, {"text": "hello there"}, {"intent": "person"}, {"text": ""}],
    ids=str,
)
def test_what_is_no_good_answer_is_a_draft(data: dict[str, str], service: Service, peer: Peer) -> None:
    name = f"draft {data}"
    tell(service, name, data | {"conversation": name})
    assert replies(peer, name)[0]["draft"] is True


def test_many_at_once_and_each_twice_are_answered_once(service: Service, peer: Peer) -> None:
    names = [f"many {number}" for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        told = pool.map(lambda name: tell(service, name, {"conversation": name, "text": ASKED}).status_code, [*names, *names])
    assert set(told) == {200}
    for name in names:
        replies(peer, name)
    tell(service, "last", {"conversation": "last", "text": ASKED})
    replies(peer, "last")
    assert [len(replies(peer, name)) for name in names] == [1] * 20


def test_messages_of_a_conversation_are_answered_in_order_while_the_other_side_fails(service: Service, peer: Peer) -> None:
    peer.answers = [500]
    for number in range(4):
        tell(service, f"order {number}", {"conversation": "order", "text": ASKED})
    assert [data["delivery"] for data in replies(peer, "order", 4)] == [f"order {number}" for number in range(4)]


def refused(response: httpx.Response, status: int, name: str) -> None:
    assert (response.status_code, response.json()["type"]) == (status, f"/problems/{name}")


def test_what_is_forged_old_or_without_sense_is_refused(service: Service, peer: Peer) -> None:
    data, url, now = {"conversation": "forged", "text": ASKED}, f"{service.url}/channels/hook", datetime.now(UTC)
    refused(tell(service, "f1", data, **{"webhook-id": "f2"}), 401, "bad-signature")
    body = json.dumps({"type": "message.created", "data": data}).encode()
    refused(post(url, content=body), 401, "bad-signature")
    refused(post(url, content=body, headers=signed(KEY, "f1", now - timedelta(days=1), body)), 401, "bad-signature")
    refused(post(f"{service.url}/channels/unset", content=body), 404, "not-found")
    for odd in (
        b"[]",
        b"{",
        b'"message.created"',
        b'{"type": "message.created"}',
        b'{"type": "message.created", "data": {"conversation": ""}}',
    ):
        refused(post(url, content=odd, headers=signed(KEY, "f1", datetime.now(UTC), odd)), 422, "invalid")
    assert tell(service, "f3", data, "ping").status_code == 200, "another type is none of ours"
    tell(service, "after", {"conversation": "after", "text": ASKED})
    replies(peer, "after")
    assert "forged" not in str(peer.seen)


def zammad_event(**article: Any) -> dict[str, Any]:
    """As the administrator's documentation of Zammad shows it (Webhook, payload), without what is not read."""
    whole = {"id": 12, "ticket_id": 5, "type": "email", "sender": "Customer", "from": "Ann <ann@example.org>", "subject": "Sea",
             "body": f"<div>{ASKED}</div><blockquote>is the earth flat</blockquote>", "internal": False}  # fmt: skip
    return {"ticket": {"id": 5, "number": "20005", "title": "Sea"}, "article": whole | {"content_type": "text/html"} | article}


def zammad_headers(body: bytes) -> dict[str, str]:
    digest = hmac.new(SECRET.encode(), body, hashlib.sha1).hexdigest()
    return {"x-hub-signature": f"sha1={digest}", "x-zammad-delivery": "d-1", "content-type": "application/json"}


def taken_at(peer: Peer, path: str, count: int = 1) -> list[Request]:
    until(lambda: sum(request.path == path for request in [*peer.taken]) >= count)
    return [request for request in peer.taken if request.path == path]


def test_a_ticket_of_zammad_gets_an_internal_note_with_sources_and_score(service: Service, peer: Peer) -> None:
    body = json.dumps(zammad_event()).encode()
    for _ in range(2):
        assert post(f"{service.url}/channels/zammad", content=body, headers=zammad_headers(body)).status_code == 200
    (request,) = taken_at(peer, "/api/v1/ticket_articles")
    article = request.json()
    assert request.headers["authorization"] == "Token token=let me in"
    assert (article["ticket_id"], article["type"], article["internal"], article["content_type"]) == (5, "note", True, "text/html")
    assert all(part in article["body"] for part in ("About eleven", "Score ", "deepest-ocean", "World atlas https://example.org/atlas"))
    assert "ball" not in article["body"], "what is quoted is not answered"


def chatwoot_event(**changed: Any) -> dict[str, Any]:
    """As Chatwoot's Message#webhook_data gives it, without what is not read."""
    whole = {"event": "message_created", "id": 77, "content": ASKED, "message_type": "incoming", "private": False, "content_attributes": {},
             "account": {"id": 1, "name": "Desk"}, "conversation": {"id": 9, "status": "pending"}, "sender": {"id": 3}}  # fmt: skip
    return whole | changed


def chatwoot_headers(body: bytes, at: float | None = None) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"x-chatwoot-timestamp": stamp, "x-chatwoot-signature": f"sha256={digest}", "content-type": "application/json"}


def test_a_conversation_of_chatwoot_is_answered_and_opened_for_a_person(service: Service, peer: Peer) -> None:
    for event in (chatwoot_event(), chatwoot_event(id=78, content="I want to talk to a person")):
        body = json.dumps(event).encode()
        assert post(f"{service.url}/channels/chatwoot", content=body, headers=chatwoot_headers(body)).status_code == 200
    answer, person = taken_at(peer, "/api/v1/accounts/1/conversations/9/messages", 2)
    assert answer.headers["api_access_token"] == "let me in"
    assert answer.json()["private"] is False
    assert "About eleven" in answer.json()["content"]
    assert "Ring the desk." in person.json()["content"]
    (opened,) = taken_at(peer, "/api/v1/accounts/1/conversations/9/toggle_status")
    assert opened.json() == {"status": "open"}


def test_only_a_good_answer_goes_out_by_itself(bot: Bot) -> None:
    keys = ChannelSettings(url=SecretStr("x"), answers=True, threshold=60)
    good = bot.ask(ASKED)

    def changed(**fields: Any) -> Reply:
        return replace(good, answers=[replace(good.answers[0], **fields)])

    assert may_go_out(good, keys)
    assert not may_go_out(good, keys.model_copy(update={"answers": False}))
    assert not may_go_out(changed(stale=True), keys)
    assert not may_go_out(changed(score=59.9), keys)
    assert not may_go_out(replace(good, unanswered=bot.ask("zorbia quux").unanswered), keys)
    chats = keys.model_copy(update={"chats": True})
    for text in ("i want to die", "zorbia quux", "hello there"):
        assert not may_go_out(bot.ask(text), keys)
        assert may_go_out(bot.ask(text), chats) is (text != "i want to die")
    assert not may_go_out(replace(bot.ask("zorbia quux"), reason="declined"), chats)
    assert not may_go_out(changed(stale=True), chats)
    assert note_of(changed(stale=True, score=61.7)).startswith(
        "Score 62, overdue for review: How deep is the deepest ocean? (deepest-ocean)"
    )
    assert note_of(bot.ask("i want to die")) == "No answer: danger."


HTML = {
    "<p>One</p><p>Two &amp; <b>three</b>.</p>": "One\nTwo & three.",
    "a<br>b<blockquote>quoted</blockquote>": "a\nb",
    "<div>Is it?</div><div class='gmail_quote'>On Monday</div>": "Is it?",
    "<style>p{}</style><script>x</script><ul><li>1</li><li>2</li></ul>": "1\n2",
    "<blockquote>all of it</blockquote>": "all of it",
    "": "",
    "5 < 6": "5 < 6",
}


@pytest.mark.parametrize("html", HTML)
def test_the_words_of_a_message_in_html(html: str) -> None:
    assert words_of(html) == HTML[html]


def test_the_settings_of_a_channel_are_tried_and_nobody_is_told(
    peer: Peer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "FACTOTUM_CHANNELS", json.dumps({"hook": {"url": peer.url, "secret": KEY}, "zammad": {"url": peer.url, "secret": SECRET}})
    )
    for name in ("hook", "zammad"):
        assert channel.run(["check", name], date.today) == 0
        assert "The other side takes our requests." in capsys.readouterr().out
    assert [(request.method, request.path) for request in peer.seen[-2:]] == [("POST", "/"), ("GET", "/api/v1/users/me")]
    assert Webhook(KEY).verify(peer.seen[-2].body, peer.seen[-2].headers)["type"] == "ping"
    peer.answers = [401]
    with pytest.raises(BotError, match="zammad: the other side does not take our requests: answered 401"):
        channel.run(["check", "zammad"], date.today)
    with pytest.raises(BotError, match="there is no 'mail' in it"):
        channel.run(["check", "mail"], date.today)


def test_a_channel_that_is_not_known_or_not_whole_is_told() -> None:
    for channels, said in (
        ({"zenddesk": {"url": "https://x"}}, "there is no channel 'zenddesk', only"),
        ({"zammad": {"url": "https://x"}}, "zammad needs a secret"),
        ({"zammad": {"url": "x", "secret": SECRET}}, "the url of zammad has to begin with http:// or https://"),
        ({"hook": {"url": "https://x", "secret": SECRET}}, "the secret of hook is whsec_"),
        ({"mail": {"url": "https://x"}}, "the url of mail has to begin with imap:// or imaps://"),
    ):
        with pytest.raises(BotError, match=said):
            platforms_of(Settings(channels=channels))  # type: ignore[arg-type]


def test_the_service_does_not_start_with_such_a_channel(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTOTUM_INTENTS", str(folder))
    monkeypatch.setenv("FACTOTUM_CHANNELS", '{"mail": {"url": "imap://x"}}')
    monkeypatch.setenv("FACTOTUM_DATABASE", f"sqlite:///{folder}/questions.db")
    with pytest.raises(BotError, match="mail needs mail_from"):
        serve.run([], date.today)

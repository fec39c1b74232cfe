"""Handing over to a person, as a desk meets it: the real command, its webhook taken by an HTTP server and its mail by a mail server."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import base
import httpx
import pytest
from peers import MailPeer, Peer, Request, mail_peer, web_peer
from pydantic import SecretStr
from service import SECRET, TOKEN, Service, ask, client_of, running, until
from standardwebhooks import Webhook

from bot import Bot
from bot.errors import BotError
from bot.questionlog.outbox import Outbox
from bot.questionlog.store import Store
from bot.questionlog.takeovers import Takeovers
from bot.questionlog.writer import Writer
from bot.serve import settings
from bot.serve.app import build
from bot.serve.desk import Case, Desk
from bot.serve.signing import Signing

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PASSED = "I have passed this conversation on to a person"
QUESTION, PERSON, MISS = "how deep is the deepest ocean", "I want to talk to a person", "zorbia quux"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base.write(tmp_path_factory.mktemp("planets"))


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    with web_peer() as found:
        yield found


@pytest.fixture(scope="module")
def post() -> Iterator[MailPeer]:
    with mail_peer() as found:
        yield found


@pytest.fixture(scope="module")
def service(folder: Path, peer: Peer, post: MailPeer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    given: dict[str, Any] = {"handoff_webhook": peer.url, "handoff_secret": KEY, "handoff_danger": True, "tokens": TOKEN, "intents": folder}
    given |= {"handoff_mail": "desk@example.org", "smtp": post.url, "mail_from": "bot@example.org"}
    with running(tmp_path_factory.mktemp("desk"), **given) as found:
        yield found


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[httpx.Client]:
    with client_of(base_url=service.url, headers={"Authorization": f"Bearer {TOKEN}"}) as made:
        yield made


def told(peer: Peer, conversation: str, count: int = 1) -> list[dict[str, Any]]:
    """The messages about a conversation that a desk has got, once it has so many; the last of them is signed, and its time holds."""

    def found() -> list[Request]:
        return [request for request in [*peer.taken] if request.json()["data"]["conversation"] == conversation]

    until(lambda: len(found()) >= count)
    Webhook(KEY).verify(found()[-1].body, found()[-1].headers)
    return [request.json() for request in found()]


def pressed(client: httpx.Client, context: object = None, **further: object) -> dict[str, Any]:
    body = {"intent": "person", "context": context, **further}
    reply: dict[str, Any] = client.post("/v1/ask", json=body).raise_for_status().json()
    return reply


def test_who_presses_for_a_person_is_passed_on_with_what_was_said(client: httpx.Client, peer: Peer, post: MailPeer) -> None:
    first = ask(client, QUESTION)
    page = "https://www.example.org/sea?a=é"
    reply = pressed(client, first["context"], page=page, channel="widget")
    assert (reply["status"], reply["reason"]) == ("handoff", "asked-for-human")
    assert reply["handoff"] == {"text": "Ring the desk.", "wanted": True, "passed_on": True}
    assert reply["text"] == f"{PASSED}, with what was said so far.\n\nRing the desk."
    (event,) = told(peer, reply["context"]["conversation"])
    data = event["data"]
    assert (event["type"], data["why"], data["page"], data["channel"]) == ("conversation.handed_over", "asked-for-human", page, "widget")
    assert [(line["from"], line["text"]) for line in data["transcript"]] == [
        ("person", QUESTION),
        ("bot", first["text"]),
        ("person", "[pressed: person]"),
        ("bot", reply["text"]),
    ]
    until(lambda: any(data["conversation"] in str(mail) for mail in post.taken))
    (mail,) = [mail for mail in post.taken if data["conversation"] in str(mail)]
    assert (mail["to"], mail["from"], mail["auto-submitted"]) == ("desk@example.org", "bot@example.org", "auto-generated")
    assert all(word in mail.get_content() for word in (QUESTION, page, "The person asked for somebody."))
    assert client.get("/v1/about").json()["hands_over"] is True


@pytest.mark.parametrize(
    ("turns", "why"),
    [([PERSON], "asked-for-human"), ([MISS] * 3, "third-miss"), (["i want to die"], "danger")],
    ids=lambda item: str(item)[:20],
)
def test_a_person_is_told_when_one_is_wanted_and_once(turns: list[str], why: str, client: httpx.Client, peer: Peer) -> None:
    replies: list[dict[str, Any]] = []
    for text in [*turns, *turns]:
        replies.append(ask(client, text, replies[-1]["context"] if replies else None))
    conversation = replies[0]["context"]["conversation"]
    wanted = [reply for reply in replies if reply["reason"] == why]
    assert len(wanted) == 2
    assert all(PASSED in reply["text"] and reply["handoff"]["passed_on"] for reply in wanted)
    assert all(reply["text"] == "\n\n".join(block["text"] for block in reply["blocks"]) for reply in wanted)
    pressed(client, replies[-1]["context"])
    marker = pressed(client)["context"]["conversation"]
    told(peer, marker)
    assert [event["data"]["why"] for event in told(peer, conversation)] == [why]


def test_what_needs_no_person_tells_nobody(client: httpx.Client, peer: Peer) -> None:
    reply = ask(client, MISS)
    assert reply["handoff"] == {"text": "Ring the desk.", "wanted": False, "passed_on": False}
    told(peer, pressed(client)["context"]["conversation"])
    assert reply["context"]["conversation"] not in str(peer.seen)


def put(client: httpx.Client, name: str, what: str) -> dict[str, Any]:
    found: dict[str, Any] = client.post(f"/v1/conversations/{name}/{what}").raise_for_status().json()
    return found


def test_a_conversation_that_a_person_has_is_left_alone_until_it_is_given_back(client: httpx.Client, peer: Peer) -> None:
    first = ask(client, QUESTION)
    name = pressed(client, first["context"])["context"]["conversation"]
    taken = put(client, name, "take")
    assert (taken["conversation"], taken["taken"]) == (name, True)
    assert [line["text"] for line in taken["transcript"]][:2] == [QUESTION, first["text"]]
    for text in (QUESTION, "i want to die"):
        reply = ask(client, text, first["context"])
        assert (reply["status"], reply["reason"], reply["answers"]) == ("handoff", "taken", [])
        assert reply["handoff"]["passed_on"]
    events = told(peer, name, 3)
    assert [(event["type"], event["data"].get("text")) for event in events[1:]] == [
        ("conversation.message", QUESTION),
        ("conversation.message", "i want to die"),
    ]
    assert put(client, name, "give-back")["taken"] is False
    again = ask(client, "and how far down does it go", reply["context"])
    assert again["status"] == "answer"
    pressed(client, again["context"])
    assert [event["type"] for event in told(peer, name, 4)][3:] == ["conversation.handed_over"], "the next wish is a new one"


def test_a_channel_goes_on_with_its_own_id_of_the_conversation(client: httpx.Client, peer: Peer) -> None:
    def say(text: str, **further: str) -> dict[str, Any]:
        body = {"text": text, "channel": "tickets", "conversation": "47/11 é"} | further
        reply: dict[str, Any] = client.post("/v1/ask", json=body).raise_for_status().json()
        return reply

    assert say("is Pluto a planet")["answers"][0]["slots"]
    assert say("and Mars?")["answers"][0]["slots"]["planet"][0]["name"] == "Mars"
    assert say("and Earth?", conversation="12")["status"] != "answer", "another's conversation"
    say(PERSON)
    name = Signing.of((SECRET,)).pseudonym("tickets", "47/11 é")
    (event,) = told(peer, name)
    assert (event["data"]["outer"], event["data"]["channel"]) == ("47/11 é", "tickets")
    assert put(client, "tickets:12", "take")["taken"]
    assert say(QUESTION, conversation="12")["reason"] == "taken"
    put(client, "tickets:12", "give-back")


BAD = {
    "another intent": {"intent": "refund"},
    "a channel in capitals": {"text": "hello", "channel": "Widget"},
    "a channel that is long": {"text": "hello", "channel": "w" * 41},
    "an empty conversation": {"text": "hello", "conversation": ""},
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_what_cannot_be_asked_is_told(body: dict[str, str], client: httpx.Client) -> None:
    assert client.post("/v1/ask", json=body).status_code == 422


def test_only_a_token_takes_and_gives_back(service: Service) -> None:
    for what in ("take", "give-back"):
        assert httpx.post(f"{service.url}/v1/conversations/x/{what}").status_code == 401


def test_what_waits_and_what_was_given_up_is_shown(client: httpx.Client, peer: Peer) -> None:
    peer.answers = [410]
    pressed(client)
    until(lambda: client.get("/readyz").json()["outbox"]["failed"] == 1)
    until(lambda: "factotum_outbox_failed 1.0" in client.get("/metrics").text)
    until(lambda: client.get("/readyz").json()["outbox"]["waiting"] == 0)


def test_a_kill_and_a_desk_that_is_away_lose_nothing_and_double_nothing(folder: Path, tmp_path: Path) -> None:
    names = {uuid4().hex for _ in range(3)}
    with web_peer() as peer:
        given: dict[str, Any] = {"handoff_webhook": peer.url, "handoff_secret": KEY, "intents": folder}
        peer.answers = [503] * 3
        with running(tmp_path, **given) as service, client_of(base_url=service.url) as client:
            for name in names:
                assert pressed(client, channel="desk", conversation=name)["handoff"]["passed_on"]
            until(lambda: len(service.lines("a message was not delivered; it is sent again")) >= 3)
            service.stop(signal.SIGKILL)
        with running(tmp_path, **given):
            until(lambda: {request.json()["data"]["outer"] for request in peer.taken} == names)
    assert len({request.headers["webhook-id"] for request in peer.taken}) == 3, "by which the other side can tell"


def test_where_nothing_is_set_a_person_is_named_and_nothing_is_promised(folder: Path) -> None:
    app = build(settings.Settings(intents=str(folder), database=SecretStr("none"), tokens=(SecretStr(TOKEN),)), lambda: Bot.load(folder))

    async def tried() -> None:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", headers=headers) as client:
            reply = (await client.post("/v1/ask", json={"intent": "person"})).json()
            assert reply["handoff"] == {"text": "Ring the desk.", "wanted": True, "passed_on": False}
            assert "Ring the desk." in reply["text"]
            assert PASSED not in reply["text"]
            assert (await client.get("/v1/about")).json()["hands_over"] is False
            assert (await client.post("/v1/conversations/x/take")).status_code == 503
            assert (await client.get("/readyz")).json()["outbox"] is None

    asyncio.run(tried())


def test_without_its_database_the_desk_does_not_say_that_a_person_was_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "away").write_text("a file where the folder should be")
    bot = Bot.load(folder)
    now = datetime.now(UTC)
    with closing(Store(f"sqlite:///{tmp_path}/away/questions.db")) as store:
        writer = Writer(store, redact=str, clock=lambda: now, retention_days=9, context_hours=9, warn=lambda *_: None)
        desk = Desk(Outbox(store), Takeovers(store), writer, lambda: now, ["handoff-webhook"])
        reply = bot.ask(PERSON)
        case = Case("r1", "c1", "api", PERSON)
        assert asyncio.run(desk.passed_on(case, reply, bot.kb)) == reply
        writer.close(0.1)


FAULTS = {
    "a webhook without its secret": ({"HANDOFF_WEBHOOK": "https://desk.example.org/"}, "handoff_webhook: it needs handoff_secret"),
    "a mail without a server": ({"HANDOFF_MAIL": "a@example.org", "MAIL_FROM": "b@example.org"}, "handoff_mail: it needs smtp"),
    "a secret that is none": ({"HANDOFF_SECRET": "whsec_short"}, "write whsec_ and what"),
    "a secret without its mark": ({"HANDOFF_SECRET": KEY.removeprefix("whsec_")}, "write whsec_ and what"),
    "an address that is none": ({"HANDOFF_WEBHOOK": "desk.example.org"}, "write it like https://desk.example.org/hook"),
    "no database": ({"HANDOFF_WEBHOOK": "https://d.example.org", "HANDOFF_SECRET": KEY, "DATABASE": "none"}, "channels need one"),
    "a mail address that is none": ({"HANDOFF_MAIL": "desk"}, "write it like desk@example.org"),
    "a mail server that is none": ({"SMTP": "mail.example.org"}, "write it like smtp://"),
}


@pytest.mark.parametrize(("given", "said"), FAULTS.values(), ids=FAULTS)
def test_settings_that_cannot_hand_over_are_told(given: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"FACTOTUM_{name}", value)
    with pytest.raises(BotError, match=said) as error:
        settings.read()
    assert KEY not in str(error.value)

"""The API as a program meets it: the real command, a real socket."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import base
import httpx
import pytest
from service import FIRST, LEANS, PAGE, SECRET, TOKEN, Service, ask, client_of, document, get, holds, running, send, until

from bot import Bot
from bot.render.json import as_dict


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("service"), tokens=TOKEN, origins=PAGE) as found:
        yield found


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[httpx.Client]:
    with client_of(base_url=service.url, headers={"Authorization": f"Bearer {TOKEN}"}) as made:
        yield made


QUESTIONS = [
    "what is a red notice",
    "so its an international arest warrant?",
    "is norway a member and who pays?",
    "asdf",
    "hello",
    "",
    "the weather?",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_reply_is_that_of_the_bot_and_an_id(text: str, client: httpx.Client, bot: Bot) -> None:
    reply, own = ask(client, text), json.loads(json.dumps(as_dict(bot.ask(text))))
    assert reply.pop("reply_id")
    for name in ("signature", "conversation"):
        assert reply["context"].pop(name)
    assert reply == own


def test_the_examples_of_the_document_hold(client: httpx.Client) -> None:
    told_of, sent = document(client), 0
    assert told_of["openapi"].startswith("3.1")
    for path, methods in told_of["paths"].items():
        for method, told in methods.items():
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
            for example in body.get("examples", {}).values():
                response = client.request(method, path, json=example["value"])
                holds(response, told, told_of)
                sent += 1
    assert sent >= 4


@pytest.mark.parametrize("path", ["/v1/about", "/v1/entries", "/v1/entries/red-notice", "/readyz"])
def test_what_is_read_is_as_the_document_says(path: str, client: httpx.Client) -> None:
    told_of = document(client)
    told = told_of["paths"][path.replace("red-notice", "{entry_id}")]["get"]
    holds(client.get(path), told, told_of)


PROBLEMS: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("POST", "/v1/ask", {"content": b"{"}, 400, "bad-request"),
    ("POST", "/v1/ask", {"content": b'{"text": "\xff"}'}, 400, "bad-request"),
    ("POST", "/v1/ask", {"content": b'{"text": ' + b"[" * 60_000}, 400, "bad-request"),
    ("POST", "/v1/ask", {"content": b'{"context":' * 9_000 + b"0" + b"}" * 9_000}, 400, "bad-request"),
    ("POST", "/v1/ask", {"content": b""}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": []}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"text": 1}}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"text": "a", "context": "b"}}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"text": "a", "channel": "X"}}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"text": "a" * 10_001}}, 422, "invalid"),
    ("POST", "/v1/ask", {"content": b'{"text": "\\ud800"}'}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"txt": "a", "text": "b"}}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"choice": "no-such-entry"}}, 404, "not-found"),
    ("POST", "/v1/ask", {"content": b" " * 200_000}, 413, "too-large"),
    ("POST", "/v1/ask", {"content": iter([b" " * 70_000] * 3)}, 413, "too-large"),
    ("POST", "/v1/ask", {"data": {"text": "a"}}, 415, "not-json"),
    ("POST", "/v1/ask", {"json": {"text": "a"}, "headers": {"Origin": "https://evil.example"}}, 403, "not-allowed"),
    ("POST", "/v1/ask", {"json": {"text": "a"}, "headers": {"Origin": "null"}}, 403, "not-allowed"),
    ("POST", "/v1/ask", {"json": {"text": "a"}, "headers": {"Origin": "http://["}}, 403, "not-allowed"),
    ("POST", "/v1/ask", {"json": {"text": "a"}, "headers": {"Authorization": "Bearer wrong"}}, 401, "no-token"),
    ("POST", "/v1/ask", {"json": {"text": "a"}, "headers": {"Authorization": ""}}, 401, "no-token"),
    ("POST", "/v1/explain", {"json": {"text": "a"}, "headers": {"Authorization": "", "Origin": PAGE}}, 401, "no-token"),
    ("POST", "/v1/feedback", {"json": {"reply_id": "made up", "helpful": True}}, 404, "not-found"),
    ("POST", "/v1/feedback", {"json": {"reply_id": "made up", "helpful": "yes"}}, 422, "invalid"),
    ("POST", "/webhooks/rest/webhook", {"content": b"{"}, 400, "bad-request"),
    ("POST", "/webhooks/rest/webhook", {"json": []}, 422, "invalid"),
    ("POST", "/webhooks/rest/webhook", {"json": {"message": 5}}, 422, "invalid"),
    ("POST", "/webhooks/rest/webhook", {"json": {"message": "a"}, "headers": {"Origin": "https://evil.example"}}, 403, "not-allowed"),
    ("GET", "/v1/ask", {}, 405, "wrong-method"),
    ("DELETE", "/v1/entries", {}, 405, "wrong-method"),
    ("GET", "/v1/entries/no-such-entry", {}, 404, "not-found"),
    ("GET", "/v1/nothing", {}, 404, "not-found"),
    ("GET", "/problems/nothing", {}, 404, "not-found"),
]


@pytest.mark.parametrize(("method", "path", "given", "status", "kind"), PROBLEMS, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_told_as_a_problem(
    method: str, path: str, given: dict[str, Any], status: int, kind: str, client: httpx.Client
) -> None:
    headers = {"Content-Type": "application/json"} if "content" in given else {}
    response = client.request(method, path, **given | {"headers": headers | given.get("headers", {})})
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    problem = response.json()
    assert (problem["type"], problem["status"]) == (f"/problems/{kind}", status)
    assert problem["title"]
    assert problem["detail"]
    assert client.get(problem["type"]).status_code == 200


def test_a_fault_of_the_body_is_located_and_never_repeated(client: httpx.Client) -> None:
    response = client.post("/v1/ask", json={"text": ["my secret"], "a/b~c": 1})
    assert {item["pointer"] for item in response.json()["errors"]} == {"#/text", "#/a~1b~0c"}
    assert "my secret" not in response.text


@pytest.mark.parametrize("path", ["/v1/about", "/v1/nothing", "/", "/healthz", "/widget.js", "/metrics"])
def test_every_response_has_the_headers_of_safety_and_an_id(path: str, client: httpx.Client) -> None:
    headers = client.get(path, headers={"X-Request-Id": "abc-1"}).headers
    assert headers["x-request-id"] == "abc-1"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize("bad", ["a" * 65, "a b", "a\tb", "<script>"])
def test_an_id_that_is_not_fit_for_a_log_is_replaced(bad: str, client: httpx.Client) -> None:
    assert re.fullmatch("[0-9a-f]{16}", client.get("/healthz", headers={"X-Request-Id": bad}).headers["x-request-id"])


def test_a_conversation_goes_on_in_any_process_that_has_the_secret(client: httpx.Client, tmp_path: Path) -> None:
    context = ask(client, FIRST)["context"]
    with running(tmp_path, secret=SECRET) as other, client_of(base_url=other.url) as elsewhere:
        reply = ask(elsewhere, LEANS, context)
    assert reply["status"] == "answer"
    assert reply["context"]["conversation"] == context["conversation"]


def test_a_forged_context_counts_for_nothing_and_that_is_told(client: httpx.Client, bot: Bot) -> None:
    context = ask(client, FIRST)["context"]
    for forged in (context | {"topic": "funding"}, context | {"signature": "x"}, {"version": 1}, bot.ask(FIRST).context):
        response = client.post("/v1/ask", json={"text": LEANS, "context": forged})
        assert response.headers["factotum-context"] == "refused"
        assert response.json()["status"] == "none"


def test_of_several_a_choice_counts_first_and_of_none_the_message_is_empty(client: httpx.Client) -> None:
    told = {"text": "who leads interpol", "choice": "red-notice"}
    assert [item["id"] for item in client.post("/v1/ask", json=told).json()["answers"]] == ["red-notice"]
    assert client.post("/v1/ask", json={}).json()["status"] == client.post("/v1/ask", json={"text": ""}).json()["status"]


def test_a_choice_shows_the_entry_and_goes_on_from_there(client: httpx.Client) -> None:
    first = client.post("/v1/ask", json={"choice": "red-notice"}).json()
    assert first["answers"][0]["id"] == "red-notice"
    assert ask(client, "who can ask for one?", first["context"])["status"] == "answer"


def test_an_explanation_is_that_of_the_bot(client: httpx.Client, bot: Bot) -> None:
    explained = client.post("/v1/explain", json={"text": "red notice"}).json()
    assert [item["outcome"]["chosen"] if "chosen" in item["outcome"] else item["outcome"] for item in explained]
    assert len(explained) == len(bot.explain("red notice"))


def test_entries_are_not_sent_again_until_the_base_changes(client: httpx.Client, bot: Bot) -> None:
    first = client.get("/v1/entries")
    assert {item["id"] for item in first.json()["entries"]} == set(bot.kb.entries)
    assert client.get("/v1/entries", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_the_log_tells_requests_and_nothing_of_persons(service: Service, client: httpx.Client) -> None:
    client.post("/v1/ask", json={"text": "my name is Zebulon Quux, what is a red notice"}, headers={"X-Request-Id": "find-me"})
    until(lambda: any(line.get("request") == "find-me" for line in service.lines()))
    (line,) = (line for line in service.lines() if line.get("request") == "find-me")
    assert (line["route"], line["status"], line["method"]) == ("/v1/ask", 200, "POST")
    text = service.log.read_text("utf-8")
    assert not any(private in text for private in ("Zebulon", "red notice", "127.0.0.1:5", TOKEN, SECRET))


POST = b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

IDLERS = (
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Request-Id: trailer\r\n",
)
"""Requests that are answered, and after which something goes on coming that is no request."""


OFFERS = (
    b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n",
    b"Upgrade: any\r\nConnection: Upgrade\r\n",
)
BODY = b'{"text": "what is a red notice"}'
LENGTH = b"Content-Length: 32\r\n\r\n"
IN_PIECES = b"Transfer-Encoding: chunked\r\n\r\n20\r\n" + BODY + b"\r\n0\r\n\r\n"
LAST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize(
    "parts",
    [
        (LENGTH + BODY + LAST,),
        (LENGTH, BODY, LAST),
        (LENGTH + BODY[:9], BODY[9:] + LAST),
        (IN_PIECES + LAST,),
        (IN_PIECES[:50], IN_PIECES[50:] + LAST),
    ],
)
def test_an_offer_of_another_protocol_is_ignored_and_its_body_read(service: Service, offer: bytes, parts: tuple[bytes, ...]) -> None:
    first, *rest = parts
    allowed = b"Authorization: Bearer " + TOKEN.encode() + b"\r\n"
    received = send(service, POST + allowed + offer + first, *rest, pause=0.1 if rest else 0)
    assert received.count(b" 200 ") == 2, received
    assert b'"red-notice"' in received


def test_many_offers_one_after_the_other_are_read(service: Service) -> None:
    asked = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + OFFERS[1] + b"\r\n"
    assert send(service, asked * 300 + LAST).count(b" 200 OK") == 301
    assert b" 400 " in send(service, b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n")
    closing = asked.replace(b"Connection: Upgrade", b"Connection: close, Upgrade")
    assert send(service, closing).count(b" 200 OK") == 1


def test_a_header_or_a_body_that_does_not_end_is_cut_off(tmp_path: Path) -> None:
    with running(tmp_path, header_seconds=1, body_seconds=1, database="none") as hasty:
        assert b" 408 " in send(hasty, POST + b"Content-Length: 100\r\n\r\n{")
        assert send(hasty, b"") == b""
        assert send(hasty, POST) == b""
        assert (
            send(hasty, POST + b"Connection: keep-alive\r\nContent-Length: 13\r\n\r\n" + b'{"text":"hi"}', b"GET / HTTP/1.1\r\n").count(
                b" 200 "
            )
            == 1
        )
        assert b" 431 " in send(hasty, b"GET / HTTP/1.1\r\nX-Long: ", *[b"a" * 4096] * 64)
        assert b" 431 " in send(hasty, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 20_000 + b"\r\n\r\n")
        for lazy in IDLERS:
            assert b" 200 " in send(hasty, lazy, *[b"\n"] * 8, pause=0.2)
        refused = send(hasty, b"nonsense\r\n\r\n")
        assert b" 400 " in refused
        assert b"application/problem+json" in refused
        assert b"nosniff" in refused
        assert not any(line.get("request") == "trailer" for line in hasty.lines())
        assert get(f"{hasty.url}/healthz").text == "ok\n"


def test_a_message_that_is_made_to_be_slow_is_answered(client: httpx.Client) -> None:
    for unit in (" ", "\n", "? ", ", a", "and ", "why? ", "norway, ", "red notice "):
        for size in (200, 10_000):
            assert client.post("/v1/ask", json={"text": (unit * size)[:size]}).status_code == 200


def test_an_entry_that_became_stale_is_sent_again(tmp_path: Path) -> None:
    folder, address = base.write(tmp_path / "base"), "/v1/entries/deepest-ocean"
    with running(tmp_path, intents=folder, database="none", today="2026-12-31") as service:
        before = get(service.url + address)
    with running(tmp_path, intents=folder, database="none", today="2027-01-02") as service:
        after = get(service.url + address, headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert (before.json()["stale"], after.json()["stale"]) == (False, True)
        assert get(service.url + address, headers={"If-None-Match": after.headers["etag"]}).status_code == 304

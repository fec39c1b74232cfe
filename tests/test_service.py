"""The service as a program meets it: the real command, a real socket."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import base
import httpx
import jsonschema
import pytest
from service import SECRET, Service, running

from bot import Bot
from bot.render.json import as_dict

TOKEN = "a token of the tests"
PAGE = "https://www.example.org"
FIRST, LEANS = "what is a red notice", "how long does it last"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("service"), tokens=TOKEN, origins=PAGE) as found:
        yield found


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url, headers={"Authorization": f"Bearer {TOKEN}"}) as made:
        yield made


def _ask(client: httpx.Client, text: str, context: object = None) -> dict[str, Any]:
    reply: dict[str, Any] = client.post("/v1/ask", json={"text": text, "context": context}).raise_for_status().json()
    return reply


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
    reply, own = _ask(client, text), json.loads(json.dumps(as_dict(bot.ask(text))))
    assert reply.pop("reply_id")
    for name in ("signature", "conversation"):
        assert reply["context"].pop(name)
    assert reply == own


def _document(client: httpx.Client) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/openapi.json").raise_for_status().json()
    return document


def test_the_examples_of_the_document_hold(client: httpx.Client) -> None:
    document, sent = _document(client), 0
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
            for example in body.get("examples", {}).values():
                response = client.request(method, path, json=example["value"])
                _holds(response, told, document)
                sent += 1
    assert sent >= 4


@pytest.mark.parametrize("path", ["/v1/about", "/v1/entries", "/v1/entries/red-notice", "/readyz"])
def test_what_is_read_is_as_the_document_says(path: str, client: httpx.Client) -> None:
    document = _document(client)
    told = document["paths"][path.replace("red-notice", "{entry_id}")]["get"]
    _holds(client.get(path), told, document)


def _holds(response: httpx.Response, told: dict[str, Any], document: dict[str, Any]) -> None:
    """Checks a response against what the document says of its status."""
    assert response.status_code == 200
    schema = told["responses"]["200"]["content"]["application/json"].get("schema", {})
    jsonschema.validate(response.json(), schema | {"components": document["components"]})


PROBLEMS: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("POST", "/v1/ask", {"content": b"{"}, 400, "bad-request"),
    ("POST", "/v1/ask", {"content": b'{"text": "\xff"}'}, 400, "bad-request"),
    ("POST", "/v1/ask", {"content": b'{"text": ' + b"[" * 60_000}, 400, "bad-request"),
    ("POST", "/v1/ask", {"content": b'{"context":' * 9_000 + b"0" + b"}" * 9_000}, 400, "bad-request"),
    ("POST", "/v1/ask", {"content": b""}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": []}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {}}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"text": "a", "choice": "red-notice"}}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"text": 1}}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"text": None}}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"text": "a", "context": "b"}}, 422, "invalid"),
    ("POST", "/v1/ask", {"json": {"text": "a", "channel": "x"}}, 422, "invalid"),
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


def test_pages_that_were_named_may_ask_and_others_may_not(service: Service) -> None:
    def asked(origin: str) -> httpx.Response:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        return httpx.options(f"{service.url}/v1/ask", headers=headers)

    assert asked(PAGE).headers["access-control-allow-origin"] == PAGE
    assert "access-control-allow-origin" not in asked("https://evil.example").headers
    assert httpx.post(f"{service.url}/v1/ask", json={"text": "hi"}, headers={"Origin": PAGE}).status_code == 200
    assert httpx.post(f"{service.url}/v1/ask", json={"text": "hi"}, headers={"Origin": service.url}).status_code == 200


def test_a_conversation_goes_on_in_any_process_that_has_the_secret(client: httpx.Client, tmp_path: Path) -> None:
    context = _ask(client, FIRST)["context"]
    with running(tmp_path, secret=SECRET) as other, httpx.Client(base_url=other.url) as elsewhere:
        reply = _ask(elsewhere, LEANS, context)
    assert reply["status"] == "answer"
    assert reply["context"]["conversation"] == context["conversation"]


def test_a_forged_context_counts_for_nothing_and_that_is_told(client: httpx.Client, bot: Bot) -> None:
    context = _ask(client, FIRST)["context"]
    for forged in (context | {"topic": "funding"}, context | {"signature": "x"}, {"version": 1}, bot.ask(FIRST).context):
        response = client.post("/v1/ask", json={"text": LEANS, "context": forged})
        assert response.headers["factotum-context"] == "refused"
        assert response.json()["status"] == "none"


def test_a_choice_shows_the_entry_and_goes_on_from_there(client: httpx.Client) -> None:
    first = client.post("/v1/ask", json={"choice": "red-notice"}).json()
    assert first["answers"][0]["id"] == "red-notice"
    assert _ask(client, "who can ask for one?", first["context"])["status"] == "answer"


def test_an_explanation_is_that_of_the_bot(client: httpx.Client, bot: Bot) -> None:
    explained = client.post("/v1/explain", json={"text": "red notice"}).json()
    assert [item["outcome"]["chosen"] if "chosen" in item["outcome"] else item["outcome"] for item in explained]
    assert len(explained) == len(bot.explain("red notice"))


def test_entries_are_not_sent_again_until_the_base_changes(client: httpx.Client, bot: Bot) -> None:
    first = client.get("/v1/entries")
    assert {item["id"] for item in first.json()["entries"]} == set(bot.kb.entries)
    assert client.get("/v1/entries", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_the_journal_tells_requests_and_nothing_of_persons(service: Service, client: httpx.Client) -> None:
    client.post("/v1/ask", json={"text": "my name is Zebulon Quux, what is a red notice"}, headers={"X-Request-Id": "find-me"})
    _until(lambda: any(line.get("request") == "find-me" for line in service.lines()))
    (line,) = (line for line in service.lines() if line.get("request") == "find-me")
    assert (line["route"], line["status"], line["method"]) == ("/v1/ask", 200, "POST")
    text = service.journal.read_text("utf-8")
    assert not any(private in text for private in ("Zebulon", "red notice", "127.0.0.1:5", TOKEN, SECRET))


def test_too_many_requests_are_told_when_to_come_back(tmp_path: Path) -> None:
    with running(tmp_path, rate="3/minute", tokens=None, database="none") as limited:
        codes = [httpx.get(f"{limited.url}/v1/about").status_code for _ in range(3)]
        response = httpx.get(f"{limited.url}/v1/about")
        assert codes == [200] * 3
        assert (response.status_code, response.json()["type"]) == (429, "/problems/too-many")
        assert 1 <= int(response.headers["retry-after"]) <= 60
        assert httpx.get(f"{limited.url}/healthz").status_code == 200


def test_without_tokens_nobody_gets_an_explanation(tmp_path: Path) -> None:
    with running(tmp_path, database="none") as open_to_all:
        response = httpx.post(f"{open_to_all.url}/v1/explain", json={"text": "x"}, headers={"Authorization": "Bearer"})
    assert response.status_code == 401
    assert "FACTOTUM_TOKENS" in response.json()["detail"]


def test_a_base_that_is_faulty_or_a_port_that_is_taken_is_told_at_the_start(tmp_path: Path, service: Service) -> None:
    folder = base.write(tmp_path, {"faq/earth/deepest-ocean.yaml": "id: deepest-ocean\n"})
    port = service.url.rpartition(":")[2]
    for given, told in (
        ({"INTENTS": str(folder)}, "[missing-key]"),
        ({"PORT": port}, "FACTOTUM_PORT"),
        ({"WORKERS": "2"}, "FACTOTUM_SECRET"),
    ):
        variables = {f"FACTOTUM_{name}": value for name, value in given.items()}
        done = subprocess.run(
            [sys.executable, "-m", "bot", "serve"], env=os.environ | variables, capture_output=True, text=True, check=False
        )
        assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr


def _until(what: Any, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def test_a_changed_base_is_swapped_whole_in_every_worker_or_not_at_all(tmp_path: Path) -> None:
    folder = base.write(tmp_path / "base")
    entry = folder / "faq/earth/deepest-ocean.yaml"
    sound = entry.read_text("utf-8")
    with running(tmp_path, workers=2, intents=folder, reload_seconds=0.2) as both:

        def versions(number: int = 12) -> set[tuple[str, int]]:
            replies = [httpx.get(f"{both.url}/readyz").json() for _ in range(number)]  # a connection each, so that both workers are met
            return {(reply["kb"], len(reply["problems"])) for reply in replies}

        (first,) = versions()
        entry.write_text(sound.replace("About eleven", "Nearly eleven"), "utf-8")
        _until(lambda: first not in versions() and len(versions()) == 1)
        assert "Nearly eleven" in httpx.post(f"{both.url}/v1/ask", json={"text": "how deep is the deepest ocean"}).json()["text"]
        (second,) = versions()
        entry.write_text("id: deepest-ocean\n", "utf-8")
        _until(lambda: all(problems for _, problems in versions()))
        assert {kb for kb, _ in versions()} == {second[0]}
        assert "faq/earth/deepest-ocean.yaml:1:1: error [missing-key]" in httpx.get(f"{both.url}/readyz").json()["problems"][0]
        assert any("faulty" in line["message"] for line in both.lines())
        entry.write_text(sound, "utf-8")
        _until(lambda: versions() == {first})


def test_counters_are_those_of_all_workers(tmp_path: Path) -> None:
    with running(tmp_path, workers=2) as both:
        for _ in range(30):
            httpx.post(f"{both.url}/v1/ask", json={"text": "hello"})
        for _ in range(5):
            counted = re.search(r'factotum_requests_total\{route="/v1/ask",status="200"\} (\S+)', httpx.get(f"{both.url}/metrics").text)
            assert counted
            assert float(counted[1]) == 30


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_loses_no_request(workers: int, tmp_path: Path) -> None:
    with running(tmp_path, workers=workers) as service:
        outcomes: list[str] = []
        callers = [threading.Thread(target=_calling, args=(service.url, outcomes)) for _ in range(8)]
        for caller in callers:
            caller.start()
        time.sleep(1)
        assert service.stop() == 0
        for caller in callers:
            caller.join()
    assert outcomes.count("200") > 50
    assert set(outcomes) <= {"200", "503", "nobody there"}
    assert _noted(tmp_path) == outcomes.count("200")


def _calling(url: str, outcomes: list[str]) -> None:
    """Asks over one connection, again and again, until nobody takes a new one."""
    with httpx.Client(base_url=url) as client:
        while True:
            try:
                outcomes.append(str(client.post("/v1/ask", json={"text": "what is a red notice"}).status_code))
            except httpx.ConnectError:
                outcomes.append("nobody there")
                return
            except httpx.HTTPError as error:
                outcomes.append(repr(error))
                return


def _noted(folder: Path) -> int:
    """How many questions are in the log of a service that ran in a folder."""
    with closing(sqlite3.connect(folder / "questions.db")) as database:
        return int(database.execute("select count(*) from question").fetchone()[0])


def test_a_kill_loses_at_most_the_last_second(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running(tmp_path) as service:
        outcomes: list[str] = []
        caller = threading.Thread(target=_calling, args=(service.url, outcomes))
        caller.start()
        time.sleep(3)
        answered = len(outcomes)
        service.stop(signal.SIGKILL)
        caller.join()
    rate, lost = answered / 3, outcomes.count("200") - _noted(tmp_path)
    with capsys.disabled():
        print(f"\nSIGKILL: {lost} of {outcomes.count('200')} questions lost, those of the last {lost / rate:.2f} s")
    assert lost <= rate


def test_a_service_without_its_database_answers_on_and_writes_when_it_is_back(tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.write_text("a file where the folder should be")
    with running(tmp_path, database=f"sqlite:///{away}/questions.db") as service:
        for _ in range(3):
            assert httpx.post(f"{service.url}/v1/ask", json={"text": "hello"}).status_code == 200
        _until(lambda: not _log(service)["working"])
        assert _log(service)["fault"]
        _until(lambda: "factotum_log_down 1.0" in httpx.get(f"{service.url}/metrics").text)
        away.unlink()
        away.mkdir()
        _until(lambda: _log(service)["working"] and _log(service)["waiting"] == 0)
    assert _noted(away) == 3


def _log(service: Service) -> dict[str, Any]:
    ready = httpx.get(f"{service.url}/readyz")
    assert ready.status_code == 200
    found: dict[str, Any] = ready.json()["log"]
    return found


def _send(service: Service, *parts: bytes, pause: float = 0.0) -> bytes:
    """What comes back for bytes as they are, until the other side closes."""
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as wire:
        for part in parts:
            try:
                wire.sendall(part)
            except OSError:
                break
            time.sleep(pause)
        received = b""
        with suppress(OSError):
            while chunk := wire.recv(65_536):
                received += chunk
        return received


POST = b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


IDLERS = (
    b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Request-Id: trailer\r\n",
)
"""Requests that are answered, and after which something goes on coming that is no request."""


def test_a_header_or_a_body_that_does_not_end_is_cut_off(tmp_path: Path) -> None:
    with running(tmp_path, header_seconds=0.5, body_seconds=0.5, database="none") as hasty:
        start = time.monotonic()
        assert b" 408 " in _send(hasty, POST + b"Content-Length: 100\r\n\r\n{")
        assert _send(hasty, b"") == b""
        assert _send(hasty, POST) == b""
        assert (
            _send(hasty, POST + b"Connection: keep-alive\r\nContent-Length: 13\r\n\r\n" + b'{"text":"hi"}', b"GET / HTTP/1.1\r\n").count(
                b" 200 "
            )
            == 1
        )
        assert time.monotonic() - start < 5
        assert b" 431 " in _send(hasty, b"GET / HTTP/1.1\r\nX-Long: ", *[b"a" * 4096] * 64)
        assert b" 431 " in _send(hasty, b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 20_000 + b"\r\n\r\n")
        start = time.monotonic()
        for lazy in IDLERS:
            assert b" 200 " in _send(hasty, lazy, *[b"\n"] * 8, pause=0.1)
        assert time.monotonic() - start < 10
        refused = _send(hasty, b"nonsense\r\n\r\n")
        assert b" 400 " in refused
        assert b"application/problem+json" in refused
        assert b"nosniff" in refused
        assert not any(line.get("request") == "trailer" for line in hasty.lines())
        assert httpx.get(f"{hasty.url}/healthz").text == "ok\n"


def test_a_message_that_is_made_to_be_slow_holds_nobody_up(service: Service, client: httpx.Client) -> None:
    done = threading.Event()
    waits: list[float] = []

    def others() -> None:
        while not done.is_set():
            start = time.monotonic()
            httpx.get(f"{service.url}/healthz")
            waits.append(time.monotonic() - start)

    watching = threading.Thread(target=others)
    watching.start()
    for unit in (" ", "\n", "? ", ", a", "and ", "why? ", "norway, ", "red notice "):
        for size in (200, 10_000):
            assert client.post("/v1/ask", json={"text": (unit * size)[:size]}, timeout=20).status_code == 200
    done.set()
    watching.join()
    assert max(waits) < 1


def test_an_address_that_is_none_is_no_way_around_the_rate(tmp_path: Path) -> None:
    with running(tmp_path, rate="3/minute", tokens=None, database="none") as limited:
        codes = [
            httpx.get(f"{limited.url}/v1/about", headers={"X-Forwarded-For": sender}).status_code
            for sender in ("x-1", "x-2", "x-3", "x-4", "fe80::1%eth0", "2001:db8::1", "2001:db8::2", "2001:db8:0:9::1", "2001:db8::3")
        ]
    assert codes == [200, 200, 200, 429, 200, 200, 200, 200, 429]


def test_workers_end_when_nobody_is_left_who_could_stop_them(tmp_path: Path) -> None:
    with running(tmp_path, workers=2) as both:
        httpx.get(f"{both.url}/healthz")
        both.stop(signal.SIGKILL)
        _until(lambda: not _taken(both))


def _taken(service: Service) -> bool:
    try:
        return httpx.get(f"{service.url}/healthz", timeout=1).status_code == 200
    except httpx.HTTPError:
        return False

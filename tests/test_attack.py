"""What somebody may send who means no good, or who is only careless."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import SHOP
from hypothesis import given, settings
from hypothesis import strategies as st
from service import Service, running

TOKEN = "a-token-of-the-tests"

HARMFUL = [
    "<script>alert(1)</script> where is the shop",
    "<img src=x onerror=alert(1)>",
    "\x1b]0;owned\x07\x1b[2J\x1b[31m the shop \u202e backwards",
    "{{7*7}} ${7*7} {% raw %} %s {asked} {0}",
    "'; drop table question; --",
    "../../../etc/passwd",
    "\x00\x01\x02",
    "a" * 10_000,
    "is " * 3_000,
    "\u0301" * 5_000,
    "🕵️" * 2_000,
    "=cmd|' /C calc'!A0",
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("attack"), tokens=TOKEN, open_page=True, intents=SHOP / "base") as found:
        yield found


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[httpx.Client]:
    """One client for all: each call of httpx.post loads the certificates of the system anew."""
    with httpx.Client(base_url=service.url, headers={"Authorization": f"Bearer {TOKEN}"}) as found:
        yield found


def test_a_fuzzer_that_reads_the_document_finds_nothing(service: Service, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{service.url}/openapi.json", "--checks", "all", "--no-color"]
    given_to = ["--max-examples", "30", "--seed", "1", "--header", f"Authorization: Bearer {TOKEN}"]
    done = subprocess.run(command + given_to, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "Tested: 11" in done.stdout


@pytest.mark.parametrize("text", HARMFUL, ids=lambda text: ascii(text)[:30])
def test_what_was_sent_is_answered_and_comes_back_as_text_alone(text: str, service: Service, client: httpx.Client) -> None:
    response = client.post("/v1/ask", json={"text": text})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert not any(character in response.json()["text"] for character in "\x1b\x07\x00\u202e")
    page = client.post("/", data={"text": text}, headers={"Origin": service.url})
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


@settings(max_examples=60)
@given(st.text(max_size=400), st.sampled_from(["/v1/ask", "/webhooks/rest/webhook"]))
def test_any_text_gets_a_reply(client: httpx.Client, text: str, path: str) -> None:
    body = {"text": text} if path == "/v1/ask" else {"message": text, "sender": "x"}
    response = client.post(path, json=body)
    assert response.status_code == 200
    assert response.json()


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_get_a_clear_reply(client: httpx.Client, body: bytes) -> None:
    for path in ("/v1/ask", "/v1/explain", "/v1/feedback", "/webhooks/rest/webhook", "/"):
        assert client.post(path, content=body, headers={"Content-Type": "application/json"}).status_code < 500


def test_nothing_went_wrong_inside(service: Service) -> None:
    assert [line for line in service.lines() if line["levelname"] not in ("INFO",) and "Invalid HTTP" not in line["message"]] == []

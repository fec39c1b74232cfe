"""Chat platforms: their messages in, ours out. Rasa's contract is read from its source (rasa/core/channels/rest.py)."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from browser import Site
from playwright.sync_api import Page
from service import SECRET, Service, get, post, running

from bot.commands import log
from bot.questionlog.store import Store
from bot.serve.context_store import ContextStore

pytest_plugins = ["browser"]

WEBHOOK = "/webhooks/rest/webhook"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("channels")) as found:
        yield found


def _say(service: Service, message: str, sender: str | int | None = "ann", **further: Any) -> list[dict[str, Any]]:
    body = {"sender": sender, "message": message} | further
    items: list[dict[str, Any]] = post(service.url + WEBHOOK, json=body).raise_for_status().json()
    return items


def test_the_channel_tells_that_it_is_there(service: Service) -> None:
    assert get(f"{service.url}/webhooks/rest/").json() == {"status": "ok"}


@pytest.mark.parametrize(
    "message",
    ["what is a red notice", "", "asdf qwer", "hello", "no", '/restart{"a": 1}', "é" * 500],
)
def test_there_is_always_a_text_for_the_one_who_asked(message: str, service: Service) -> None:
    items = _say(service, message)
    assert items
    assert all(item["recipient_id"] == "ann" and item["text"] for item in items)
    assert set().union(*items) <= {"recipient_id", "text", "buttons"}


FIRST, LEANS, UNCLEAR = "what is a red notice", "how long does it last", "red notice vs"
"""The second has an answer after the first alone."""


def _goes_on(service: Service, sender: str | None) -> bool:
    """Whether a message that leans on the first is understood."""
    return "As of" in str(_say(service, LEANS, sender))


def test_a_conversation_is_remembered_by_its_sender_alone(service: Service) -> None:
    _say(service, FIRST, "bob")
    assert not _goes_on(service, "carol")
    assert _goes_on(service, "bob")


@pytest.mark.parametrize("nobody", [None, "", "default"])
def test_who_sends_no_name_has_no_conversation(nobody: str | None, service: Service) -> None:
    assert _say(service, FIRST, nobody)[0]["recipient_id"] == (nobody if nobody == "" else "default")
    assert not _goes_on(service, nobody)


def test_options_are_buttons_and_their_payload_chooses(service: Service) -> None:
    buttons = [button for item in _say(service, UNCLEAR, "dan") for button in item.get("buttons", [])]
    titles = [button["title"] for button in buttons]
    assert titles
    chosen = _say(service, buttons[0]["payload"], "dan")
    assert "As of" in str(chosen)
    assert titles[-1] == "None of these"


@pytest.mark.parametrize("kind", ["text/plain;charset=UTF-8", "application/json", "application/octet-stream"])
def test_the_type_of_the_body_does_not_matter(kind: str, service: Service) -> None:
    body = json.dumps({"message": "hello", "metadata": {"a": 1}, "input_channel": "rest"})
    response = post(service.url + WEBHOOK, content=body, headers={"Content-Type": kind})
    assert response.json()[0]["recipient_id"] == "default"


def test_a_stream_is_the_same_messages_a_line_each(service: Service) -> None:
    body = {"sender": "eve", "message": "what is a red notice"}  # a sender of its own for each: nothing is told twice
    response = post(f"{service.url}{WEBHOOK}?stream=true", json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert [json.loads(line) for line in response.text.splitlines()] == [
        {**item, "recipient_id": "eve"} for item in _say(service, "what is a red notice", "eva")
    ]


def test_senders_whose_names_begin_alike_have_conversations_of_their_own(service: Service) -> None:
    _say(service, FIRST, "x" * 300 + "ann")
    assert not _goes_on(service, "x" * 300 + "bob")
    assert _goes_on(service, "x" * 300 + "ann")


def test_a_conversation_survives_a_start_and_ages_out(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        _say(first, FIRST)
        _say(first, FIRST, "bob")
    with running(tmp_path) as second:
        assert _goes_on(second, "ann")
    with closing(sqlite3.connect(tmp_path / "questions.db")) as database, database:
        database.execute("update conversation set at = '2020-01-01 00:00:00.000000'")
    with running(tmp_path) as third:
        assert not _goes_on(third, "bob")


def test_what_is_kept_of_a_conversation_names_nobody_and_its_sender_can_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(tmp_path) as service:
        _say(service, "my mail is ann@example.org, what is a red notice", "ann@example.org")
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("questions.db*"))
    assert b"red notice" in kept
    assert b"ann@" not in kept
    monkeypatch.setenv("FACTOTUM_SECRET", SECRET)
    arguments = ["--database", str(tmp_path / "questions.db"), "--export", "rasa:ann@example.org"]
    assert log.run(arguments, date.today) == 0
    kept_of_it = json.loads(capsys.readouterr().out)["questions"][0]
    assert kept_of_it["question"] == "my mail is [e-mail], what is a red notice"
    assert kept_of_it["base"] == "intents"
    assert kept_of_it["margin"] > 0


def test_a_conversation_goes_on_when_the_clock_is_set_back(tmp_path: Path) -> None:
    day = datetime(2026, 11, 29, 12, tzinfo=UTC)
    clock = [day]
    with closing(Store(f"sqlite:///{tmp_path}/questions.db")) as store:
        contexts = ContextStore(store, lambda: True, lambda: clock[0], hours=24, redact=str)

        async def kept(topic: str, now: datetime) -> Any:
            clock[0] = now
            await contexts.keep("ann", {"topic": topic})
            return await contexts.recall("ann")

        for topic, now in (("red-notice", day), ("funding", day - timedelta(hours=3)), ("member-countries", day - timedelta(days=3))):
            assert asyncio.run(kept(topic, now)) == {"topic": topic}
        clock[0] = day - timedelta(days=1)
        assert asyncio.run(contexts.recall("ann")) is None


@pytest.fixture(scope="module")
def chatroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chat widget for Rasa's REST channel that others wrote, as the npm registry has it."""
    folder = tmp_path_factory.mktemp("chatroom")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm: the chat widget of others cannot be fetched, and was not tried")
    done = subprocess.run(
        [npm, "pack", "--silent", "@scalableminds/chatroom@0.12.0"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("the npm registry does not answer: the chat widget of others was not tried")
    shutil.unpack_archive(next(folder.glob("*.tgz")), folder, filter="data")
    return folder / "package/dist/Chatroom.js"


ROOM = """<div id="room"></div>"""


def test_a_widget_of_others_holds_a_conversation(chatroom: Path, page: Page, elsewhere: Site, tmp_path: Path) -> None:
    with running(tmp_path, origins=elsewhere.url) as service:
        page.goto(elsewhere.put(ROOM))
        page.add_script_tag(path=chatroom)
        page.evaluate("host => new Chatroom({host, title: 'Desk', container: document.querySelector('#room')}).openChat()", service.url)
        _type(page, UNCLEAR)
        page.locator("#room .chat-button").filter(has_text="None of these").wait_for()
        page.locator("#room .chat-button").first.click()
        for said, answered in (("", "As of"), (FIRST, "asks police all over the world"), (LEANS, "five years")):
            _type(page, said) if said else None
            page.locator("#room .chat.left").filter(has_text=answered).last.wait_for()
        _type(page, "<img src=x onerror=document.title='owned'> zorbia")
        page.locator("#room .chat.left").filter(has_text="do not know").last.wait_for()
        assert page.title() == "Elsewhere"


def _type(page: Page, text: str) -> None:
    page.locator("#room input[type=text], #room .chat-input").last.fill(text)
    page.keyboard.press("Enter")

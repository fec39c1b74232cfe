"""Blocks carry what a channel needs as fields, and every channel lays them out from these."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import httpx
import pytest
from base import write
from browser import window
from playwright.sync_api import Browser, Page, expect
from service import Service, running

from bot import Bot
from bot.answering.layout import plain, spans
from bot.commands.show import run as show
from bot.kinds import KINDS, EntryKind, TalkKind
from bot.reply import Block
from bot.terminal.session import Session

pytest_plugins = ["browser"]

TIDES = """
id: tides
question: What do I do about a high tide?
alternates: [the tide is coming in, flood tide warning, spring tide help, what to do at high water]
answer: |
  Ring +44 20 7946 0958 or write to tides@example.org at once.

  The tables stand at www.example.org/tides.
points: [Keep the children near., Leave the car.]
steps: [Leave the beach., "Read https://example.org/safe, then wait."]
more: |
  The moon makes the tides.

  See https://example.org/moon.
sources: [{id: atlas, at: page 9}]
as_of: 2020-05
"""
QUESTION = "what do i do about a high tide"
SHOWN = (
    "Ring +44 20 7946 0958 or write to tides@example.org at once.\n\nThe tables stand at www.example.org/tides.\n\n"
    "- Keep the children near.\n- Leave the car.\n1. Leave the beach.\n2. Read https://example.org/safe, then wait."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("tides"), {"faq/earth/tides.yaml": TIDES})


@pytest.fixture(scope="module")
def tides(folder: Path) -> Bot:
    return Bot.load(folder)


@pytest.fixture(scope="module")
def service(folder: Path, tides: Bot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("blocks"), intents=folder) as found:
        yield found


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Nothing to follow here, 12+13 = 25, a@b, www. and http://", []),
        ("See https://example.org/a_(b)?x=1&y=2.", ["https://example.org/a_(b)?x=1&y=2"]),
        ("(https://example.org), “https://example.com/”!", ["https://example.org", "https://example.com/"]),
        ("Look at www.example.org.", ["https://www.example.org"]),
        ("Write to first.last+tag@sub.example.org.", ["mailto:first.last+tag@sub.example.org"]),
        ("Ring +33 (0)4 72-44 70 00, not +5.", ["tel:+330472447000"]),
        ("https://example.org/x@y.z is one address", ["https://example.org/x@y.z"]),
    ],
)
def test_what_can_be_followed_has_an_address(text: str, links: list[str]) -> None:
    found = spans(text)
    assert [span.href for span in found if span.href] == links
    assert "".join(span.text for span in found) == (text if links else "")


def _all_blocks(bot: Bot) -> Iterator[Block]:
    for entry_id in bot.kb.entries:
        shown = bot.show(entry_id)
        assert shown is not None
        yield from shown.reply.blocks
    for text in ("red notice vs", "what is zorbia", "What is a red notice? And how do I bake bread?"):
        yield from bot.ask(text).blocks


def test_the_fields_of_a_block_make_up_its_text(bot: Bot, tides: Bot) -> None:
    seen = set()
    for block in (*_all_blocks(bot), *_all_blocks(tides)):
        seen.add(block.role)
        line = block.label if block.label is not None else block.text
        assert "".join(span.text for span in block.spans) in ("", line)
        if block.number:
            assert block.text == f"{block.number}. {block.label}"
        if block.role == "source":
            assert block.text == f"- {block.label}. {block.detail}" + (f" {block.ref}" if block.ref else "")
        if block.role in ("option", "related"):
            assert block.ref in {**bot.kb.entries, **tides.kb.entries}
        assert (block.verdict is not None) == (block.role == "warning")
        assert (block.source is not None) == (block.role == "source")
    assert seen >= {"text", "fact", "warning", "why", "dated", "heading", "source", "option", "related", "gap", "step", "item", "more"}


def test_lists_and_what_is_shown_on_request_are_parts_of_an_answer(tides: Bot) -> None:
    reply = tides.ask(QUESTION)
    (answer,) = reply.answers
    assert answer.text == SHOWN
    assert answer.more == "The moon makes the tides.\n\nSee https://example.org/moon."
    assert reply.text.startswith(SHOWN)
    assert "moon" not in reply.text
    roles = [block.role for block in reply.blocks]
    assert roles == ["text", "text", "item", "item", "step", "step", "more", "more", "dated", "heading", "source"]


def test_the_terminal_shows_more_on_request(tides: Bot, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = Session(tides, lambda: tides)
    assert "no more" in plain(session.handle("/more"))
    shown = plain(session.handle(QUESTION))
    assert "/more" in shown
    assert "The moon" not in shown
    assert plain(session.handle("/more")) == tides.ask(QUESTION).answers[0].more
    assert "no more" in plain(session.handle("/more"))
    assert show(["tides", "--intents", str(folder)], tides.clock) == 0
    assert "The moon makes the tides.\n\nSee" in capsys.readouterr().out


def test_other_chat_widgets_get_lists_in_one_message_and_a_button_for_more(service: Service) -> None:
    items = httpx.post(f"{service.url}/webhooks/rest/webhook", json={"sender": "ann", "message": QUESTION}).raise_for_status().json()
    assert "\n2. Read https://example.org/safe, then wait." in items[1]["text"]
    assert items[1]["buttons"] == [{"title": "More", "payload": "more"}]
    assert items[-1]["text"] == "Sources:\n- World atlas, page 9. A publisher. published 2020-05, read 2026-11. https://example.org/atlas"


LINKS = [
    ("+44 20 7946 0958", "tel:+442079460958"),
    ("tides@example.org", "mailto:tides@example.org"),
    ("www.example.org/tides", "https://www.example.org/tides"),
    ("https://example.org/safe", "https://example.org/safe"),
]


def _holds_its_parts(page: Page, reply: str) -> None:
    """Links, steps and what is shown on request, in the page and in the widget alike."""
    expect(page.locator(f"{reply} .items li")).to_have_text(["Keep the children near.", "Leave the car."])
    expect(page.locator(f"{reply} .steps li").first).to_have_text("Leave the beach.")
    for text, address in LINKS:
        expect(page.locator(reply).get_by_role("link", name=text).first).to_have_attribute("href", address)
    more = page.locator(f"{reply} details.more")
    expect(more.locator("p").first).to_be_hidden()
    more.locator("summary").click()
    expect(more.locator("p")).to_have_text(
        ["The moon makes the tides.", "See https://example.org/moon (opens a new tab)."], use_inner_text=False
    )


def test_the_page_and_the_widget_show_all_parts(chromium: Browser, service: Service) -> None:
    with window(chromium) as page:
        page.goto(f"{service.url}/entries/tides")
        _holds_its_parts(page, "article")
        page.locator("button.launcher").click()
        page.locator("#input").fill(QUESTION)
        page.keyboard.press("Enter")
        _holds_its_parts(page, ".turn .reply")


@pytest.mark.parametrize("text", ["zorbiaq@evil.com", "www.evilsiteq.com zorbq", "what is http://evilq.com/zzq", "zorbq +44 20 7946 0958"])
def test_what_somebody_typed_never_becomes_a_link(bot: Bot, text: str) -> None:
    reply = bot.ask(text)
    assert reply.blocks
    assert [span for block in reply.blocks for span in block.spans if span.href] == []


def test_every_kind_is_a_module_with_its_name() -> None:
    modules = {file.stem for file in (Path(__file__).parent.parent / "bot" / "kinds").glob("*.py")} - {"__init__", "kind"}
    assert set(KINDS) == modules == {*get_args(EntryKind), *get_args(TalkKind)}
    assert all(kind.about and (kind.parts.get("") is not None) == kind.is_entry for kind in KINDS.values())

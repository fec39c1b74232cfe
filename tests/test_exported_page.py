"""The exported HTML page, in a real browser without scripts."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from browser import faults, too_small, too_wide, window
from conftest import SHOP
from orders import read_base
from playwright.sync_api import Browser, Page, expect

from bot.exports import FORMATS
from bot.exports.format import Subject

pytest_plugins = ["browser"]

DAY = date(2031, 1, 1)  # an answer of the shop is due to be checked again by then


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page of the shop lies."""
    (content,) = FORMATS["html"].write(Subject(read_base(SHOP / "base"), DAY, "Help of the <shop>")).files.values()
    file = tmp_path_factory.mktemp("page") / "faq.html"
    file.write_bytes(content)
    return file.as_uri()


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts, of which nothing may break the page's own policy."""
    with window(chromium, java_script_enabled=False) as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        yield page
        assert complaints == []


def test_a_question_opens_its_answer(plain: Page, address: str) -> None:
    plain.goto(address)
    expect(plain).to_have_title("Help of the <shop>")
    answer = plain.get_by_text("Hard honey is good")
    expect(answer).to_be_hidden()
    plain.get_by_text("Is hard honey spoilt?").first.click()
    expect(answer).to_be_visible()
    expect(plain.locator("details[open] .warning")).to_contain_text("(incorrect)")
    expect(plain.locator("details[open] .sources")).to_contain_text("Handbook of keeping food, chapter 6")


def test_a_link_to_an_entry_opens_it(plain: Page, address: str) -> None:
    plain.goto(f"{address}#myth-honey")
    expect(plain.locator("#myth-honey")).to_be_in_viewport()
    expect(plain.locator("details[open]")).to_have_count(1)
    expect(plain.locator("details[open] summary")).to_be_in_viewport()
    plain.locator("details[open] .related a").click()
    expect(plain.locator("#local-goods")).to_be_visible()


def test_it_needs_no_other_file_and_no_script(address: str) -> None:
    text = Path(address.removeprefix("file://")).read_text("utf-8")
    assert re.findall(r"<script|<link|<img|<iframe|url\(|@import|\son\w+=|style=", text) == []
    assert "default-src 'none'; style-src 'sha256-" in text


def test_its_style_is_the_one_that_its_policy_allows(plain: Page, address: str) -> None:
    plain.goto(address)
    expect(plain.locator("body")).to_have_css("max-width", "736px")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, address: str, scheme: str) -> None:
    with window(chromium, color_scheme=scheme, bypass_csp=True) as page:  # axe itself is a script
        page.goto(address)
        assert faults(page) == []
        page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
        expect(page.locator(".caveat").first).to_be_visible()
        assert faults(page) == []


def test_it_fits_a_small_phone(chromium: Browser, address: str) -> None:
    with window(chromium, viewport={"width": 320, "height": 568}) as page:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
        assert too_wide(page) == []
        assert too_small(page, 24) == []


def test_all_answers_are_printed(plain: Page, address: str) -> None:
    plain.goto(address)
    plain.emulate_media(media="print")
    expect(plain.get_by_text("Hard honey is good")).to_be_visible()
    expect(plain.locator("nav")).to_be_hidden()


def test_the_keyboard_reaches_what_the_mouse_reaches(plain: Page, address: str) -> None:
    plain.goto(address)
    plain.keyboard.press("Tab")
    expect(plain.locator(".skip")).to_be_in_viewport()
    plain.keyboard.press("Enter")
    plain.keyboard.press("Tab")
    expect(plain.locator("summary").first).to_be_focused()
    plain.keyboard.press("Enter")
    expect(plain.locator("details").first).to_have_attribute("open", "")

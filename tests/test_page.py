"""The help page: with a browser that runs no scripts, and by plain HTTP."""

import html
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from base import write
from browser import Site, faults, too_small, too_wide, window
from playwright.sync_api import Browser, Page, expect
from service import running

from bot import Bot
from bot.serve.files import served

pytest_plugins = ["browser"]

MYTH = "so its an international arest warrant?"
UNCLEAR = "red notice vs"
HOSTILE = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script></textarea> what is a 'red' & notice?"


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    with window(chromium, java_script_enabled=False) as page:
        yield page


def ask(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    with page.expect_navigation():  # till all of it is there: axe would look at a page without its style
        page.get_by_role("button", name="Ask", exact=True).click()


def http(address: str, form: Mapping[str, str] | bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, Message, str]:
    """Status, headers and body of a page."""
    body = form if isinstance(form, bytes) or form is None else urlencode(form).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, dict(headers or {})), timeout=60) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


# A conversation without scripts


def test_a_conversation_goes_on_without_scripts(plain: Page, url: str) -> None:
    plain.goto(url)
    ask(plain, UNCLEAR)
    options = plain.locator(".reply .choice")
    expect(options.last).to_have_text("None of these")
    number = plain.locator(".number code").text_content()
    chosen = options.first.inner_text().removeprefix("1. ")
    plain.locator("#text").fill("half a question")
    options.first.click()
    expect(plain.locator("h1")).to_contain_text(chosen)
    expect(plain.locator(".reply .sources a").first).to_be_visible()
    expect(plain.locator("#text")).to_have_value("half a question")
    assert plain.locator(".reply h2", has_text=chosen).count() == 0
    ask(plain, "and who pays for it?")
    assert plain.locator(".number code").text_content() == number
    assert re.fullmatch(r"[0-9a-f]{32}", number or "")


def test_none_of_these_and_a_person(plain: Page, url: str) -> None:
    plain.goto(url)
    ask(plain, UNCLEAR)
    plain.get_by_role("button", name="None of these").click()
    expect(plain.locator("h1")).to_contain_text("none of these")
    plain.get_by_role("button", name="Talk to a person").click()
    expect(plain.locator(".reply")).to_contain_text("police")
    plain.get_by_role("link", name="New conversation").click()
    expect(plain.locator("#topics")).to_be_visible()


def test_an_answer_shows_verdict_sources_and_dates(plain: Page, url: str) -> None:
    plain.goto(url)
    ask(plain, MYTH)
    expect(plain.locator(".warning .badge")).to_contain_text("incorrect")
    expect(plain.locator(".dated")).to_contain_text("As of 20")
    for link in plain.locator(".sources a").all():
        assert re.match(r"https?://", link.get_attribute("href") or "")
        assert link.get_attribute("rel") == "noopener noreferrer"
    expect(plain.locator(".sources small").first).to_contain_text(re.compile(r"read 20\d\d"))
    expect(plain.locator(".notice")).to_contain_text("Unofficial")


def test_feedback_is_taken_and_the_conversation_goes_on(plain: Page, url: str) -> None:
    plain.goto(url)
    ask(plain, MYTH)
    number = plain.locator(".number code").text_content()
    plain.locator(".judge summary").click()
    plain.locator("#comment").fill("too long")
    plain.get_by_role("button", name="No", exact=True).click()
    expect(plain.locator("h1")).to_have_text("Thank you for telling us.")
    ask(plain, "who pays for it?")
    assert plain.locator(".number code").text_content() == number


def test_danger_stands_out(plain: Page, url: str) -> None:
    plain.goto(url)
    ask(plain, "someone threatens to kill me")
    expect(plain.locator(".urgent")).to_contain_text("emergency number")


def test_markup_stays_text(page: Page, url: str) -> None:
    page.goto(url)
    ask(page, HOSTILE)
    expect(page.locator("h1")).to_contain_text(HOSTILE)
    assert page.locator("main img, main script").count() == 0
    assert page.evaluate("window.hit") is None


def test_the_policy_of_the_page_breaks_nothing_of_it(page: Page, url: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in ("/", "/entries/member-count", "/embed"):
        page.goto(url + path)
        expect(page.locator(".launcher, section.panel")).to_be_visible()
    page.goto(url)
    ask(page, MYTH)
    expect(page.locator(".sources").first).to_be_visible()
    assert complaints == []


# By HTTP


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip, br", True), ("br;q=1, gzip;q=0.1", True), ("gzip;q=0, identity", False), ("GZIP ; q=0.0", False), ("identity", False)],
)
def test_a_file_is_packed_for_those_who_take_it(accepted: str, packed: bool, url: str) -> None:
    request = urllib.request.Request(f"{url}/widget.js", headers={"Accept-Encoding": accepted})
    with urllib.request.urlopen(request) as answer:
        assert (answer.headers.get("Content-Encoding") == "gzip") == packed


def test_pages_carry_their_policy(url: str) -> None:
    for path, status in {"/": 200, "/entries/member-count": 200, "/entries/no-such": 404, "/embed": 200}.items():
        found, headers, _ = http(url + path)
        assert found == status
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["Referrer-Policy"] != "no-referrer"  # a browser would then hide the origin of our own form


def test_every_entry_is_listed_by_theme_and_has_a_page(url: str, bot: Bot) -> None:
    _, _, body = http(url)
    linked = re.findall(r'href="entries/([^"]+)"', body)
    assert sorted(linked) == sorted(bot.kb.entries)
    for entry_id in linked[::12]:
        status, _, body = http(f"{url}/entries/{entry_id}")
        assert status == 200
        assert html.escape(bot.kb.entries[entry_id].question).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in body
        for source in bot.show(entry_id).reply.answers[0].sources:  # type: ignore[union-attr]
            assert source.url is None or html.escape(source.url) in body


def test_files_are_sent_once(url: str) -> None:
    kinds = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml", "json": "application/json"}
    for name, text in served().items():
        status, headers, body = http(f"{url}/{name}")
        kind = kinds[name.rpartition(".")[2].removeprefix("m")]
        assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, kind, "no-cache")
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert body == text
        assert http(f"{url}/{name}", headers={"If-None-Match": headers["ETag"]})[0] == 304
        assert http(f"{url}/{name}", headers={"If-None-Match": '"other"'})[0] == 200


def test_pages_load_nothing_from_elsewhere(url: str) -> None:
    _, _, body = http(url)
    style = served()["page.css"]
    assert re.findall(r'(?:src|href)="(?:https?:)?//', body) == []
    assert re.findall(r"url\(|@import", style) == []


@pytest.mark.parametrize("path", ["/", "/feedback"])
def test_a_form_of_another_site_is_refused(url: str, elsewhere: Site, path: str) -> None:
    form = {"text": "what is interpol"}
    for origin in ("https://evil.example", "null"):
        status, headers, body = http(url + path, form, {"Origin": origin})
        assert (status, headers["Content-Type"]) == (403, "text/html; charset=utf-8")
        assert "Not from here" in body
    for origin in (url, elsewhere.url):
        assert http(f"{url}/", form, {"Origin": origin})[0] == 200


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"text": " \n "}, 422, "type a question"),
        ({}, 422, "type a question"),
        ({"text": "<kept>" + "x" * 10_000}, 413, "too long"),
        ({"choice": "no-such-entry", "text": "<kept>"}, 404, "no longer there"),
    ],
    ids=["blank", "nothing", "long", "no such entry"],
)
def test_what_was_typed_stays_after_a_fault(url: str, form: dict[str, str], status: int, said: str) -> None:
    found, _, body = http(f"{url}/", form)
    assert found == status
    assert said in body
    assert ("&lt;kept&gt;" in body) == ("<kept>" in form.get("text", ""))


@pytest.mark.parametrize(
    "body", [b"\xff\xfe=%ff%00&context=%5B%5D", b"&".join([b"a=1"] * 50), b"text=x&context=" + b"[" * 5000, b"text=hi&choice="]
)
def test_whatever_comes_gets_a_page(url: str, body: bytes) -> None:
    status, headers, _ = http(f"{url}/", body)
    assert status in (200, 422)
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_context_of_somebody_else_is_not_believed(url: str) -> None:
    forged = json.dumps({"version": 1, "topic": "red-notice", "conversation": "<b>mine</b>"})
    _, _, body = http(f"{url}/", {"text": "who pays for it?", "context": forged})
    assert "no longer known here" in body
    assert "mine" not in body


def test_feedback_on_nothing_is_not_thanked_for(url: str) -> None:
    for form in ({"reply_id": "made-up", "helpful": "yes"}, {"reply_id": "made-up"}, {}):
        status, _, body = http(f"{url}/feedback", form)
        assert status == 404
        assert "Thank you" not in body


def test_the_name_is_the_operators_and_the_text_the_bases(chromium: Browser, tmp_path: Path) -> None:
    folder = write(tmp_path / "base")
    with running(tmp_path, intents=folder, title="Sea <help>") as service, window(chromium) as page:
        page.goto(service.url)
        assert page.title() == "Sea <help>"
        expect(page.locator("body > header .notice")).to_have_count(0)
        ask(page, "how deep is the deepest ocean?")
        expect(page.locator("article")).to_contain_text("kilometres")
        assert "INTERPOL" not in page.content()
        assert urlsplit(page.url).path == "/"
        service.process.kill()  # it would wait for the browser's connection


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, url: str, scheme: str) -> None:
    with window(chromium, color_scheme=scheme) as page:
        page.goto(url)
        for text in (UNCLEAR, MYTH, " "):  # the last one leaves the page with a fault, and the topics
            ask(page, text)
            assert faults(page) == []
        for path in ("/entries/member-count", "/entries/no-such", "/embed") if scheme == "light" else ():
            page.goto(url + path)
            assert faults(page) == []


def test_it_fits_a_small_phone(chromium: Browser, url: str) -> None:
    with window(chromium, viewport={"width": 320, "height": 568}) as page:
        for path in ("/", "/entries/member-count", "/embed"):
            page.goto(url + path)
            page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
            assert too_wide(page) == []
            assert too_small(page, 24) == []
        page.goto(url)
        ask(page, MYTH + " " + "x" * 700)
        assert too_wide(page) == []
        assert too_small(page, 24) == []


def test_a_printed_answer_shows_the_addresses_and_no_buttons(page: Page, url: str) -> None:
    page.goto(url)
    ask(page, MYTH)
    page.emulate_media(media="print")
    expect(page.locator("article .fact").first).to_be_visible()
    assert page.locator("button:visible, textarea:visible").count() == 0
    shown = page.locator(".sources a").first.evaluate("node => getComputedStyle(node, '::after').content")
    assert "http" in shown

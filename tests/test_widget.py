"""The chat widget in a real browser, against a real service."""

import gzip
import json
import re
import signal
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Site, faults, focused, too_small, too_wide, window
from playwright.sync_api import Browser, Page, Request, expect
from service import running
from widget import ask, embedded, unfold

from bot.serve.files import served

pytest_plugins = ["browser"]

SOURCE = served()["widget.js"]
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 568}
MYTH = "so its an international arest warrant?"
UNCLEAR = "red notice vs"
HOSTILE = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script> what is a 'red' & notice?"


def asked(page: Page) -> list[Request]:
    """The questions that go out from now on."""
    found: list[Request] = []
    page.on("request", lambda request: found.append(request) if request.url.endswith("/v1/ask") and request.method == "POST" else None)
    return found


# What is shown


def test_a_question_is_asked_and_read_with_the_keyboard_alone(page: Page, url: str) -> None:
    page.goto(url)
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == "Chat":
            break
    page.keyboard.press("Enter")
    assert focused(page) == "input"
    page.keyboard.type("what is a red notice")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("please")
    expect(page.locator("#input")).to_have_value("what is a red notice\nplease")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .origins summary").first).to_be_visible()
    assert focused(page) == "input"
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    assert focused(page) == "Chat"


def test_an_answer_shows_verdict_sources_and_dates(page: Page, url: str) -> None:
    unfold(page, url)
    turn = ask(page, MYTH)
    expect(turn.locator(".warning .badge")).to_contain_text("incorrect")
    expect(turn.locator(".fact").first).to_be_visible()
    expect(turn.locator(".dated")).to_contain_text("As of 20")
    expect(turn.locator(".note")).to_contain_text("arrest")
    links = turn.locator(".sources a")
    expect(links.first).to_be_hidden()
    turn.locator(".origins summary", has_text=f"Sources ({links.count()})").click()
    expect(links.first).to_be_visible()
    assert links.count() >= 2
    for link in links.all():
        assert re.match(r"https?://", link.get_attribute("href") or "")
        assert (link.get_attribute("rel"), link.get_attribute("target")) == ("noopener noreferrer", "_blank")
    expect(turn.locator(".sources small").first).to_contain_text(re.compile(r"read 20\d\d"))
    expect(page.get_by_role("dialog").locator(".notice")).to_contain_text("Unofficial")


def test_several_answers_stand_under_their_questions(page: Page, url: str) -> None:
    unfold(page, url)
    turn = ask(page, "is norway a member and who pays?")
    expect(turn.locator("h3.heading")).to_have_text([re.compile("is norway a member"), re.compile("who pays")])


def test_danger_stands_out(page: Page, url: str) -> None:
    unfold(page, url)
    expect(ask(page, "someone threatens to kill me").locator(".urgent")).to_contain_text("emergency number")


def test_an_option_is_chosen_and_none_of_these_is_always_there(page: Page, url: str) -> None:
    unfold(page, url)
    options = ask(page, UNCLEAR).locator(".choice")
    assert options.count() >= 3
    expect(options.last).to_have_text("None of these")
    chosen = (options.first.inner_text()).removeprefix("1. ")
    options.first.click()
    turn = page.locator(".turn").nth(1)
    expect(turn.locator(".asked")).to_contain_text(chosen)
    expect(turn.locator(".origins").first).to_be_visible()
    assert focused(page) == "input"
    page.get_by_role("button", name="New conversation").click()
    ask(page, UNCLEAR).get_by_role("button", name="None of these").click()
    expect(page.locator(".turn").nth(1).locator(".asked")).to_contain_text("None of these")


def test_talk_to_a_person_says_where(page: Page, url: str) -> None:
    unfold(page, url)
    page.get_by_role("button", name="Talk to a person").and_(page.locator(".person")).click()
    expect(page.locator(".turn .reply")).to_contain_text("police")


def test_the_number_of_the_conversation_is_there_and_stays(page: Page, url: str) -> None:
    unfold(page, url)
    page.get_by_role("button", name="About", exact=True).click()
    numbers = []
    for text in ("what is interpol", "who pays for it"):
        ask(page, text)
        numbers.append(page.locator(".details code").inner_text())
    assert re.fullmatch(r"[0-9a-f]{32}", numbers[0])
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("clipboard", [True, False], ids=["clipboard", "old command"])
def test_an_answer_is_copied_with_its_sources(page: Page, url: str, clipboard: bool) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    if not clipboard:
        page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })")
    unfold(page, url)
    turn = ask(page, MYTH)
    turn.get_by_role("button", name="Copy with sources").click()
    expect(page.locator(".status")).to_contain_text("Copied")
    page.locator("#input").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("#input")).to_have_value(re.compile(r"mistake.*Sources:.*https://", re.S))


def test_feedback_is_sent_once(page: Page, url: str) -> None:
    unfold(page, url)
    judge = ask(page, MYTH).locator(".judge")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/feedback") else None)
    with page.expect_response("**/v1/feedback") as found:
        judge.get_by_role("button", name="Yes").evaluate("node => { node.click(); node.click(); }")
    assert found.value.status == 202
    assert json.loads(found.value.request.post_data or "") | {"reply_id": ""} == {"reply_id": "", "helpful": True, "comment": None}
    expect(judge).to_have_text("Thank you for telling us.")
    assert len(sent) == 1
    page.reload()
    expect(page.locator(".judge")).to_have_text("Thank you for telling us.")


def test_no_goes_with_a_comment_or_when_the_reader_moves_on(page: Page, url: str) -> None:
    unfold(page, url)
    sent: list[dict[str, object]] = []
    page.on("request", lambda request: sent.append(json.loads(request.post_data or "")) if request.url.endswith("/feedback") else None)
    judge = ask(page, MYTH).locator(".judge")
    judge.get_by_role("button", name="No", exact=True).click()
    judge.get_by_label("What was wrong").fill("too long <b>")
    judge.get_by_role("button", name="Send").click()
    expect(judge).to_have_text("Thank you for telling us.")
    assert focused(page) == "input"
    judge = ask(page, "what is interpol").locator(".judge")
    judge.get_by_role("button", name="No", exact=True).click()
    ask(page, "who pays for it")
    expect(judge).to_have_text("Thank you for telling us.")
    assert [(item["helpful"], item["comment"]) for item in sent] == [(False, "too long <b>"), (False, None)]


# What must not happen


def test_nothing_is_sent_twice(page: Page, url: str) -> None:
    unfold(page, url)
    sent = asked(page)
    page.locator("#input").fill("what is a red notice")
    page.evaluate("""() => {
      const root = [...document.querySelectorAll('div')].find(node => node.shadowRoot).shadowRoot;
      root.querySelector('form').requestSubmit();
      root.querySelector('form').requestSubmit();
      root.querySelector('#input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    }""")
    expect(page.locator(".turn")).to_have_count(1)
    page.locator(".turn .choice").first.dblclick()
    expect(page.locator(".turn")).to_have_count(2)
    assert len(sent) == 2


def test_enter_that_ends_a_composition_sends_nothing(page: Page, url: str) -> None:
    unfold(page, url)
    sent = asked(page)
    page.locator("#input").fill("インターポール")
    for composing in ("isComposing: true", "keyCode: 229"):
        page.locator("#input").evaluate(
            f"node => node.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true, {composing} }}))"
        )
    expect(page.locator("#input")).to_have_value("インターポール")
    assert sent == []


def test_markup_stays_text(page: Page, url: str) -> None:
    unfold(page, url)
    turn = ask(page, HOSTILE)
    expect(turn.locator(".asked")).to_contain_text(HOSTILE)
    assert page.locator(".turn img, .turn script").count() == 0
    assert page.evaluate("window.hit") is None


def test_what_is_kept_cannot_bring_in_a_script(page: Page, url: str) -> None:
    unfold(page, url)
    ask(page, MYTH)
    spoil = """hostile => {
      const [key, state] = Object.entries(sessionStorage).map(([key, value]) => [key, JSON.parse(value)]).find(([, value]) => value.turns);
      state.turns[0].reply.blocks.forEach(block => { Object.assign(block, {
        text: hostile, label: hostile, ref: "javascript:window.hit=1", spans: [{ text: hostile, href: "javascript:window.hit=1" }] }); });
      window.addEventListener('pagehide', () => sessionStorage.setItem(key, JSON.stringify(state)));
    }"""
    page.evaluate(spoil, HOSTILE)
    page.reload()
    expect(page.locator(".turn .fact").first).to_contain_text(HOSTILE)
    assert page.locator(".turn a, .turn img, .turn script").count() == 0
    assert page.evaluate("window.hit") is None


def test_the_file_makes_no_markup_and_is_small() -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", SOURCE, flags=re.S)
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|cssText", code) == []
    assert len(gzip.compress(SOURCE.encode(), 9)) < 25_000


# When the service is not there


def test_nothing_typed_is_lost_when_the_service_dies_and_comes_back(chromium: Browser, elsewhere: Site, tmp_path: Path) -> None:
    with window(chromium) as page, running(tmp_path, origins=elsewhere.url) as service:
        page.clock.install()
        page.goto(elsewhere.put(embedded(service.url, open="yes", timeout="600")))
        ask(page, "what is a red notice")
        page.locator("#input").fill("how can it be")
        service.stop(signal.SIGKILL)
        page.locator("#input").press("End")
        page.keyboard.type(" removed?")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("no connection")
        expect(page.locator("#input")).to_have_value("how can it be removed?")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("#input")).to_have_value("how can it be removed?")
        with running(tmp_path, port=urlsplit(service.url).port or 0, origins=elsewhere.url) as again:
            page.get_by_role("button", name="Try again").click()
            expect(page.locator(".turn").nth(1).locator(".asked")).to_contain_text("how can it be removed?")
            expect(page.locator(".trouble")).to_be_hidden()
            _lost_while_waiting(page, again.process)


def _lost_while_waiting(page: Page, process: "subprocess.Popen[bytes]") -> None:
    """The service hangs: the time runs out (the browser's clock is put forward), then it is killed, each time with a question under way."""
    process.send_signal(signal.SIGSTOP)
    page.locator("#input").fill("who pays for interpol")
    page.keyboard.press("Enter")
    expect(page.locator(".status")).to_contain_text("Looking")
    page.locator("#input").fill("and is norway a member?")
    page.clock.fast_forward(600_000)
    expect(page.get_by_role("alert")).to_contain_text("in time")
    expect(page.locator("#input")).to_have_value("who pays for interpol\nand is norway a member?")
    page.keyboard.press("Enter")
    process.kill()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("no connection|in time"))
    expect(page.locator("#input")).to_have_value("who pays for interpol\nand is norway a member?")


def test_too_many_questions_are_told_of_with_the_wait(page: Page, tmp_path: Path) -> None:
    with running(tmp_path, rate="2/hour") as service:
        unfold(page, service.url)
        expect(page.locator(".opener")).not_to_be_empty()
        ask(page, "what is interpol")
        page.locator("#input").fill("who pays for it")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(re.compile(r"in \d+ s"))
        expect(page.locator("#input")).to_have_value("who pays for it")
        service.process.kill()  # it would wait for the browser's connection


# What is kept


def test_the_conversation_goes_on_on_the_next_page(page: Page, url: str) -> None:
    unfold(page, url)
    ask(page, "what is a red notice")
    page.locator("#input").fill("how can it be")
    page.goto(f"{url}/entries/member-count")
    expect(page.locator(".turn .asked")).to_contain_text("what is a red notice")
    expect(page.locator("#input")).to_have_value("how can it be")
    assert focused(page) not in ("input", "title")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.reload()
    expect(page.locator("dialog")).to_be_visible()
    expect(page.locator("#input")).to_have_value("")
    assert page.locator(".turn").count() == 0


def test_what_is_older_than_half_an_hour_is_gone(page: Page, url: str) -> None:
    unfold(page, url)
    ask(page, "what is a red notice")
    page.evaluate("""() => window.addEventListener('pagehide', () => {
      for (const [key, value] of Object.entries(sessionStorage))
        sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(value), at: Date.now() - 31 * 60000 }));
    })""")
    page.reload()
    expect(page.locator("button.launcher")).to_be_visible()
    assert page.locator(".turn").count() == 0


def test_it_works_where_nothing_may_be_kept(page: Page, url: str) -> None:
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    unfold(page, url)
    expect(ask(page, MYTH).locator(".origins").first).to_be_visible()


# On the pages of others


def test_a_page_of_another_origin_with_a_strict_policy(page: Page, url: str, elsewhere: Site) -> None:
    policy = f"default-src 'none'; script-src {url}; connect-src {url}; require-trusted-types-for 'script'; trusted-types 'none'"
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation', event => broken.push(event.violatedDirective))"
    )
    unfold(page, elsewhere.put(embedded(url, side="left", scheme="dark", title="<b>Help</b>"), {"Content-Security-Policy": policy}))
    expect(page.get_by_role("dialog", name="<b>Help</b>")).to_be_visible()
    turn = ask(page, MYTH)
    turn.get_by_role("button", name="Yes").click()
    expect(turn.locator(".judge")).to_contain_text("Thank you")
    box = page.locator("dialog").bounding_box()
    assert box is not None
    assert box["x"] == 16
    assert page.locator("dialog").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(24, 27, 32)"
    assert page.evaluate("broken") == []
    assert complaints == []


def test_two_script_tags_make_one_widget_and_one_frozen_name(page: Page, url: str, elsewhere: Site) -> None:
    page.add_init_script("window.names = new Set(Object.getOwnPropertyNames(window))")
    page.goto(elsewhere.put('<p id="factotum"></p>' + 2 * embedded(url)))
    expect(page.locator("button.launcher")).to_have_count(1)
    assert page.evaluate("Object.getOwnPropertyNames(window).filter(name => !names.has(name) && name !== 'names')") == ["factotum"]
    assert page.evaluate("[Object.isFrozen(factotum), Object.keys(factotum).sort()]") == [
        True,
        ["ask", "close", "destroy", "mount", "open"],
    ]
    page.evaluate("factotum.ask('what is a red notice')")
    expect(page.locator(".turn .origins").first).to_be_visible()
    page.evaluate("factotum.close()")
    expect(page.locator("button.launcher")).to_be_visible()


def test_the_page_sets_colours_and_takes_nothing_else_in(page: Page, url: str, elsewhere: Site) -> None:
    style = "<style>:root { --factotum-accent: rgb(90, 0, 90); font-size: 5px } button { color: red; display: none }</style>"
    page.goto(elsewhere.put(style + embedded(url)))
    launcher = page.locator("button.launcher")
    assert launcher.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(90, 0, 90)"
    assert launcher.evaluate("node => getComputedStyle(node).fontSize") == "16px"


def test_inside_an_element_of_the_page(page: Page, url: str, elsewhere: Site) -> None:
    page.goto(elsewhere.put('<main id="here"></main>' + embedded(url, target="#here")))
    expect(page.get_by_role("region", name="Factotum")).to_be_visible()
    expect(ask(page, MYTH).locator(".origins").first).to_be_visible()
    assert page.locator("button.launcher, button.close").count() == 0


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, url: str, scheme: str) -> None:
    with window(chromium, color_scheme=scheme) as page:
        page.goto(f"{url}/entries/member-count")
        page.locator("button.launcher").click()
        expect(page.locator(".opener")).not_to_be_empty()
        ask(page, UNCLEAR)
        page.get_by_role("button", name="About", exact=True).click()
        assert scheme == "dark" or faults(page) == []  # of the dark scheme one look at all of it is enough: only colours differ
        ask(page, MYTH).get_by_role("button", name="No", exact=True).click()
        page.context.set_offline(True)
        page.locator("#input").fill("who pays")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        assert faults(page) == []


@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["phone", "small"])
def test_on_a_phone_it_is_the_whole_screen_and_fits(chromium: Browser, url: str, size: dict[str, int]) -> None:
    with window(chromium, viewport=size, has_touch=True) as page:
        page.goto(url)
        page.locator("button.launcher").tap()
        assert page.locator("dialog").bounding_box() == {"x": 0, "y": 0, **size}
        assert page.locator("dialog").evaluate("node => node.matches(':modal')")
        assert focused(page) == "title"
        for text in (MYTH, "is norway a member and who pays?", "x" * 700):
            ask(page, text)
        page.get_by_role("button", name="About", exact=True).tap()
        assert too_wide(page) == []
        assert too_small(page, 24) == []
        assert page.locator("#input").evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 16
        page.get_by_role("button", name="Close").tap()
        assert focused(page) == "Chat"


def test_wide_text_spacing_and_400_per_cent(chromium: Browser, url: str) -> None:
    with window(chromium, viewport={"width": 320, "height": 256}) as page:  # 1280x1024 at 400 %
        unfold(page, url)
        page.evaluate("""() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }');
          const root = [...document.querySelectorAll('div')].find(node => node.shadowRoot).shadowRoot;
          root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
        }""")
        turn = ask(page, MYTH)
        assert too_wide(page) == []
        turn.locator(".dated").scroll_into_view_if_needed()
        expect(turn.locator(".dated")).to_be_in_viewport()
        page.get_by_role("button", name="Send", exact=True).scroll_into_view_if_needed()
        expect(page.get_by_role("button", name="Send", exact=True)).to_be_in_viewport()


@pytest.mark.parametrize(("wish", "scrolling"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_motion_is_left_out_for_who_wants_none(chromium: Browser, url: str, wish: str, scrolling: str) -> None:
    with window(chromium, reduced_motion=wish) as page:
        unfold(page, url)
        assert page.locator(".log").evaluate("node => getComputedStyle(node).scrollBehavior") == scrolling


def test_forced_colours_keep_buttons_and_the_verdict_visible(chromium: Browser, url: str) -> None:
    with window(chromium, forced_colors="active") as page:
        unfold(page, url)
        turn = ask(page, MYTH)
        for part in (turn.locator(".badge"), turn.locator(".asked"), page.get_by_role("button", name="Send", exact=True)):
            assert part.evaluate("node => getComputedStyle(node).borderStyle") == "solid"

"""The widget on the pages of others: hostile rules, colours, languages, and pages that change under it. On the base of the shop."""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser import Site, faults, served, too_small, too_wide, window
from playwright.sync_api import Browser, Page, expect
from service import Service, running
from widget import ask, embedded, unfold

from bot.serve.files import integrity, words

pytest_plugins = ["browser"]

HOSTILE = yaml.safe_load((Path(__file__).parent / "hostile_pages.yaml").read_text("utf-8"))
SHOP = Path(__file__).parent / "shop" / "base"
QUESTION, FURTHER = "can i freeze bread", "where is the shop"
COLOURS = ("accent", "on-accent", "background", "text")
SHADES = ("#000", "#fff", "#777", "#ff0", "#003", "oklch(0.7 0.2 30)", "rgb(255 0 0 / 20%)", "nonsense")
WORDS = dict(words())


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, elsewhere: Site) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("anywhere"), origins=elsewhere.url, intents=SHOP, title="Quay Shop") as found:
        yield found


# Rules and colours of the page


LOOKS = """() => {
  const host = document.querySelector('[data-factotum]');
  return ['.panel', '.launcher', '#input', '.asked', '.reply', 'h2'].map(name => {
    const node = host.shadowRoot.querySelector(name), style = getComputedStyle(node), box = node.getBoundingClientRect();
    const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const seen = node.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
    return [name, seen, above === host, box.x, box.y, box.width, box.height, ...['color', 'backgroundColor', 'fontSize', 'fontFamily',
      'letterSpacing', 'whiteSpace', 'textTransform', 'direction', 'lineHeight', 'cursor', 'writingMode', 'textIndent']
        .map(key => style[key]),
      ...['opacity', 'filter', 'mixBlendMode', 'clipPath', 'zoom', 'scale', 'maskImage'].map(key => getComputedStyle(host)[key])].join(' ');
  });
}"""


@pytest.fixture(scope="module")
def besieged(chromium: Browser, service: Service, elsewhere: Site) -> Iterator[Page]:
    """A page with an open panel, whose launcher is shown too, and an answer."""
    with window(chromium, reduced_motion="reduce") as page:
        unfold(page, elsewhere.put('<style id="rules"></style><div></div>' + embedded(service.url)))
        ask(page, QUESTION)
        page.locator("button.launcher").evaluate("node => { node.hidden = false; node.style.bottom = '90vh'; }")
        yield page


@pytest.mark.parametrize("row", HOSTILE, ids=lambda row: row["from"])
def test_no_rule_of_the_page_reaches_or_hides_it(besieged: Page, row: dict[str, str]) -> None:
    rules = besieged.locator("#rules")
    rules.evaluate("node => { node.textContent = ''; }")
    before = besieged.evaluate(LOOKS)
    rules.evaluate("(node, css) => { node.textContent = css; }", row["css"])
    assert besieged.evaluate(LOOKS) == before
    assert all(line.split()[1:3] == ["true", "true"] for line in before)


CONTRASTS = """async sets => {
  const { shadowRoot: root } = document.querySelector('[data-factotum]');
  const linear = part => (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const against = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + .05) / (b + .05); };
  const ground = node => {
    const colour = parts(getComputedStyle(node).backgroundColor);
    return colour[3] === 0 ? ground(node.parentElement) : colour;
  };
  const all = (names, some) => [...root.querySelectorAll(names)].filter(node => !node.closest('svg, .unread')).map(some);
  const measure = () => [
    ...all('.panel *, .launcher', node => [node, against(parts(getComputedStyle(node).color), ground(node)), 4.5]),
    ...all('textarea', node => [node, against(parts(getComputedStyle(node, '::placeholder').color), ground(node)), 4.5]),
    ...all('textarea, .choice', node => [node, against(parts(getComputedStyle(node).borderTopColor), ground(node.parentElement)), 3]),
  ];
  const found = [];
  for (const set of sets) {
    document.documentElement.style = set;
    await new Promise(requestAnimationFrame);
    const bad = measure().filter(([, has, needs]) => has < needs);
    found.push(...bad.map(([node, has]) => `${set} ${node.className || node.localName}: ${has.toFixed(2)}`));
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_the_page_alone_and_together_stays_readable(
    chromium: Browser, service: Service, elsewhere: Site, scheme: Any
) -> None:
    alone = [{name: shade} for name in COLOURS for shade in SHADES]
    together = [dict(zip(COLOURS, shades, strict=True)) for shades in list(product(SHADES, repeat=4))[::97]]
    sets = [";".join(f"--factotum-{name}: {shade}" for name, shade in found.items()) for found in [{}, *alone, *together]]
    with window(chromium, color_scheme=scheme) as page:
        unfold(page, elsewhere.put(embedded(service.url)))
        for text in ("is old yoghurt poison", "zorbia quux", "i want to talk to a person", QUESTION):
            ask(page, text)
        assert page.locator(".badge, .asked, .origins, .person").count() >= 4
        assert page.evaluate(CONTRASTS, sets) == []


def test_colours_of_the_page_are_taken_as_they_are_where_they_can_be_read(page: Page, service: Service, elsewhere: Site) -> None:
    style = "<style>body { --factotum-accent: rgb(90, 0, 90); --factotum-font: fantasy; --factotum-width: 20em; --factotum-z: 7 }</style>"
    page.goto(elsewhere.put(style + embedded(service.url, open="yes")))
    assert page.locator("button.send").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(90, 0, 90)"
    assert page.locator(".panel").evaluate("node => [getComputedStyle(node).fontFamily, node.offsetWidth]") == ["fantasy", 320]
    assert page.locator("[data-factotum]").evaluate("node => getComputedStyle(node).zIndex") == "7"


# How it is put on a page


TAGS = [
    ("<head>", '<script src="{url}/widget.js"></script>'),
    ("<head>", '<script src="{url}/widget.js" async></script>'),
    ("<head>", '<script type="module" src="{url}/widget.js?v=2"></script>'),
    ("", '<script src="{url}/widget.js?v=2" crossorigin="anonymous" integrity="{hash}"></script>'),
    ("", '<script type="module">import {{ mount }} from "{url}/widget.mjs"; await mount({{ label: "Help" }});</script>'),
    ("", '<script src="{url}/widget.js" data-mount="no"></script><script>factotum.mount({{ label: "Help" }})</script>'),
    ("<head>", '<script src="{url}/widget.js"></script><script>factotum.open()</script>'),
]


@pytest.mark.parametrize(("where", "tag"), TAGS)
def test_every_way_to_put_it_on_a_page(page: Page, service: Service, elsewhere: Site, where: str, tag: str) -> None:
    page.goto(elsewhere.put(tag.format(url=service.url, hash=integrity()), head=bool(where)))
    if "Help" in tag:
        expect(page.locator("button.launcher")).to_have_text("Help")
    if "open()" not in tag:
        page.locator("button.launcher").click()
    expect(page.locator(".starts .choice")).to_have_count(4)
    assert page.evaluate("Object.isFrozen(factotum)")


CHANGES = {
    "Turbo puts a new body in": "document.documentElement.replaceChild(document.createElement('body'), document.body)",
    "htmx swaps the body's content": "document.body.replaceChildren(document.createElement('main'))",
    "a script clears the body": "while (document.body.lastChild) document.body.lastChild.remove()",
    "a script removes it": "document.querySelector('[data-factotum]').remove()",
    "a script removes all that it does not know": "document.documentElement.replaceChildren(document.head, document.body)",
}


def test_it_outlives_what_pages_do_to_themselves(page: Page, service: Service, elsewhere: Site) -> None:
    unfold(page, elsewhere.put(embedded(service.url)))
    ask(page, QUESTION)
    for change in CHANGES.values():
        page.evaluate(change)
        expect(page.locator(".turn .asked")).to_be_visible()
    ask(page, FURTHER)
    page.evaluate(
        """url => {  // as Turbo runs the scripts of a new body, whose settings may be others
      const tag = document.createElement('script');
      Object.assign(tag, { src: `${url}/widget.js` }).dataset.side = 'left';
      document.body.append(tag);
    }""",
        service.url,
    )
    expect(page.locator('[data-factotum][data-side="left"]')).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("[data-factotum]")).to_have_count(1)


def test_a_chat_in_a_route_comes_back_with_its_route(page: Page, service: Service, elsewhere: Site) -> None:
    page.goto(elsewhere.put('<main><div class="chat"></div></main>' + embedded(service.url, target=".chat")))
    ask(page, QUESTION)
    for back in ('<p class="chat"></p>', '<section class="chat"><div data-factotum></div></section>'):
        page.evaluate("document.querySelector('main').replaceChildren()")
        expect(page.locator(".turn")).to_have_count(0)
        page.evaluate("html => { document.querySelector('main').innerHTML = html; }", back)
        expect(page.locator("main .turn .asked")).to_be_visible()
        expect(page.locator("[data-factotum]")).to_have_count(1)
    ask(page, FURTHER)


def test_a_page_mounts_destroys_and_hears(page: Page, service: Service, elsewhere: Site) -> None:
    names = ("ready", "open", "reply", "handoff", "feedback", "close")
    page.add_init_script(f"""window.heard = [];
      const note = name => document.addEventListener(`factotum:${{name}}`, event => heard.push([name, event.detail]));
      {json.dumps(names)}.forEach(note);""")
    page.goto(elsewhere.put(embedded(service.url, mount="no")))
    page.evaluate("factotum.mount({ title: 'Help', label: 'Help' })")
    page.evaluate("factotum.ask('can i freeze bread')")
    page.locator(".judge").get_by_role("button", name="Yes").click()
    expect(page.locator(".judge")).to_have_text("Thank you for telling us.")
    ask(page, "i want to talk to a person")
    expect(page.locator(".turn .reply").nth(1)).to_be_visible()
    page.evaluate("document.addEventListener('factotum:handoff', event => event.preventDefault())")
    page.locator("button.person").click()
    expect(page.locator("button.launcher")).to_be_visible()
    heard = page.evaluate("heard")
    assert [name for name, _ in heard] == ["ready", "open", "reply", "feedback", "reply", "handoff", "reply", "handoff", "close"]
    assert heard[2][1]["reply"]["answers"][0]["id"] == "freeze-bread"
    assert heard[3][1] == {"reply_id": heard[2][1]["reply"]["reply_id"], "helpful": True, "comment": None}
    assert heard[5][1]["reply"]["status"] == "handoff"
    page.evaluate("factotum.destroy()")
    expect(page.locator("[data-factotum]")).to_have_count(0)
    page.evaluate("document.documentElement.lang = 'de'; document.documentElement.append('')")
    page.evaluate("factotum.mount({ lang: 'en' }).then(factotum.open)")
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".turn .note")).to_have_text("This page takes over from here.")


# Words


def test_every_language_has_all_words_and_their_values() -> None:
    assert len(WORDS) >= 12
    assert {"ar", "he"} < set(WORDS)
    for code, found in WORDS.items():
        assert list(found) == list(WORDS["en"]), code
        for name, text in found.items():
            assert text.strip() == text != "", (code, name)
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", WORDS["en"][name])), (code, name)
        assert code == "en" or sum(text == WORDS["en"][name] for name, text in found.items()) < 6, code


def test_it_speaks_as_the_page_does_and_fits_a_small_phone(chromium: Browser, service: Service, elsewhere: Site) -> None:
    with window(chromium, viewport={"width": 320, "height": 568}) as page:
        unfold(page, elsewhere.put(embedded(service.url)))
        ask(page, QUESTION)
        for code, found in WORDS.items():
            page.evaluate("lang => { document.documentElement.lang = lang; }", f"{code}-XX")
            expect(page.locator(f'[data-factotum][lang="{code}"] button.launcher')).to_have_text(found["ask"])
            page.locator("button.launcher").click()
            page.get_by_role("button", name=found["about"]).click()
            expect(page.locator(".details")).to_contain_text(found["keptService"])
            expect(page.locator(".asked .unseen")).to_have_text(f"{found['you']} ")
            assert (page.locator("[data-factotum]").get_attribute("dir") == "rtl") == (code in ("ar", "he"))
            assert (code, too_wide(page), too_small(page, 24)) == (code, [], [])
        assert faults(page) == []


def test_a_language_without_words_or_connection_is_english(page: Page, service: Service, elsewhere: Site) -> None:
    page.route("**/strings/fr.json", lambda route: route.abort())
    page.goto(elsewhere.put(embedded(service.url, lang="fr")))
    expect(page.locator("button.launcher")).to_have_text("Ask a question")
    page.evaluate("factotum.mount({ lang: 'xx' }); document.documentElement.className = 'changed'")
    expect(page.locator("button.launcher")).to_have_text("Ask a question")


# An empty chat, and a full one


def test_an_empty_chat_offers_questions_and_topics(page: Page, service: Service, elsewhere: Site) -> None:
    unfold(page, elsewhere.put(embedded(service.url)))
    starts = page.locator(".starts")
    expect(starts.locator(".choice")).to_have_count(4)
    starts.get_by_role("button", name="goods").click()
    expect(starts.locator("h3")).to_have_text("goods")
    expect(starts.get_by_role("button", name="Back to all topics")).to_be_focused()
    page.keyboard.press("Enter")
    expect(starts.get_by_role("button", name="keeping")).to_be_visible()
    chosen = starts.locator(".choice").first.inner_text()
    starts.locator(".choice").first.click()
    expect(page.locator(".turn .asked bdi")).to_have_text(chosen)
    expect(starts).to_be_hidden()
    page.get_by_role("button", name="New conversation").click()
    expect(starts).to_be_visible()


def test_a_page_about_a_topic_offers_its_questions(page: Page, service: Service, elsewhere: Site) -> None:
    unfold(page, elsewhere.put(embedded(service.url, topic="keeping")))
    expect(page.locator(".starts h3")).to_have_text("keeping")
    expect(page.locator(".starts .choice", has_text="freeze")).to_be_visible()


def test_the_field_is_one_line_and_grows(chromium: Browser, service: Service, elsewhere: Site) -> None:
    with window(chromium, viewport={"width": 390, "height": 844}) as page:
        unfold(page, elsewhere.put(embedded(service.url)))
        height = "node => node.offsetHeight"
        assert page.locator("#input").evaluate(height) == 44
        assert page.locator("form").evaluate(height) < 844 / 8
        for native in (True, False):
            if not native:  # a browser that does not see to it by itself
                page.evaluate("CSS.supports = () => false")
                page.locator("#input").evaluate("node => { node.style.fieldSizing = 'fixed'; }")
            page.locator("#input").fill("one")
            assert page.locator("#input").evaluate(height) in (44, 45)
            page.locator("#input").fill("one\ntwo\nthree")
            assert page.locator("#input").evaluate(height) > 80
            page.locator("#input").fill("line\n" * 50)
            assert page.locator("#input").evaluate(height) <= 150


def test_an_answer_that_comes_after_the_panel_was_closed_leaves_a_dot(page: Page, service: Service, elsewhere: Site) -> None:
    page.goto(elsewhere.put(embedded(service.url, open="yes")))
    held: list[Any] = []
    page.route("**/v1/ask", lambda route: held.append(route))
    page.locator("#input").fill(QUESTION)
    with page.expect_request("**/v1/ask"):
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".unread")).to_be_hidden()
    held[0].continue_()
    expect(page.locator(".unread")).to_be_visible()
    expect(page.get_by_role("button", name="Ask a question New answer")).to_be_visible()
    assert faults(page) == []
    page.locator("button.launcher").click()
    expect(page.locator(".turn")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".unread")).to_be_hidden()


def test_the_conversation_is_copied_and_downloaded(page: Page, service: Service, elsewhere: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=elsewhere.url)
    unfold(page, elsewhere.put(embedded(service.url)))
    ask(page, QUESTION)
    ask(page, FURTHER)
    page.get_by_role("button", name="About").click()
    page.get_by_role("button", name="Copy the conversation").click()
    expect(page.locator(".status")).to_have_text("Copied.")
    with page.expect_download() as found:
        page.get_by_role("button", name="Download the conversation").click()
    assert found.value.suggested_filename == "Conversation.txt"
    text = found.value.path().read_text("utf-8")
    assert re.search(f"Quay Shop.*You: {QUESTION}\n\n.*Sources:.*You: {FURTHER}\n\n", text, re.S)
    assert page.evaluate("navigator.clipboard.readText()") == text


# What is kept, and where


def test_back_and_forward_lose_no_turn(page: Page, service: Service, elsewhere: Site) -> None:
    first, second = (elsewhere.put(embedded(service.url, open="yes")) for _ in range(2))
    page.goto(first)
    ask(page, QUESTION)
    page.goto(second)
    ask(page, FURTHER)
    page.go_back()
    expect(page.locator(".turn")).to_have_count(2)
    kept = page.evaluate("Object.entries(sessionStorage)")
    ask(page, "who owns the shop")
    page.go_forward()
    expect(page.locator(".turn")).to_have_count(3)
    page.evaluate(
        """kept => {  // a page that the browser had put aside as it was, and shows again
      for (const [key, value] of kept) sessionStorage.setItem(key, value);
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    }""",
        kept,
    )
    ask(page, "are there bags")
    expect(page.locator(".turn .asked bdi")).to_have_text([QUESTION, FURTHER, "who owns the shop", "are there bags"])


def test_it_goes_on_in_other_tabs_and_visits_where_that_is_set(chromium: Browser, service: Service, elsewhere: Site) -> None:
    with window(chromium) as page:
        address = elsewhere.put(embedded(service.url, keep="browser", open="yes"))
        page.goto(address)
        other = page.context.new_page()
        other.goto(address)
        ask(page, QUESTION)
        expect(other.locator(".turn")).to_have_count(1)
        other.get_by_role("button", name="Close").click()
        ask(page, FURTHER)
        expect(other.locator(".unread")).to_be_visible()
        other.locator("button.launcher").click()
        ask(other, "who owns the shop")
        expect(page.locator(".turn .asked bdi")).to_have_text([QUESTION, FURTHER, "who owns the shop"])
        page.close()
        later = other.context.new_page()
        later.goto(address)
        expect(later.locator(".turn")).to_have_count(3)
        later.get_by_role("button", name="About").click()
        expect(later.locator(".details")).to_contain_text("7 days")
        later.get_by_role("button", name="New conversation").click()
        expect(other.locator(".turn")).to_have_count(0)


def test_what_is_kept_stays_in_its_tab_unless_set(chromium: Browser, service: Service, elsewhere: Site) -> None:
    with window(chromium) as page:
        unfold(page, elsewhere.put(embedded(service.url)))
        ask(page, QUESTION)
        assert page.evaluate("localStorage.length") == 0
        other = page.context.new_page()
        unfold(other, elsewhere.put(embedded(service.url)))
        expect(other.locator(".starts .choice")).to_have_count(4)


# What is so


def test_a_page_that_is_not_named_is_told_so(page: Page, service: Service) -> None:
    with served() as stranger:
        page.goto(stranger.put(embedded(service.url, open="yes")))
        told = f"its operator has not named {stranger.url}"
        expect(page.get_by_role("alert")).to_contain_text(told)
        page.locator("#input").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator("#input")).to_have_value(QUESTION)
        expect(page.get_by_role("alert")).to_contain_text(told)
        expect(page.get_by_role("button", name="Try again")).to_be_hidden()


def test_a_policy_of_the_page_that_forbids_to_ask_is_named(page: Page, service: Service, elsewhere: Site) -> None:
    unfold(page, elsewhere.put(embedded(service.url), {"Content-Security-Policy": f"default-src 'none'; script-src {service.url}"}))
    expect(page.get_by_role("alert")).to_contain_text(f"connect-src does not name {service.url}")


@pytest.mark.parametrize(
    ("status", "said"), [(401, "closed to this page"), (421, "closed to this page"), (503, "not ready"), (500, "has a fault"), (418, "418")]
)
def test_what_a_service_or_its_proxy_refuses_with_is_told(page: Page, service: Service, elsewhere: Site, status: int, said: str) -> None:
    page.route("**/v1/ask", lambda route: route.fulfill(status=status, headers={"Access-Control-Allow-Origin": elsewhere.url}))
    page.goto(elsewhere.put(embedded(service.url, open="yes")))
    page.locator("#input").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.locator("#input")).to_have_value(QUESTION)


def test_a_conversation_that_the_service_does_not_know_any_more_is_told(page: Page, service: Service, elsewhere: Site) -> None:
    unfold(page, elsewhere.put(embedded(service.url)))
    ask(page, QUESTION)
    page.evaluate("""() => window.addEventListener('pagehide', () => {  // as after a start with another secret
      for (const [key, value] of Object.entries(sessionStorage)) {
        const kept = JSON.parse(value);
        if (kept.turns) Object.assign(kept.context, { topic: 'forged' }) && Object.assign(kept.turns[0].reply, { reply_id: 'forged' });
        sessionStorage.setItem(key, JSON.stringify(kept));
      }
    })""")
    page.reload()
    page.locator(".judge").get_by_role("button", name="Yes").click()
    expect(page.locator(".judge")).to_have_text("This answer can no longer be judged.")
    turn = ask(page, FURTHER)
    expect(turn.locator("> .note")).to_contain_text("no longer known here")

"""A real browser for tests of what people see: headless Chromium, a page of another origin, and what axe finds.

PYTEST_DONT_REWRITE: a plugin of the test modules that also import from it; it asserts nothing.
"""

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect, sync_playwright
from service import running

from bot import Bot

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE = 60_000
"""Milliseconds until something that should come counts as missing: many times what a busy machine takes, so that no test depends on
speed."""

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")  # not longer: the loop that Playwright runs in this thread would be in the way of other tests
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = os.environ.get("FACTOTUM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path)
        if not Path(found).is_file():
            pytest.skip(f"no Chromium: none of {', '.join(NAMES)} in PATH, no FACTOTUM_CHROMIUM, none of Playwright's own")
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def elsewhere() -> Iterator["Site"]:
    """A site of another origin than the service."""
    with served() as site:
        yield site


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory, elsewhere: "Site", bot: Bot) -> Iterator[str]:
    """The address of a running service. With `bot` the base is in the cache before the service starts."""
    with running(tmp_path_factory.mktemp("service"), origins=elsewhere.url) as service:
        yield service.url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that fails the test if a script of it fails."""
    with window(chromium) as page:
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        assert faults == []


@contextmanager
def window(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page in a profile of its own."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


class Site:
    """A web server that shows what it was given."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.url = f"http://127.0.0.1:{server.server_port}"
        self.pages: dict[str, tuple[str, Mapping[str, str]]] = {}

    def put(self, body: str, headers: Mapping[str, str] | None = None, *, head: bool = False) -> str:
        """The address of a page with this in its body, or in its head."""
        path = f"/{len(self.pages)}"
        above, below = (body, "") if head else ("", body)
        self.pages[path] = (
            f'<!doctype html><html lang="en"><title>Elsewhere</title>{above}<body><h1>Elsewhere</h1>{below}</body></html>',
            headers or {},
        )
        return self.url + path


@contextmanager
def served() -> Iterator[Site]:
    """A site, while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, headers = site.pages.get(self.path, ("", {}))
            self.send_response(200 if body else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


def faults(page: Page) -> list[str]:
    """The violations of WCAG 2.2, levels A and AA, that axe finds."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(STANDARDS)}})
    return [f"{item['id']}: {node['target']} {node['html'][:160]}" for item in found.response["violations"] for node in item["nodes"]]


def too_wide(page: Page) -> list[str]:
    """The elements that scroll sideways, in the page and inside the widget."""
    return list(
        page.evaluate(
            """() => {
              const hosts = [...document.querySelectorAll('*')].filter(node => node.shadowRoot);
              const all = [document.documentElement, ...document.querySelectorAll('body *:not(pre)'),
                ...hosts.flatMap(host => [...host.shadowRoot.querySelectorAll('*')])];
              return all.filter(node => node.className !== 'unseen' && getComputedStyle(node).display !== 'inline'
                && node.clientWidth && node.scrollWidth > node.clientWidth + 1).map(node => node.outerHTML.slice(0, 100));
            }"""
        )
    )


def too_small(page: Page, least: int) -> list[str]:
    """Buttons and links that are lower or narrower than `least` pixels."""
    return list(
        page.evaluate(
            """least => {
              const roots = [document, ...[...document.querySelectorAll('*')].map(node => node.shadowRoot).filter(Boolean)];
              return roots.flatMap(root => [...root.querySelectorAll('button, a, summary, textarea')])
                .filter(node => node.checkVisibility() && !node.matches('.skip, p:not(.name, .back) > a'))
                .filter(node => { const box = node.getBoundingClientRect(); return box.width < least || box.height < least; })
                .map(node => `${node.textContent} ${node.getBoundingClientRect().width}x${node.getBoundingClientRect().height}`);
            }""",
            least,
        )
    )


def focused(page: Page) -> str:
    """The element that has the focus, inside the widget too: its id, its name or its text."""
    return str(
        page.evaluate(
            """() => {
              let node = document.activeElement;
              while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
              return node?.id || node?.getAttribute('aria-label') || node?.textContent?.trim().slice(0, 60) || '';
            }"""
        )
    )

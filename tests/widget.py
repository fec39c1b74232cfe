"""What the tests of the widget share: how it is put on a page, opened and asked."""

from playwright.sync_api import Locator, Page


def embedded(url: str, **data: str) -> str:
    """The tag of the widget with its settings."""
    given = " ".join(f'data-{name}="{value}"' for name, value in data.items())
    return f'<script src="{url}/widget.js" defer {given}></script>'


def unfold(page: Page, address: str) -> None:
    """Goes to a page and opens the panel there."""
    page.goto(address)
    page.locator("button.launcher").click()


def ask(page: Page, text: str) -> Locator:
    """Types a question and sends it; the turn that comes of it."""
    turns = page.locator(".turn")
    before = turns.count()
    page.locator("#input").fill(text)
    page.keyboard.press("Enter")
    turns.nth(before).wait_for()
    return turns.nth(before)

"""What the tests in the browser do and look at."""

from playwright.sync_api import Locator, Page


def items(page: Page) -> Locator:
    """The samples in the list."""
    return page.locator("#list > li")


def opened(page: Page, address: str, **filters: str) -> Locator:
    """The first sample that the filters leave, opened."""
    hashed = "&".join(f"{name}={value}" for name, value in filters.items())
    page.goto(f"{address}#{hashed}")
    items(page).first.locator("summary").click()
    return items(page).first


def marks(pane: Locator, kind: str) -> list[str]:
    """What is marked as this kind."""
    return pane.locator(f"mark.{kind}").all_text_contents()

"""A real browser for tests of pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

_PATIENCE = 60_000
"""Milliseconds until what is expected on a page is missing: other tests run beside."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root Chromium needs --no-sandbox; the others keep it from calling home.
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium: the machine's where it has one, else Playwright's own.

    One at a time; while it is there, the main thread has an event loop that runs.
    """
    expect.set_options(timeout=_PATIENCE)
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()

"""Makes the pictures of the README: ``python -m tests.ui.screenshots``."""

import tempfile
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, expect

from index.article_index import ArticleIndex
from index.readers import bundled_document
from qa.service import ArticleQA
from tests.browsers import launched
from tests.ui.ports import free_port
from ui.page import build_page
from ui.records import Records
from ui.server import start
from ui.settings import Settings

FOLDER = Path(__file__).parents[2] / "ui" / "screenshots"
QUESTION = "what did Ryabkov say about NATO?"
PICTURES = {
    "light": ("light", 1280, 800),
    "dark": ("dark", 1280, 800),
    "phone": ("light", 390, 844),
}


def main() -> None:
    """Asks one question on the page over the packaged article, once a picture."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ArticleQA(ArticleIndex.open(Path(folder), create=True)) as articles,
        Records.open(Path(folder)) as records,
        launched() as browser,
    ):
        articles.index.add(bundled_document())
        page = build_page(articles, records)
        settings = replace(Settings(), port=free_port())
        start(page, articles, settings)
        FOLDER.mkdir(exist_ok=True)
        for name in PICTURES:
            _take(browser, settings.address, name)
        page.close()


def _take(browser: Browser, address: str, name: str) -> None:
    theme, width, height = PICTURES[name]
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        page.goto(f"{address}?__theme={theme}")
        expect(page.locator("#conversation button.example").first).to_be_visible(timeout=30_000)
        page.locator("#question textarea").fill(QUESTION)
        page.locator("#question textarea").press("Enter")
        expect(page.locator("#conversation button", has_text="?").first).to_be_visible()
        page.wait_for_timeout(2000)  # Until all has come to rest.
        page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()

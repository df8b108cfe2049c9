"""The page in a real browser, over a real server on this machine."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page

from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder
from index.formats import extract
from index.readers import read_file
from qa.service import ArticleQA
from tests.ui.ports import free_port
from ui.page import build_page
from ui.records import Records
from ui.server import start
from ui.settings import Settings

DEFAULTS = Settings()


class Serve(Protocol):
    """Starts the page over articles on a free port, and returns its address."""

    def __call__(self, articles: ArticleQA, settings: Settings = ...) -> str:
        """Serves them as the settings say, but for the port."""
        ...


@contextmanager
def servers() -> Iterator[Serve]:
    """Starts pages over articles on free ports; all end with it."""
    with ExitStack() as stack:

        def serve_page(articles: ArticleQA, settings: Settings = DEFAULTS) -> str:
            served = replace(settings, port=free_port())
            opened = stack.enter_context(articles)
            records = stack.enter_context(Records.open(opened.index.directory))
            page = build_page(opened, records)
            start(page, articles, served)
            stack.callback(page.close)
            return served.address

        yield serve_page


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Starts the page for the tests of a file: servers that stay take time from all that come."""
    with servers() as serve:
        yield serve


@pytest.fixture(scope="session")
def bundled_address(bundled_directory: Path) -> Iterator[str]:
    """The page over the packaged article."""
    with servers() as serve:
        yield serve(ArticleQA(ArticleIndex.open(bundled_directory)))


@pytest.fixture(scope="module")
def hostile_address(
    serve: Serve,
    encoder: OnnxEncoder,  # noqa: ARG001 - exported first
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """The page over an article that tries to run a script, in every part of it."""
    folder = tmp_path_factory.mktemp("hostile")
    article = folder / "hostile.txt"
    script = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
    article.write_text(
        f"Mayor {script} resigns\n20240102\nhttps://example.com/\"onclick='window.hacked=1'\n"
        f"The mayor of Ostwick said {script} ${{alert(1)}} {{{{value}}}} was her last word.\n"
        "She left the town hall on Tuesday.\n",
        encoding="utf-8",
    )
    index = ArticleIndex.open(folder / "index", create=True)
    index.add(extract(read_file(article)))
    return serve(ArticleQA(index))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()

"""The page in a real browser, over a real server on this machine."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder
from index.formats import extract
from index.readers import read_file
from qa.service import ArticleQA
from tests.browsers import launched
from ui.page import HOST, build_page, launch_options

Serve = Callable[[ArticleQA], str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for all tests of the page."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Starts the page over articles on a free port, and returns its address."""
    with ExitStack() as stack:

        def start(articles: ArticleQA) -> str:
            with socket.create_server((HOST, 0)) as free:
                port: int = free.getsockname()[1]
            page = build_page(stack.enter_context(articles))
            page.launch(**launch_options(port), prevent_thread_lock=True)
            stack.callback(page.close)
            return f"http://{HOST}:{port}"

        yield start


@pytest.fixture(scope="session")
def bundled_address(serve: Serve, bundled_directory: Path) -> str:
    """The page over the packaged article."""
    return serve(ArticleQA(ArticleIndex.open(bundled_directory)))


@pytest.fixture(scope="session")
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

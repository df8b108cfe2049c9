"""The page where a language model writes the answers: a real browser, server and client."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import qa
from index.article_index import ArticleIndex
from qa.llm.model import open_model
from qa.service import ArticleQA
from tests.qa.llm.scripted import Act, Exchange, refuses, says, scripted
from tests.qa.llm.writing import NATO, NO_INTENTION, SUPPORTED, WRONG, id_of, writes
from tests.ui.conftest import Serve
from tests.ui.test_page import ask


class Director:
    """Decides in each test what the model of the module's page does."""

    def __init__(self) -> None:
        self.act: Act = says("")

    def __call__(self, exchange: Exchange) -> None:
        self.act(exchange)


@pytest.fixture(scope="module")
def director() -> Director:
    """What the model does; nothing until a test says so."""
    return Director()


@pytest.fixture(scope="module")
def written_address(serve: Serve, bundled_directory: Path, director: Director) -> Iterator[str]:
    """The page over the packaged article, answered by a model that the director leads."""
    with scripted(director) as server:
        llm = open_model(qa.LlmSettings("small", server.base_url))
        yield serve(ArticleQA(ArticleIndex.open(bundled_directory), llm=llm))


@pytest.fixture
def written_page(page: Page, written_address: str) -> Page:
    """That page, loaded."""
    page.goto(written_address)
    expect(page.locator("#evidence article")).to_be_visible()
    return page


def test_a_statement_appears_while_the_model_writes_and_what_fails_is_folded_up(
    written_page: Page, director: Director
) -> None:
    may_go_on = threading.Event()

    def act(exchange: Exchange) -> None:
        exchange.start()
        may_go_on.wait(20)
        may_go_on.clear()
        exchange.say(f"{SUPPORTED[0]} {id_of(exchange.body, NO_INTENTION)}\n{WRONG[0]}")
        may_go_on.wait(20)
        exchange.say(f" {id_of(exchange.body, NO_INTENTION)}")
        exchange.finish()

    director.act = act
    reply = ask(written_page, NATO)
    expect(reply).to_contain_text("small is writing; each statement is checked")
    may_go_on.set()
    expect(reply.locator(".answer")).to_contain_text(f"{SUPPORTED[0]} [1]")
    expect(reply).not_to_contain_text("does want a war")
    may_go_on.set()
    expect(reply.locator(".confidence")).to_contain_text("written by small, each statement checked")
    folded = reply.locator("details.withheld")
    expect(folded.locator("summary")).to_have_text("1 statement was left out by the checks")
    expect(folded.get_by_text("does want a war")).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.get_by_text("does want a war")).to_be_visible()
    expect(written_page.locator("#exports a")).to_have_count(2)
    reply.get_by_role("link", name="[1]").click()
    expect(written_page.locator("#evidence mark.active").first).to_contain_text(NO_INTENTION)
    violations = Axe().run(written_page).response["violations"]
    assert violations == []


def test_where_the_model_fails_the_answer_is_in_quotations_with_a_notice(
    written_page: Page, director: Director
) -> None:
    director.act = refuses(401)
    reply = ask(written_page, NATO)
    expect(reply.locator(".notice")).to_contain_text("This is the answer without it.")
    expect(reply.locator(".answer")).to_contain_text("flat and plan no")
    expect(reply.locator(".confidence")).not_to_contain_text("written by")


def test_a_follow_up_is_shown_as_the_model_understood_it(
    written_page: Page, director: Director
) -> None:
    director.act = writes(SUPPORTED)
    ask(written_page, NATO)
    expect(written_page.locator("#exports a")).to_have_count(2)
    alone = "What did Ryabkov say about military action?"

    def act(exchange: Exchange) -> None:
        rewriting = "Last question:" in exchange.body["messages"][-1]["content"]
        (says(alone) if rewriting else writes(SUPPORTED))(exchange)

    director.act = act
    reply = ask(written_page, "and about military action?")
    expect(reply.locator(".rewritten")).to_have_text(f"Asked as: {alone}")


def test_who_stops_a_silent_model_can_ask_again(written_page: Page, director: Director) -> None:
    gone = threading.Event()

    def silent(exchange: Exchange) -> None:
        exchange.start()
        if exchange.wait(30):
            gone.set()

    director.act = silent
    ask(written_page, NATO)
    written_page.get_by_role("button", name="Stop").click()
    expect(written_page.get_by_test_id("bot")).to_have_count(0)
    assert gone.wait(5)
    director.act = writes(SUPPORTED)
    expect(ask(written_page, NATO).locator(".answer")).to_contain_text(SUPPORTED[0])

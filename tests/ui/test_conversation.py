"""Conversations: kept by browser, edited, marked, saved; and where the articles have changed."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, Page, expect

from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder
from index.formats import extract
from index.readers import read_file
from index.types import Hit
from qa.reading.readers import reader_maker
from qa.service import ArticleQA
from qa.types import Reading
from tests.ui.conftest import Serve, servers
from tests.ui.ports import free_port
from tests.ui.test_page import QUESTION, ask
from ui.database import CHATS_FILE
from ui.feedback import Feedback
from ui.page import build_page
from ui.records import Records
from ui.server import start
from ui.settings import Settings

STORY = (
    "Ferry stops for the winter\n20240102\nhttps://example.com/ferry\n"
    "Captain Ada Moll said the ferry would stop on Friday.\n"
    "Mayor Tom Orr said that the town would miss it.\n"
)


UNWANTED = "What did Moll say of all this?"


@pytest.fixture
def index(encoder: OnnxEncoder, tmp_path: Path) -> ArticleIndex:  # noqa: ARG001 - exported first
    """An index of one article that a test may change."""
    story = tmp_path / "ferry.txt"
    story.write_text(STORY, encoding="utf-8")
    index = ArticleIndex.open(tmp_path / "index", create=True)
    index.add(extract(read_file(story)))
    return index


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts the page for one test."""
    with servers() as serve:
        yield serve


@pytest.fixture
def own_page(serve: Serve, page: Page, index: ArticleIndex) -> Page:
    """The page over that index."""
    page.goto(serve(ArticleQA(index)))
    expect(page.locator("#evidence article")).to_be_visible()
    return page


def chats(page: Page) -> list[str]:
    """The titles in the list of conversations."""
    page.get_by_label("Conversations").click()
    titles = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("Escape")
    return [title.replace("✓", "").strip() for title in titles]


def test_a_conversation_survives_a_reload_and_is_another_browsers_not(
    own_page: Page, browser: Browser
) -> None:
    ask(own_page, "What did Moll say?")
    expect(own_page.locator("#exports a")).to_have_count(2)
    own_page.reload()
    expect(own_page.get_by_test_id("bot").locator(".answer")).to_contain_text(
        "Captain Ada Moll said the ferry would stop on Friday. [1]"
    )
    own_page.get_by_role("link", name="[1]").first.click()
    expect(own_page.locator("#evidence mark.active").first).to_be_in_viewport()
    with browser.new_context() as other:
        page = other.new_page()
        page.goto(own_page.url)
        expect(page.locator("#evidence article")).to_be_visible()
        expect(page.get_by_test_id("bot")).to_have_count(0)
        assert chats(page) == []


def test_a_conversation_survives_a_restart_of_the_server(page: Page, index: ArticleIndex) -> None:
    settings = replace(Settings(), port=free_port())
    for is_first in (True, False):
        with Records.open(index.directory) as records:
            served = build_page(ArticleQA(index), records)
            start(served, ArticleQA(index), settings)
            page.goto(settings.address)
            if is_first:
                ask(page, "What did Moll say?")
            expect(page.get_by_test_id("user")).to_have_text("What did Moll say?")
            expect(page.locator("#exports a")).to_have_count(2)
            served.close()


def test_there_are_several_conversations_and_one_can_be_deleted(own_page: Page) -> None:
    ask(own_page, "What did Moll say?")
    expect(own_page.locator("#exports a")).to_have_count(2)
    own_page.get_by_role("button", name="New conversation").click()
    expect(own_page.get_by_test_id("bot")).to_have_count(0)
    ask(own_page, "What did Orr say?")
    expect(own_page.locator("#exports a")).to_have_count(2)
    assert chats(own_page) == ["What did Orr say?", "What did Moll say?"]
    own_page.get_by_label("Conversations").fill("What did Moll")
    own_page.get_by_label("Conversations").press("Enter")
    expect(own_page.get_by_test_id("user")).to_have_text("What did Moll say?")
    own_page.on("dialog", lambda dialog: dialog.accept())
    own_page.get_by_role("button", name="Delete conversation").click()
    expect(own_page.get_by_test_id("user")).to_have_count(0)
    assert chats(own_page) == ["What did Orr say?"]


def test_an_edited_question_is_asked_again_and_what_came_after_is_gone(own_page: Page) -> None:
    ask(own_page, "What did *Moll* say?")
    ask(own_page, "What did Orr say?")
    own_page.get_by_role("button", name="Edit").first.click()
    box = own_page.locator("#conversation textarea")
    expect(box).to_have_value(re.compile("Moll"))
    box.fill("When was this published?")
    own_page.get_by_role("button", name="Submit").first.click()
    expect(own_page.get_by_test_id("user")).to_have_count(1)
    expect(own_page.get_by_test_id("user")).to_have_text("When was this published?")
    expect(own_page.get_by_test_id("bot")).to_contain_text("The article is dated 2 January 2024.")


def test_a_follow_up_is_offered_and_can_be_asked(own_page: Page) -> None:
    ask(own_page, "What did Moll say about the ferry?")
    offered = own_page.get_by_role("button", name=re.compile(r"Orr.*\?"))
    expect(offered).to_be_visible()
    question = offered.inner_text()
    offered.click()
    expect(own_page.get_by_test_id("user").last).to_have_text(question)
    expect(own_page.get_by_test_id("bot").last).to_contain_text("the town would miss it")


def test_a_mark_is_kept_and_shown_again(own_page: Page, index: ArticleIndex) -> None:
    ask(own_page, "What did Moll say?")
    expect(own_page.locator("#exports a")).to_have_count(2)
    own_page.get_by_role("button", name="Like", exact=True).click()
    own_page.get_by_role("button", name="Liked").wait_for()
    own_page.reload()
    expect(own_page.get_by_role("button", name="Liked")).to_be_visible()
    with Feedback.open(index.directory / CHATS_FILE) as feedback:
        [mark] = feedback.marks()
    assert (mark.answer.question, mark.verdict) == ("What did Moll say?", "right")


def test_a_mark_stays_when_questions_are_offered(
    serve: Serve, page: Page, index: ArticleIndex
) -> None:
    question = "What did Moll say about the ferry?"
    reader = _SlowReader(index, lambda asked: asked != question)
    page.goto(serve(ArticleQA(index, reader=reader)))
    expect(page.locator("#evidence article")).to_be_visible()
    ask(page, question)
    expect(page.locator("#exports a")).to_have_count(2)
    page.get_by_role("button", name="Like", exact=True).click()
    expect(page.get_by_role("button", name="Liked")).to_be_visible()
    reader.may_read.set()
    expect(page.get_by_role("button", name=re.compile(r"Orr.*\?"))).to_be_visible()
    expect(page.get_by_role("button", name="Liked")).to_be_visible()


def test_a_saved_conversation_has_every_citation(own_page: Page, tmp_path: Path) -> None:
    ask(own_page, "What did Moll say?")
    saved = {}
    for name in ("Markdown", "JSON"):
        with own_page.expect_download() as download:
            own_page.locator("#exports").get_by_role("link", name=name).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        saved[name] = path.read_text(encoding="utf-8")
    [answer] = json.loads(saved["JSON"])
    quote = answer["citations"][0]["quote"]
    assert quote == "Captain Ada Moll said the ferry would stop on Friday."
    assert quote in saved["Markdown"]
    assert "https://example.com/ferry" in saved["Markdown"]


def test_citations_of_a_removed_article_stay(own_page: Page, index: ArticleIndex) -> None:
    ask(own_page, "What did Moll say?")
    expect(own_page.locator("#exports a")).to_have_count(2)
    [article] = index.articles()
    index.remove(article.key)
    own_page.reload()
    evidence = own_page.locator("#evidence")
    expect(evidence).to_contain_text("From an earlier version")
    own_page.get_by_test_id("bot").get_by_role("link", name="[1]").click()
    expect(evidence.locator("mark.active")).to_contain_text("the ferry would stop on Friday")


def test_citations_of_an_article_that_changed_are_those_of_then(
    own_page: Page, index: ArticleIndex, tmp_path: Path
) -> None:
    ask(own_page, "What did Moll say?")
    expect(own_page.locator("#exports a")).to_have_count(2)
    story = tmp_path / "ferry.txt"
    story.write_text(STORY.replace("on Friday", "on Monday"), encoding="utf-8")
    assert index.add(extract(read_file(story))) == "replaced"
    own_page.reload()
    evidence, bot = own_page.locator("#evidence"), own_page.get_by_test_id("bot")
    expect(evidence).to_contain_text("From an earlier version")
    expect(bot).to_contain_text("the ferry would stop on Friday")
    ask(own_page, "When did Moll say that the ferry would stop?")
    expect(bot.last).to_contain_text("the ferry would stop on Monday")
    bot.first.get_by_role("link", name="[1]").click()
    expect(evidence.locator("mark.active")).to_contain_text("the ferry would stop on Friday")


def test_two_tabs_go_on_with_one_conversation(own_page: Page) -> None:
    ask(own_page, "What did Moll say?")
    expect(own_page.locator("#exports a")).to_have_count(2)
    other = own_page.context.new_page()
    other.goto(own_page.url)
    expect(other.get_by_test_id("user")).to_have_text("What did Moll say?")
    ask(other, "What did Orr say?")
    own_page.reload()
    expect(own_page.get_by_test_id("user")).to_have_text(
        ["What did Moll say?", "What did Orr say?"]
    )


@pytest.mark.parametrize("button", ["Stop", "New conversation", "Delete conversation"])
def test_an_answer_that_is_no_longer_wanted_does_not_come(
    serve: Serve, page: Page, index: ArticleIndex, button: str
) -> None:
    reader = _SlowReader(index)
    page.goto(serve(ArticleQA(index, reader=reader)))
    page.on("dialog", lambda dialog: dialog.accept())
    expect(page.locator("#evidence article")).to_be_visible()
    page.locator("#question textarea").fill(UNWANTED)
    page.locator("#question textarea").press("Enter")
    assert reader.is_asked.wait(20)
    expect(page.get_by_test_id("user")).to_have_text(UNWANTED)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_test_id("user")).to_have_count(0)
    ask(page, "What did Orr say?")
    expect(page.get_by_test_id("user")).to_have_text("What did Orr say?")
    expect(page.get_by_test_id("bot")).to_contain_text("the town would miss it")
    expect(page.locator("#exports a")).to_have_count(2)
    reader.may_read.set()
    page.reload()
    expect(page.get_by_test_id("user")).to_have_text("What did Orr say?")


def test_who_asks_while_an_answer_is_made_gets_both(
    serve: Serve, page: Page, index: ArticleIndex
) -> None:
    reader = _SlowReader(index)
    page.goto(serve(ArticleQA(index, reader=reader)))
    expect(page.locator("#evidence article")).to_be_visible()
    box = page.locator("#question textarea")
    box.fill(UNWANTED)
    box.press("Enter")
    assert reader.is_asked.wait(20)
    expect(box).to_have_value("")
    box.fill("What did Orr say?")
    box.press("Enter")
    reader.may_read.set()
    expect(page.get_by_test_id("user")).to_have_count(2)
    expect(page.get_by_test_id("user").filter(has_text=UNWANTED)).to_have_count(1)
    answers = page.get_by_test_id("bot")
    expect(answers.filter(has_text="the town would miss it")).not_to_have_count(0)


class _SlowReader:
    """One that reads for some questions only when it may."""

    def __init__(self, index: ArticleIndex, waits: Callable[[str], bool] = UNWANTED.__eq__) -> None:
        self._reader = reader_maker(None)(index.term_weights)
        self._waits = waits
        self.is_asked, self.may_read = Event(), Event()

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        if self._waits(question):
            self.is_asked.set()
            self.may_read.wait(60)
        return self._reader.read(question, hits)


def test_stopping_leaves_what_was_answered_whole(own_page: Page) -> None:
    ask(own_page, "What did Moll say?")
    expect(own_page.locator("#exports a")).to_have_count(2)
    own_page.get_by_role("button", name="Stop").click()
    expect(own_page.get_by_test_id("user")).to_have_text("What did Moll say?")
    ask(own_page, "What did Orr say?")
    expect(own_page.get_by_test_id("user")).to_have_count(2)


def test_question_of_the_packaged_article_names_its_speaker(
    page: Page, bundled_address: str
) -> None:
    page.goto(bundled_address)
    reply = ask(page, QUESTION)
    reply.get_by_role("link", name="[1]").hover()
    expect(page.get_by_role("tooltip")).to_contain_text(re.compile("^Sergey Ryabkov: "))

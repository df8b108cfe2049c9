"""The page for everyone: contrast and labels, the keyboard alone, phones, right-to-left text."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder
from index.formats import extract
from index.readers import read_file
from qa.service import ArticleQA
from tests.ui.conftest import Serve
from tests.ui.test_page import QUESTION, ask

PHONE = {"width": 360, "height": 740}
ARABIC = "قال القبطان كريم إن العبارة ستتوقف يوم الجمعة."
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


@pytest.fixture(scope="module")
def odd_address(
    serve: Serve,
    encoder: OnnxEncoder,  # noqa: ARG001 - exported first
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """The page over an article of right-to-left text and words without end."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "odd.txt").write_text(f"{LONG}\n\n{ARABIC}\n\nMoll said {LONG}.\n", encoding="utf-8")
    index = ArticleIndex.open(folder / "index", create=True)
    index.add(extract(read_file(folder / "odd.txt")))
    return serve(ArticleQA(index))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation(page: Page, bundled_address: str, theme: str) -> None:
    page.goto(f"{bundled_address}?__theme={theme}")
    ask(page, QUESTION)
    ask(page, "what did Macron say about the talks?")
    page.get_by_text("Articles", exact=True).click()
    page.locator("#evidence .speakers > summary").click()
    expect(page.locator("#exports a")).to_have_count(2)
    expect(page.locator("#library-list")).to_be_visible()
    violations = Axe().run(page).response["violations"]
    found = [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in violations]
    assert found == []


def test_the_keyboard_alone_asks_and_goes_to_the_sentence_and_back(
    page: Page, bundled_address: str
) -> None:
    page.goto(bundled_address)
    expect(page.locator("#evidence article")).to_be_visible()
    page.locator("#question textarea").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#exports a")).to_have_count(2)
    first = page.get_by_test_id("bot").get_by_role("link", name="[1]")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    expect(first).to_be_focused()
    expect(page.get_by_role("tooltip")).to_contain_text("Sergey Ryabkov")
    page.keyboard.press("Enter")
    mark = page.locator('#evidence mark[data-number="1"]').first
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    expect(first).to_be_focused()


def test_answers_are_told_to_screen_readers(page: Page, bundled_address: str) -> None:
    page.goto(bundled_address)
    ask(page, QUESTION)
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_contain_text("No progress, Ryabkov said.")


def test_nothing_is_wider_than_a_phone(page: Page, odd_address: str) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto(odd_address)
    ask(page, "What did Moll say?")
    ask(page, LONG)
    expect(page.locator("#evidence article")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_right_to_left_text_keeps_its_direction(page: Page, odd_address: str) -> None:
    page.goto(odd_address)
    paragraph = page.locator("#evidence p", has_text=re.compile("العبارة"))
    assert paragraph.evaluate("p => getComputedStyle(p).direction") == "rtl"
    reply = ask(page, ARABIC.replace(".", "؟"))
    expect(reply).to_be_visible()
    said = page.get_by_test_id("user").locator("p").first
    assert said.evaluate("p => getComputedStyle(p).unicodeBidi") == "plaintext"

"""What a person does in the panel of articles, in a real browser."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import gradio as gr
import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder
from index.formats import extract
from index.readers import pasted
from index.types import Filters
from qa.service import ArticleQA
from tests.ui.ports import free_port
from ui.library_panel import build_library
from ui.settings import HOST

FERRY = (
    "Ferry stops\n20240102\nhttps://example.com/ferry\nThe ferry to Ostwick stopped on Monday.\n"
)
STORM = "Storm comes\n20240305\nhttps://example.com/storm\nA storm comes from the north.\n"
HOSTILE = "<img src=x onerror='window.hacked = 1'>"


@pytest.fixture
def index(encoder: OnnxEncoder, tmp_path: Path) -> Iterator[ArticleIndex]:  # noqa: ARG001 - exported
    """An index of the ferry and the storm."""
    with ArticleIndex.open(tmp_path / "index", create=True) as index:
        for text in (FERRY, STORM):
            index.add(extract(pasted(text)))
        yield index


@pytest.fixture
def address(index: ArticleIndex) -> Iterator[str]:
    """A page of the panel alone, which shows what is handed to the page."""
    with gr.Blocks(analytics_enabled=False) as blocks:
        panel = build_library(ArticleQA(index), blocks)
        filters = gr.Textbox(label="Filters")
        held = gr.Textbox(label="Held")
        panel.filters.change(_shown, panel.filters, filters)
        panel.held.change(str, panel.held, held)
    port = free_port()
    blocks.launch(
        server_name=HOST, server_port=port, quiet=True, footer_links=[], prevent_thread_lock=True
    )
    yield f"http://{HOST}:{port}"
    blocks.close()


def _shown(filters: Filters | None) -> str:
    return json.dumps(filters and asdict(filters), default=str)


@pytest.fixture
def panel(page: Page, address: str) -> Page:
    """The panel, opened."""
    return opened(page, address)


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.get_by_role("button", name="Articles").click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    return page


def upload(page: Page, folder: Path, **contents: str) -> None:
    folder.mkdir()
    for name, content in contents.items():
        (folder / f"{name}.txt").write_text(content, encoding="utf-8")
    page.locator("#library-files input[type=file]").set_input_files(sorted(folder.iterdir()))


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{target} cannot be reached by the keyboard")


def test_of_two_files_the_bad_one_is_told_and_the_other_added(
    panel: Page, tmp_path: Path, index: ArticleIndex
) -> None:
    upload(panel, tmp_path / "files", bridge="Bridge closes\n\nThe bridge closes in May.", empty="")
    status = panel.locator("#library-told [role=status]")
    expect(status).to_contain_text("Added 1 of 2.")
    expect(status.get_by_role("listitem")).to_have_text("empty.txt: it is empty")
    expect(
        panel.get_by_role("checkbox", name="Bridge closes · no date · bridge.txt")
    ).to_be_checked()
    expect(panel.get_by_label("Held")).to_have_value(str(tuple(a.id for a in index.articles())))
    expect(panel.get_by_role("button", name="Click to Upload")).to_be_visible()


def test_a_bar_shows_how_far_it_is_while_the_others_go_on(panel: Page, tmp_path: Path) -> None:
    days = [f"On day {n} the mayor said that {n * 7} people came in the rain." for n in range(400)]
    upload(panel, tmp_path / "files", first=STORM * 2, second="\n\n".join(days))
    bar = panel.get_by_role("progressbar")
    expect(bar).to_have_accessible_name(
        re.compile(r"2 of 2, second\.txt: \d+ of \d+ texts embedded"), timeout=60_000
    )
    panel.get_by_role("checkbox", name="Ferry").uncheck()
    expect(panel.locator("#library-searched")).to_have_text("Searched: 1 of 3 articles.")
    expect(bar).to_be_visible()
    expect(panel.locator("#library-told")).to_contain_text("Added 2 of 2.", timeout=60_000)
    expect(panel.locator("#library-searched")).to_have_text("Searched: 3 of 4 articles.")


def test_what_others_add_is_searched_where_all_are_ticked(panel: Page, index: ArticleIndex) -> None:
    index.add(extract(pasted("Bridge closes\n\nIn May.")))
    panel.get_by_role("checkbox", name="Ferry").uncheck()
    expect(panel.locator("#library-searched")).to_have_text("Searched: 1 of 3 articles.")
    panel.get_by_role("button", name="Tick all").click()
    expect(panel.locator("#library-searched")).to_have_text("Searched: all 3 articles.")
    expect(panel.get_by_label("Filters")).to_have_value("null")


def test_the_region_that_tells_stays_the_same(panel: Page) -> None:
    panel.evaluate("document.querySelector('#library-told [role=status]').mine = true")
    panel.get_by_role("button", name="Add text").click()
    expect(panel.locator("#library-told")).to_contain_text("pasted text: it is empty")
    assert panel.evaluate("document.querySelector('#library-told [role=status]').mine")


def test_text_is_pasted_with_markup_that_is_shown_and_not_run(panel: Page) -> None:
    box = panel.get_by_role("textbox", name="Add pasted text")
    box.fill(f"{HOSTILE} resigns\n\nThe mayor left on Tuesday.")
    panel.get_by_role("button", name="Add text").click()
    expect(panel.get_by_role("checkbox")).to_have_count(3)
    expect(panel.get_by_role("checkbox").last).to_have_accessible_name(
        re.compile(re.escape(HOSTILE))
    )
    expect(box).to_have_value("")
    assert panel.evaluate("window.hacked") is None


def test_a_path_is_no_web_address(panel: Page) -> None:
    box = panel.get_by_role("textbox", name="Add a web address")
    box.fill(f"/etc/{HOSTILE}")
    box.press("Enter")
    expect(panel.locator("#library-told")).to_contain_text(
        f"/etc/{HOSTILE}: only addresses of http and https are read"
    )
    expect(box).to_have_value(f"/etc/{HOSTILE}")
    assert panel.evaluate("window.hacked") is None


def test_what_is_chosen_is_handed_to_the_page(panel: Page, index: ArticleIndex) -> None:
    _, storm = index.articles()
    filters, searched = panel.get_by_label("Filters"), panel.locator("#library-searched")
    expect(searched).to_have_text("Searched: all 2 articles.")
    panel.get_by_role("checkbox", name="Ferry").uncheck()
    expect(searched).to_have_text("Searched: 1 of 2 articles.")
    expect(filters).to_have_value(_shown(Filters((storm.id,))))
    panel.get_by_role("button", name="Tick none").click()
    expect(searched).to_have_text("Searched: all 2 articles.")
    expect(filters).to_have_value("null")
    panel.get_by_role("button", name="Tick all").click()
    expect(panel.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(filters).to_have_value("null")


def test_dates_narrow_and_a_wrong_one_is_told(panel: Page) -> None:
    searched, since = panel.locator("#library-searched"), panel.get_by_label("Published from")
    since.fill("2024-02-01")
    since.press("Tab")
    expect(searched).to_have_text("Searched: 1 of 2 articles.")
    kept = _shown(Filters(since=date(2024, 2, 1)))
    expect(panel.get_by_label("Filters")).to_have_value(kept)
    since.fill("2024-02-31")
    since.press("Enter")
    expect(searched).to_have_text(
        "'2024-02-31' is no date; write it as 2022-01-31. What is searched stays as it was."
    )
    expect(panel.get_by_label("Filters")).to_have_value(kept)


def test_the_ticked_are_removed_when_that_is_confirmed(panel: Page, index: ArticleIndex) -> None:
    questions: list[str] = []

    def answer(dialog: Dialog) -> None:
        questions.append(dialog.message)
        dialog.accept() if len(questions) > 1 else dialog.dismiss()

    panel.on("dialog", answer)
    panel.get_by_role("checkbox", name="Storm").uncheck()
    panel.get_by_role("button", name="Remove the ticked").click()
    expect(panel.locator("#library-told")).to_contain_text("No article was removed.")
    panel.get_by_role("button", name="Remove the ticked").click()
    expect(panel.get_by_role("checkbox")).to_have_count(1)
    expect(panel.locator("#library-told")).to_contain_text("Articles removed: 1.")
    expect(panel.locator("#library-searched")).to_have_text("Searched: the one article there is.")
    assert questions == ["Remove the ticked article for everybody who asks here?"] * 2
    assert [article.title for article in index.articles()] == ["Storm comes"]


def test_what_one_adds_the_other_sees_after_a_refresh(panel: Page, address: str) -> None:
    assert panel.context.browser
    with panel.context.browser.new_context() as context:
        other = opened(context.new_page(), address)
        other.get_by_role("checkbox", name="Ferry").uncheck()
        panel.get_by_role("textbox", name="Add pasted text").fill("Bridge closes\n\nIn May.")
        panel.get_by_role("button", name="Add text").click()
        expect(panel.locator("#library-told")).to_contain_text("Added 1 of 1.")
        other.get_by_role("button", name="Refresh the list").click()
        expect(other.get_by_role("checkbox", name="Bridge closes")).to_be_checked()
        expect(other.get_by_role("checkbox", name="Ferry")).not_to_be_checked()
        other.reload()
        other.get_by_role("button", name="Articles").click()
        expect(other.get_by_role("checkbox", checked=True)).to_have_count(3)


def test_the_keyboard_alone_suffices(panel: Page, tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text("Bridge closes\n\nThe bridge closes in May.")
    group = panel.get_by_role("group", name="Articles to search")
    panel.on("filechooser", lambda chooser: chooser.set_files(tmp_path / "bridge.txt"))
    tab_to(panel, panel.get_by_role("button", name="Click to Upload"))
    panel.keyboard.press("Enter")
    expect(group.get_by_role("checkbox")).to_have_count(3)
    tab_to(panel, panel.get_by_role("textbox", name="Add pasted text"))
    panel.keyboard.type("The town hall burnt down.")
    tab_to(panel, panel.get_by_role("button", name="Add text"))
    panel.keyboard.press("Enter")
    expect(group.get_by_role("checkbox")).to_have_count(4)
    tab_to(panel, panel.get_by_role("checkbox", name="Ferry stops"))
    panel.keyboard.press("Space")
    expect(panel.locator("#library-searched")).to_have_text("Searched: 3 of 4 articles.")
    panel.once("dialog", lambda dialog: dialog.accept())
    tab_to(panel, panel.get_by_role("button", name="Remove the ticked"))
    panel.keyboard.press("Enter")
    expect(group.get_by_role("checkbox")).to_have_count(1)

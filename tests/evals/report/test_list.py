"""The page as it opens, and the list of samples with its filters."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from evals.report import write_report
from tests.evals.report.browsing import items, opened
from tests.evals.report.made import NEWS, ODD, OTHER, OURS, SCORED, WRONG, made_run


def test_it_has_headline_suites_and_samples(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Evaluation of article-qa")
    overview = page.get_by_role("table", name="Each suite and system")
    expect(overview.locator("tbody tr")).to_have_count(3)
    expect(overview.locator("tbody tr").first.locator("th")).to_contain_text(OURS)
    expect(page.get_by_role("heading", level=2, name=ODD)).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^risk"))).to_be_visible()
    expect(items(page)).to_have_count(len(SCORED))


def test_failures_come_first(page: Page) -> None:
    expect(items(page).first.locator(".outcome")).to_have_text("error")
    expect(items(page).last.locator(".outcome")).to_have_text("rightly refused")


def test_filters_narrow_the_list_and_stand_in_the_hash(page: Page) -> None:
    filters = page.locator("#filters")
    filters.get_by_label("System").select_option(OTHER)
    expect(items(page)).to_have_count(5)
    filters.get_by_label("wrong answer").check()
    expect(items(page)).to_have_count(3)
    expect(page.get_by_role("status")).to_have_text("3 of 13 samples")
    filters.get_by_label("Text in question or answer").fill("FROM anyWhere")
    expect(items(page)).to_have_count(1)
    expected = "#system=plain+LlamaIndex&outcome=wrong+answer&text=FROM+anyWhere"
    assert page.evaluate("location.hash") == expected
    page.get_by_role("button", name="Clear the filters").click()
    expect(items(page)).to_have_count(13)
    assert page.evaluate("location.hash") == "#samples"


def test_counts_are_of_what_the_other_filters_leave(page: Page) -> None:
    filters = page.locator("#filters")
    filters.get_by_label("System").select_option(OTHER)
    expect(filters.locator("label.choice", has_text="wrong answer")).to_contain_text("3")
    expect(filters.get_by_label("Kind").locator("option")).to_have_count(6)
    expect(filters.get_by_label("Suite").locator("option")).to_have_text(["all (5)", "news (5)"])
    expect(filters.get_by_label("System").locator("option").first).to_have_text("all (13)")


def test_a_hash_filters(page: Page, address: str) -> None:
    filters = page.locator("#filters")
    page.goto("about:blank")  # From the report itself, only a fragment would be gone to.
    page.goto(f"{address}#suite=news&system=article-qa&outcome=wrongly+refused")
    expect(items(page)).to_have_count(1)
    expect(filters.get_by_label("Suite")).to_have_value(NEWS)
    expect(filters.get_by_label("wrongly refused")).to_be_checked()
    expect(page.get_by_role("heading", name="All samples")).to_be_in_viewport()


def test_a_kind_leads_to_its_samples_again_and_again(page: Page) -> None:
    table = page.get_by_role("table", name="news by kind of question")
    link = table.locator("tr", has_text="<b>hostile</b>").get_by_role("link", name="1")
    for _ in range(2):
        link.click()
        expect(page.get_by_role("heading", name="All samples")).to_be_in_viewport()
        expect(items(page)).to_have_count(1)


def test_another_part_of_the_page_is_no_filter(page: Page) -> None:
    page.get_by_role("link", name="Overview").click()
    expect(items(page)).to_have_count(len(SCORED))


def test_a_sample_has_a_link_that_opens_it(page: Page, address: str) -> None:
    item = opened(page, address, text="ferry", outcome="right")
    item.get_by_role("link", name="Link to this sample").click()
    expect(page.get_by_role("status")).to_have_text("1 of 13 samples, by its name: start")
    page.reload()
    expect(items(page)).to_have_count(1)
    expect(items(page).locator(".pane").first).to_be_visible()


def test_a_long_list_is_shown_bit_by_bit(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(replace(made_run(), scored=[WRONG] * 120), path)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(path.as_uri())
        expect(items(page)).to_have_count(50)
        page.get_by_role("button", name="Show 50 more of 70").click()
        page.get_by_role("button", name="Show 20 more of 20").click()
        expect(items(page)).to_have_count(120)
        expect(page.locator("#more")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_narrow_screen_nothing_stands_out(browser: Browser, address: str, scheme: str) -> None:
    with browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme="dark" if scheme == "dark" else "light"
    ) as context:
        page = context.new_page()
        item = opened(page, address, system=OURS, text="mayor")
        expect(item.locator(".pane").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(21, 24, 28)") == (scheme == "dark")

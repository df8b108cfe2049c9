"""What is inside a sample that is opened."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.evals.report.browsing import items, marks, opened
from tests.evals.report.made import FERRY, NEWS, OTHER, OURS, SCRIPT


def test_nothing_of_a_sample_is_there_before_it_is_opened(page: Page) -> None:
    expect(page.locator(".pane")).to_have_count(0)


def test_highlights_are_exactly_right_after_emoji(page: Page, address: str) -> None:
    item = opened(page, address, suite=NEWS, system=OURS, outcome="right", text="ferry")
    for pane in item.locator(".pane").all():
        assert pane.text_content() == FERRY
        assert marks(pane, "expected") == ["It starts "]
        assert marks(pane, "both") == ["again ", "in May", " 👩‍🚀 at noon"]
        assert marks(pane, "cited") == ["."]
    expect(item.locator("section.cited q")).to_have_text("again in May 👩‍🚀 at noon.")
    expect(item.locator("section.expected q").last).to_have_text("in May 👩‍🚀 at noon")
    expect(item.locator(".or")).to_have_count(1)


def test_cited_and_expected_are_beside_each_other(page: Page, address: str) -> None:
    item = opened(page, address, system=OURS, outcome="wrong answer")
    cited, expected = item.locator("section.cited"), item.locator("section.expected")
    assert marks(cited, "cited") == marks(expected, "cited") == ["Dogs 🐕 travel free"]
    assert marks(cited, "expected") == marks(expected, "expected") == ["A ticket costs"]
    left, right = cited.bounding_box(), expected.bounding_box()
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]


def test_marks_differ_not_by_colour_alone(page: Page, address: str) -> None:
    item = opened(page, address, system=OURS, outcome="right", text="ferry")
    style = "mark => [getComputedStyle(mark).textDecorationStyle]"
    background = "mark => [getComputedStyle(mark).backgroundColor]"
    legend = item.locator(".legend mark")
    expect(legend).to_have_count(3)
    assert len({each.evaluate(style)[0] for each in legend.all()}) == 3
    assert len({each.evaluate(background)[0] for each in legend.all()}) == 3


def test_a_refusal_tells_what_would_have_been_answered(page: Page, address: str) -> None:
    item = opened(page, address, system=OURS, outcome="wrongly refused")
    expect(item).to_contain_text("Would have been cited")
    expect(item).to_contain_text("What does a ticket cost for dogs?")
    expect(item.locator("dd").first).to_contain_text("For children?")
    expect(item.locator("dl")).to_contain_text("Would have answered")


def test_where_the_articles_do_not_say_the_article_is_shown(page: Page, address: str) -> None:
    item = opened(page, address, system=OURS, outcome="rightly refused")
    expect(item.locator("section.expected")).to_contain_text("Nothing: the articles do not say.")
    assert item.locator("section.expected .pane").text_content() == FERRY
    expect(item.locator(".pane mark")).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from nowhere", "It is not said which article this is from."),
        ("from anywhere", "It is not said where in the article this stands."),
        ("fairy", "These are not the article's words at this place."),
        ("fairy", "There is no such article: gone"),
    ],
)
def test_what_is_wrong_with_a_quote_is_told(page: Page, address: str, text: str, told: str) -> None:
    item = opened(page, address, system=OTHER, text=text)
    expect(item.locator("section.cited")).to_contain_text(told)


def test_markup_is_shown_and_never_run(page: Page, address: str) -> None:
    item = opened(page, address, system=OURS, text="mayor")
    expect(item.locator("summary")).to_contain_text(SCRIPT)
    assert marks(item.locator("section.cited"), "both") == [SCRIPT]
    expect(item.locator("dl")).to_contain_text(SCRIPT)
    expect(page.locator("img")).to_have_count(0)
    failed = opened(page, address, system=OTHER, outcome="error")
    expect(failed.locator("dd").first).to_have_text(f"ValueError: {SCRIPT}")


def test_each_article_is_scrolled_to_its_first_mark(page: Page, address: str) -> None:
    item = opened(page, address, text="did it cost")
    for kind in ("cited", "expected"):
        pane = item.locator(f"section.{kind} .pane")
        assert pane.evaluate("pane => pane.scrollTop") > 1000
        assert is_inside(pane, pane.locator(f"mark.{kind}"))


def test_a_quotation_is_shown_in_the_article(page: Page, address: str) -> None:
    item = opened(page, address, text="did it cost")
    pane = item.locator("section.cited .pane")
    pane.evaluate("pane => pane.scrollTo(0, 0)")
    assert not is_inside(pane, pane.locator("mark.cited"))
    item.locator("section.cited").get_by_role("button", name="Show in the article").click()
    assert is_inside(pane, pane.locator("mark.cited"))


def is_inside(pane: Locator, mark: Locator) -> bool:
    around, box = pane.bounding_box(), mark.bounding_box()
    assert around is not None
    assert box is not None
    return around["y"] <= box["y"] and box["y"] + box["height"] <= around["y"] + around["height"]


def test_it_is_worked_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}#outcome=right&text=ferry")
    summary = items(page).first.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    button = items(page).get_by_role("button", name="Show in the article").first
    button.focus()
    page.keyboard.press("Enter")
    expect(items(page).locator(".pane").first).to_be_focused()

"""What a person sees and does on the chat page."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

QUESTION = "what did Ryabkov say about NATO?"


def ask(page: Page, question: str) -> Locator:
    """Asks, waits for the answer, and returns it."""
    replies = page.get_by_test_id("bot")
    before = replies.count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(replies).to_have_count(before + 1)
    return replies.last


@pytest.fixture
def bundled_page(page: Page, bundled_address: str) -> Page:
    """The page over the packaged article, loaded."""
    page.goto(bundled_address)
    expect(page.locator("#evidence article")).to_be_visible()
    return page


def test_it_shows_the_article_with_headline_date_and_link(bundled_page: Page) -> None:
    article = bundled_page.locator("#evidence article")
    expect(article.locator("h2")).to_have_text(re.compile("^US says no breakthrough"))
    expect(article.locator("time")).to_have_text("10 January 2022")
    link = article.locator(".facts a")
    expect(link).to_have_attribute("href", re.compile(r"^https://krdo\.com/"))
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_an_answer_is_quotations_with_links(bundled_page: Page) -> None:
    reply = ask(bundled_page, QUESTION)
    expect(reply).to_contain_text(
        re.compile(r"flat and plan no: No progress, Ryabkov said. \[\d\]")
    )
    expect(reply).to_contain_text("no progress had been made when it came to NATO")


def test_a_new_answer_marks_its_sentences_and_scrolls_to_the_first(bundled_page: Page) -> None:
    ask(bundled_page, QUESTION)
    first = bundled_page.locator('#evidence mark[data-number="1"]')
    expect(first).to_contain_text("no progress had been made when it came to NATO")
    expect(first).to_be_in_viewport()
    background = first.evaluate("mark => getComputedStyle(mark).backgroundColor")
    assert background == "rgb(255, 229, 138)"


def test_on_a_narrow_screen_the_page_stays_at_the_answer(bundled_page: Page) -> None:
    bundled_page.set_viewport_size({"width": 390, "height": 844})
    reply = ask(bundled_page, QUESTION)
    expect(bundled_page.locator('#evidence mark[data-number="1"]')).to_be_attached()
    expect(reply).to_be_in_viewport()
    assert bundled_page.evaluate("document.documentElement.scrollWidth") <= 390


# The answer grows, and the page goes to its first sentence with each statement: only what stays
# away for a second is away.
STAYS_SCROLLED_AWAY = """() => {
    const pane = document.querySelector("#evidence");
    const mark = pane.querySelector('mark[data-citations~="1-1"]').getBoundingClientRect();
    if (mark.bottom >= pane.getBoundingClientRect().top) {
        pane.scrollTo(0, pane.scrollHeight);
        window.awaySince = performance.now();
    }
    return performance.now() - window.awaySince > 1000;
}"""


def test_clicking_a_number_brings_its_sentence_into_view(bundled_page: Page) -> None:
    reply = ask(bundled_page, QUESTION)
    sentence = bundled_page.locator('#evidence mark[data-citations~="1-1"]')
    expect(sentence).to_be_attached()
    bundled_page.wait_for_function(STAYS_SCROLLED_AWAY)
    expect(sentence).not_to_be_in_viewport()
    reply.get_by_role("link", name="[1]").click()
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_have_class(re.compile("flash"))
    assert len(bundled_page.context.pages) == 1


def test_the_numbers_of_an_older_answer_still_work(bundled_page: Page) -> None:
    older = ask(bundled_page, QUESTION)
    ask(bundled_page, "Who did Biden tell about a decisive response?")
    bundled_page.get_by_test_id("bot").first.get_by_role("link", name="[1]").click()
    expect(bundled_page.locator('#evidence mark[data-citations~="1-1"]')).to_be_in_viewport()
    expect(bundled_page.locator('#evidence mark[data-citations~="1-1"]')).to_have_class(
        re.compile("active")
    )
    expect(older).to_be_attached()


def test_a_statement_is_shown_where_it_stands(bundled_page: Page) -> None:
    panel = bundled_page.locator("#evidence .speakers")
    panel.locator("> summary").click()
    group = panel.locator("details", has_text="Sergey Ryabkov")
    group.locator("summary").click()
    statement = group.locator("a.statement").last
    statement.click()
    shown = bundled_page.evaluate(
        "[...CSS.highlights.get('statement')].map(range => range.toString()).join(' … ')"
    )
    assert " ".join(shown.split()) == statement.inner_text()
    expect(bundled_page.locator("#evidence p.flash")).to_be_in_viewport()


def test_an_abstention_looks_different_and_shows_the_closest_passages(bundled_page: Page) -> None:
    reply = ask(bundled_page, "what did Macron say about the talks?")
    expect(reply.locator(".abstention")).to_contain_text("The articles do not say.")
    expect(reply.locator(".abstention li")).to_have_count(3)
    expect(reply.locator(".answer")).to_have_count(0)


def test_date_of_the_article_is_cited_as_it_stands_in_the_file(bundled_page: Page) -> None:
    reply = ask(bundled_page, "When was this published?")
    expect(reply).to_contain_text("The article is dated 10 January 2022. [1]")
    expect(bundled_page.locator('#evidence mark[data-number="1"]')).to_have_text("20220110")
    expect(bundled_page.locator('#evidence mark[data-number="1"]')).to_be_in_viewport()


def test_an_example_can_be_clicked(bundled_page: Page) -> None:
    example = bundled_page.locator("#conversation button.example").first
    question = example.inner_text()
    example.click()
    expect(bundled_page.get_by_test_id("user")).to_have_text(question)
    expect(bundled_page.get_by_test_id("bot").locator(".answer .citation").first).to_be_visible()


def test_a_question_that_cannot_be_asked_gets_a_clear_word(bundled_page: Page) -> None:
    reply = ask(bundled_page, "???")
    expect(reply.get_by_role("alert")).to_have_text(
        "the question is only punctuation; ask about the articles in words"
    )


def test_the_sentence_leads_back_to_its_claim(bundled_page: Page) -> None:
    reply = ask(bundled_page, QUESTION)
    mark = bundled_page.locator('#evidence mark[data-number="2"]').first
    mark.click()
    expect(reply.get_by_role("link", name="[2]")).to_have_class(re.compile("flash"))


def test_a_quotation_is_copied_with_its_source_and_opened_on_its_page(bundled_page: Page) -> None:
    bundled_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(bundled_page, QUESTION)
    quotation = bundled_page.locator("#evidence .quotations li").first
    address = quotation.get_by_role("link", name="on the original page").get_attribute("href")
    assert re.match(r"https://krdo\.com/.*#:~:text=But%20he%20said", address or "")
    quotation.get_by_role("button").click()
    expect(quotation.get_by_role("button")).to_have_text("Copied")
    copied = bundled_page.evaluate("navigator.clipboard.readText()")
    assert "Sergey Ryabkov, “US says no breakthrough" in copied
    assert "krdo.com, 10 January 2022, https://krdo.com/" in copied


def test_clearing_the_conversation_removes_the_marks(bundled_page: Page) -> None:
    ask(bundled_page, QUESTION)
    bundled_page.get_by_role("button", name="Clear").click()
    expect(bundled_page.locator("#evidence mark")).to_have_count(0)
    ask(bundled_page, QUESTION)
    expect(bundled_page.locator('#evidence mark[data-citations="1-1"]')).to_have_count(1)


def test_markup_in_a_question_is_shown_and_not_run(bundled_page: Page) -> None:
    question = "<script>window.hacked = 1</script> <b>what</b> did **Ryabkov** say?"
    ask(bundled_page, question)
    expect(bundled_page.get_by_test_id("user")).to_have_text(question)
    assert bundled_page.evaluate("window.hacked") is None


def test_markup_in_an_article_is_shown_and_not_run(page: Page, hostile_address: str) -> None:
    page.goto(hostile_address)
    article = page.locator("#evidence article")
    expect(article.locator("h2")).to_contain_text("<script>window.hacked = 1</script>")
    expect(article).to_contain_text("${alert(1)} {{value}} was her last word")
    reply = ask(page, "What did the mayor of Ostwick say?")
    expect(reply).to_contain_text("<script>window.hacked = 1</script>")
    expect(article.locator("script, img")).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def test_the_browser_asks_nothing_of_another_machine(page: Page, bundled_address: str) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(bundled_address)
    ask(page, QUESTION)
    expect(page.locator("#evidence mark.active").first).to_be_in_viewport()
    assert addresses
    assert [a for a in addresses if not a.startswith((bundled_address, "data:", "blob:"))] == []

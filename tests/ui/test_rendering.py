"""Answers and articles as HTML."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui.rendering import answer_html, evidence_html, problem_html, question_html

from index.types import Article, Span
from qa.types import Answer, Citation, Statement

TEXT = "Rain fell. <b>Snow</b> & hail followed.\nThe mayor slept."


def article(article_id: int = 1, text: str = TEXT) -> Article:
    return Article(key="k", source="news.txt", text=text, title="Weather", id=article_id)


def answer_about(*spans: tuple[int, int], article_id: int = 1, text: str = TEXT) -> Answer:
    citations = [
        Citation(i, article_id, "Weather", None, None, "news.txt", start, end, text[start:end])
        for i, (start, end) in enumerate(spans, start=1)
    ]
    statements = tuple(Statement(c.quote, (c,), 1.0) for c in citations)
    return Answer("q", "q", "text", True, 0.9, statements=statements)


def test_a_cited_stretch_is_marked_with_its_name_and_number() -> None:
    html = evidence_html([answer_about((0, 10))], {1: article()})
    assert (
        '<mark class="active" data-citations="1-1" data-number="1">Rain fell.</mark> &lt;b&gt;'
        in html
    )


def test_the_short_answer_stands_in_front_escaped() -> None:
    answer = answer_about((11, 26))
    html = answer_html(replace(answer, short=replace(answer.citations[0], quote="<b>Snow")), 1)
    assert html.index('<strong class="short">&lt;b&gt;Snow</strong>') < html.index("[1]")
    assert 'class="short"' not in answer_html(answer, 1)


def test_overlapping_citations_share_marks() -> None:
    html = evidence_html([answer_about((0, 10), (5, 17))], {1: article()})
    assert 'data-citations="1-1"' in html
    assert 'data-citations="1-1 1-2"' in html
    assert 'data-citations="1-2"' in html


def test_only_the_latest_answer_is_active() -> None:
    html = evidence_html([answer_about((0, 10)), answer_about((11, 17))], {1: article()})
    assert '<mark data-citations="1-1">' in html
    assert '<mark class="active" data-citations="2-1" data-number="1">' in html


def test_the_article_of_the_latest_answer_is_shown_first() -> None:
    turns = [answer_about((0, 10)), answer_about((0, 10), article_id=2)]
    html = evidence_html(turns, {1: article(), 2: replace(article(2), title="Second")})
    assert html.index("Second") < html.index("Weather")
    assert html.count("<article") == 2
    assert html.count(" hidden") == 1


def test_a_removed_article_is_left_out_and_its_quotation_stays_in_the_answer() -> None:
    answer = answer_about((0, 10), article_id=7)
    assert "<mark" not in evidence_html([answer], {1: article()})
    assert "Rain fell." in answer_html(answer, 1)


def test_a_link_is_only_made_of_a_web_address() -> None:
    html = evidence_html([], {1: replace(article(), url="javascript:alert(1)")})
    assert "<a " not in html


def test_header_and_text_are_both_there() -> None:
    known = replace(article(), header={"title": Span(0, 10)})
    html = evidence_html([], {1: known})
    assert '<div class="header-lines"><p dir="auto" data-start="0">Rain fell.</p></div>' in html
    assert "The mayor slept." in html


def test_paragraphs_are_shown_as_the_format_has_them_with_what_is_between_them() -> None:
    text = "Rain\nIt fell on\nthe town.\ncode\nThe end."
    paragraphs = (Span(0, 4), Span(5, 25), Span(31, 39))
    known = replace(article(text=text), header={"title": Span(0, 4)}, paragraphs=paragraphs)
    shown = re.findall(
        r'<p dir="auto" data-start="\d+">(.*?)</p>', evidence_html([], {1: known}), re.DOTALL
    )
    assert shown == ["Rain", "It fell on\nthe town.", "code", "The end."]


def test_the_author_is_named() -> None:
    html = evidence_html([], {1: replace(article(), author="Ana <Ruiz>")})
    assert '<p class="facts">Ana &lt;Ruiz&gt; · news.txt</p>' in html


@pytest.mark.parametrize(
    ("confidence", "words"), [(0.95, "very likely"), (0.7, "likely"), (0.5, "perhaps")]
)
def test_confidence_is_told_in_words(confidence: float, words: str) -> None:
    html = answer_html(replace(answer_about((0, 10)), confidence=confidence), 1)
    assert f'<div class="confidence">{words} ' in html


def test_a_problem_is_escaped() -> None:
    assert "&lt;x&gt;" in problem_html("<x>")


@given(st.text())
def test_no_question_opens_a_tag_or_a_second_block(question: str) -> None:
    html = question_html(question)
    inner = html.removeprefix('<div class="question" dir="auto">').removesuffix("</div>")
    assert "<" not in inner.replace("<br>", "")
    assert "\n" not in inner


@given(st.text(min_size=1), st.integers(0, 20), st.integers(0, 20))
def test_marking_changes_no_text(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    start = min(start, end)
    plain = evidence_html([], {1: article(text=text)})
    marked = evidence_html([answer_about((start, end), text=text)], {1: article(text=text)})
    assert _without_marks(marked) == plain


def _without_marks(html: str) -> str:
    return re.sub(r"</?mark[^>]*>", "", html)


def test_text_before_the_headline_is_shown_as_text() -> None:
    text = "A first line.\n\n# Heading\n\nThe body."
    known = replace(article(text=text), header={"title": Span(17, 24)})
    html = evidence_html([], {1: known})
    assert '<div class="text"><p dir="auto" data-start="0">A first line.</p>' in html

"""What is cited, marked in the text."""

import re
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from index.types import Span
from tests.ui.html.made import TEXT, answer_about, article
from ui.html.marks import mark_html, marked_paragraphs, marks_in

_ACTIVE = 'class="active" role="link" tabindex="0" data-number='


def marked(*turns: tuple[tuple[int, int], ...], text: str = TEXT) -> str:
    """The text as one paragraph, with what each turn cites of it."""
    answers = [answer_about(*spans, text=text) for spans in turns]
    marks = marks_in(article(text=text), answers)
    return marked_paragraphs(text, [Span(0, len(text))], marks, len(turns))


def test_a_cited_stretch_is_marked_with_its_name_and_number() -> None:
    assert f'<mark {_ACTIVE}"1" data-citations="1-1">Rain fell.</mark> &lt;b&gt;' in marked(
        ((0, 10),)
    )


def test_what_is_marked_is_escaped() -> None:
    assert 'data-citations="1-1">&lt;b&gt;Snow&lt;/b&gt; &amp;</mark>' in marked(((11, 24),))


def test_overlapping_citations_share_marks() -> None:
    pieces = re.findall(r'data-citations="(.*?)">(.*?)</mark>', marked(((0, 10), (5, 17))))
    assert pieces == [
        ("1-1", "Rain "),
        ("1-1 1-2", "fell."),
        ("1-2", " &lt;b&gt;Sno"),
    ]


def test_only_the_latest_answer_is_active() -> None:
    html = marked(((0, 10),), ((11, 17),))
    assert '<mark data-citations="1-1">' in html
    assert f'<mark {_ACTIVE}"1" data-citations="2-1">' in html


def test_a_mark_of_two_answers_has_the_number_of_the_latest() -> None:
    assert f'<mark {_ACTIVE}"2" data-citations="1-1 2-2">Rain fell.' in marked(
        ((0, 10),), ((40, 56), (0, 10))
    )


def test_the_first_turn_is_not_taken_for_the_eleventh() -> None:
    assert mark_html("Rain", ["11-1"], 1) == '<mark data-citations="11-1">Rain</mark>'


def test_citations_of_other_articles_mark_nothing() -> None:
    assert marks_in(article(1), [answer_about((0, 10), article_id=2)]) == []


def test_a_citation_over_two_paragraphs_is_marked_in_both() -> None:
    marks = [(Span(5, 50), "1-1")]
    html = marked_paragraphs(TEXT, [Span(0, 39), Span(40, 56)], marks, 1)
    assert html.count("</mark>") == 2
    assert '<p dir="auto" data-start="40"><mark' in html
    assert "The mayor </mark>slept.</p>" in html


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4))
def test_each_citation_is_marked_exactly_and_no_text_is_changed(
    text: str, places: list[tuple[int, int]]
) -> None:
    spans = [(min(start, len(text)), min(start + size, len(text))) for start, size in places]
    html = marked(tuple(spans), text=text)
    assert re.sub(r"</?(mark|p)\b[^>]*>", "", html) == escape(text)
    pieces = re.findall(r'data-citations="(.*?)">(.*?)</mark>', html, re.DOTALL)
    for number, (start, end) in enumerate(spans, start=1):
        own = [piece for names, piece in pieces if f"1-{number}" in names.split()]
        assert "".join(own) == escape(text[start:end])

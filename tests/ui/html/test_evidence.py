"""The cited articles, with what is cited of them."""

import re
from dataclasses import replace
from datetime import date

from index.types import Span
from tests.ui.answers import answered, citation, refused
from tests.ui.html.made import answer_about, article
from ui.html.evidence import evidence_html

EARLIER = "From an earlier version"


def test_before_anything_is_cited_the_first_article_is_shown() -> None:
    html = evidence_html([], {1: article(), 2: article(2, title="Second")})
    assert "<h2" in html
    assert "Second" not in html
    assert "<nav" not in html


def test_without_articles_nothing_is_shown() -> None:
    assert evidence_html([], {}) == ""


def test_the_article_of_the_latest_answer_is_shown_first() -> None:
    turns = [answer_about((0, 10)), answer_about((0, 10), article_id=2)]
    html = evidence_html(turns, {1: article(), 2: article(2, title="Second")})
    shown, other = html.split("<article")[1:]
    assert ">Second</h2>" in shown
    assert ">Weather</h2>" in other
    assert not shown.startswith(' class="source" hidden')
    assert other.startswith(' class="source" hidden')


def test_of_several_cited_articles_one_is_chosen_by_its_title() -> None:
    turns = [answer_about((0, 10)), answer_about((0, 10), article_id=2)]
    html = evidence_html(turns, {1: article(), 2: article(2, title="<Second>")})
    assert html.startswith(
        '<nav class="cited" aria-label="Cited articles">'
        '<button type="button" data-article="0" aria-pressed="true">&lt;Second&gt;</button>'
        '<button type="button" data-article="1" aria-pressed="false">Weather</button></nav>'
    )


def test_of_one_cited_article_there_is_no_choice() -> None:
    turns = [answer_about((0, 10)), answer_about((11, 17))]
    html = evidence_html(turns, {1: article(), 2: article(2)})
    assert "<nav" not in html
    assert html.count("<article") == 1


def test_of_a_removed_article_its_quotations_are_marked_and_named() -> None:
    turns = [answer_about((0, 10), (40, 56), article_id=7), answer_about((0, 10), article_id=7)]
    html = evidence_html(turns, {1: article()})
    assert EARLIER in html
    assert ">Weather</h2>" in html
    assert '<mark data-citations="1-1">Rain fell.</mark>' in html
    assert '<mark data-citations="1-2">The mayor slept.</mark>' in html
    active = '<mark class="active" role="link" tabindex="0" data-number="1" data-citations="2-1">'
    assert f"{active}Rain fell.</mark>" in html
    assert html.count("<article") == 1


def test_a_removed_article_keeps_its_place_among_the_cited() -> None:
    removed = replace(citation("Hail fell.", article_id=7), title="<Gone>")
    html = evidence_html([answer_about((0, 10)), answered("q", removed)], {1: article()})
    assert 'aria-pressed="true">&lt;Gone&gt;</button>' in html
    shown, other = html.split("<article")[1:]
    assert EARLIER in shown
    assert '<time datetime="2024-01-02">2 January 2024</time>' in shown
    assert EARLIER not in other


def test_what_was_cited_of_a_removed_article_is_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    quoted = replace(citation(hostile, article_id=7), title=hostile, source=hostile, url=None)
    assert "<script" not in evidence_html([answered("q", quoted)], {})


def test_the_closest_passages_of_a_refusal_are_marked() -> None:
    html = evidence_html([refused("q", citation("Rain fell."))], {1: article()})
    assert ">Rain fell.</mark>" in html


def test_the_quotations_of_the_latest_answer_are_listed_with_its_article() -> None:
    turns = [answer_about((0, 10)), answer_about((40, 56), article_id=2)]
    html = evidence_html(turns, {1: article(), 2: article(2, title="Second")})
    shown, other = html.split("<article")[1:]
    assert "<q>The mayor slept.</q>" in shown
    assert "<q>" not in other


def test_a_link_is_only_made_of_a_web_address() -> None:
    html = evidence_html([], {1: replace(article(), url="javascript:alert(1)")})
    assert "<a " not in html
    assert '<p class="facts">news.txt</p>' in html


def test_the_address_is_a_link_that_nothing_gets_out_of() -> None:
    url = "https://news.example/\"onclick='x'&amp;<b>"
    html = evidence_html([], {1: replace(article(), url=url)})
    escaped = "https://news.example/&quot;onclick=&#x27;x&#x27;&amp;amp;&lt;b&gt;"
    link = f'<a href="{escaped}" target="_blank" rel="noopener noreferrer">{escaped}</a>'
    assert link in html


def test_author_and_date_are_named() -> None:
    known = replace(article(), author="Ana <Ruiz>", published=date(2022, 1, 10))
    assert (
        '<p class="facts">Ana &lt;Ruiz&gt; · <time datetime="2022-01-10">10 January 2022</time> · '
        "news.txt</p>"
    ) in evidence_html([], {1: known})


def test_header_and_text_are_both_there() -> None:
    known = replace(article(), header={"title": Span(0, 10)})
    html = evidence_html([], {1: known})
    assert '<div class="header-lines"><p dir="auto" data-start="0">Rain fell.</p></div>' in html
    assert "The mayor slept." in html


def test_text_before_the_headline_is_shown_as_text() -> None:
    text = "A first line.\n\n# Heading\n\nThe body."
    known = replace(article(text=text), header={"title": Span(17, 24)})
    html = evidence_html([], {1: known})
    assert '<div class="text"><p dir="auto" data-start="0">A first line.</p>' in html


def test_paragraphs_are_shown_as_the_format_has_them_with_what_is_between_them() -> None:
    text = "Rain\nIt fell on\nthe town.\ncode\nThe end."
    paragraphs = (Span(0, 4), Span(5, 25), Span(31, 39))
    known = replace(article(text=text), header={"title": Span(0, 4)}, paragraphs=paragraphs)
    shown = re.findall(
        r'<p dir="auto" data-start="\d+">(.*?)</p>', evidence_html([], {1: known}), re.DOTALL
    )
    assert shown == ["Rain", "It fell on\nthe town.", "code", "The end."]

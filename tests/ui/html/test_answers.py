"""Answers, refusals and errors as they stand in the chat."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.types import LeftOut, Searched, Statement
from tests.ui.answers import answered, citation, refused
from tests.ui.html.made import answer_about
from ui.html.answers import answer_html, pending_html, problem_html

HOSTILE = "<script>alert(1)</script>\n\n# \"a\" & 'b'"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;<br># &quot;a&quot; &amp; &#x27;b&#x27;"


def test_the_short_answer_stands_in_front_escaped() -> None:
    answer = answer_about((11, 26))
    html = answer_html(replace(answer, short=replace(answer.citations[0], quote="<b>Snow")), 1)
    assert html.index('<strong class="short">&lt;b&gt;Snow</strong>') < html.index("[1]")
    assert 'class="short"' not in answer_html(answer, 1)


def test_each_statement_is_followed_by_links_to_its_marks() -> None:
    html = answer_html(answer_about((0, 10), (40, 56)), 3)
    first, second = html.index('href="#citation-3-1"'), html.index('href="#citation-3-2"')
    assert html.index("Rain fell.") < first < html.index("The mayor slept. <a") < second


def test_the_title_of_a_link_has_speaker_and_quote_on_one_line() -> None:
    quoted = citation('Rain "fell".\n\nAll <b>day</b>.')
    html = answer_html(answered("q", quoted), 1)
    title = "Jane Orr: Rain &quot;fell&quot;. All &lt;b&gt;day&lt;/b&gt;."
    assert f'title="{title}">[1]</a>' in html


def test_without_a_speaker_the_title_of_a_link_is_the_quote() -> None:
    html = answer_html(answered("q", replace(citation("Rain fell."), speaker=None)), 1)
    assert 'title="Rain fell.">[1]</a>' in html


@pytest.mark.parametrize(
    ("confidence", "words"), [(0.95, "very likely"), (0.85, "likely"), (0.84, "perhaps")]
)
def test_confidence_is_told_in_words(confidence: float, words: str) -> None:
    html = answer_html(replace(answer_about((0, 10)), confidence=confidence), 1)
    assert f'<div class="confidence">{words} ' in html


def test_a_refusal_shows_the_closest_passages_and_what_was_searched_below() -> None:
    html = answer_html(refused("q", citation("Rain fell.")), 2)
    assert '<div class="abstention" dir="auto"><strong>The articles do not say.</strong>' in html
    assert '<li>Rain fell. <a class="citation" href="#citation-2-1"' in html
    searched = '<div class="searched">Searched: 2 of 3 articles.</div>'
    assert html.index("abstention") < html.index(searched)


def test_a_refusal_without_passages_or_search_names_none() -> None:
    html = answer_html(replace(refused("q"), searched=None), 1)
    assert "closest" not in html
    assert "Searched" not in html


def test_under_an_answer_nothing_is_said_of_the_search() -> None:
    answer = replace(answer_about((0, 10)), searched=Searched(2, 3))
    assert "Searched" not in answer_html(answer, 1)


def test_a_rewritten_question_is_told() -> None:
    answer = replace(answer_about((0, 10)), question="And he?", standalone_question="And <Orr>?")
    assert answer_html(answer, 1).startswith('<div class="rewritten">Asked as: And &lt;Orr&gt;?<')
    assert "rewritten" not in answer_html(replace(answer, question=" And  <Orr>? "), 1)


def test_a_problem_is_escaped_and_told_at_once() -> None:
    assert problem_html(HOSTILE) == f'<div class="problem" role="alert">{ESCAPED}</div>'


def test_everything_that_an_answer_says_is_escaped() -> None:
    quoted = replace(citation(HOSTILE), speaker=HOSTILE)
    answer = replace(answered(HOSTILE, quoted), short=quoted, standalone_question=HOSTILE)
    refusal = replace(refused(HOSTILE, quoted), text=HOSTILE)
    for html, said in ((answer_html(answer, 1), 3), (answer_html(refusal, 1), 3)):
        assert "<script" not in html
        assert html.count(ESCAPED) == said


@given(st.text())
def test_no_answer_has_a_blank_line_after_which_markdown_would_begin(text: str) -> None:
    answer = replace(answered(text, citation(text)), standalone_question=text)
    refusal = replace(refused(text, citation(text)), text=text)
    for html in (answer_html(answer, 1), answer_html(refusal, 1), problem_html(text)):
        assert "\n" not in html
        assert "\r" not in html


def test_an_answer_of_a_language_model_says_so_instead_of_how_likely_it_is() -> None:
    html = answer_html(replace(answer_about((0, 10)), mode="<model>"), 1)
    assert "written by &lt;model&gt;, each statement checked" in html
    assert "likely" not in html


def test_what_a_language_model_wrote_without_support_is_folded_up_with_the_reason() -> None:
    left_out = (
        LeftOut(Statement(HOSTILE, (), 0.0), "the number 5 is not there", "model"),
        LeftOut(Statement("Never shown.", (), 0.1), "too unsure"),
    )
    html = answer_html(replace(answer_about((0, 10)), left_out=left_out), 1)
    assert "<summary>1 statement was left out" in html
    assert f"<s>{ESCAPED}</s> <em>the number 5 is not there</em>" in html
    assert "Never shown." not in html


def test_a_notice_stands_before_the_answer() -> None:
    html = answer_html(replace(answer_about((0, 10)), notice="<b>No model.</b>"), 1)
    assert html.index("&lt;b&gt;No model.&lt;/b&gt;") < html.index("Rain fell.")


def test_a_language_model_at_work_is_named_escaped() -> None:
    assert "&lt;b&gt; is writing" in pending_html("<b>")

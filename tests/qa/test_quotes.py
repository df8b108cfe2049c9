"""Statements and speakers of the articles, without a question."""

import pytest

import qa
from index.types import Span
from qa.quotes import manner


def test_all_statements_are_exact_slices(bundled_qa: qa.ArticleQA) -> None:
    [article] = bundled_qa.articles()
    found = bundled_qa.quotes(limit=999)
    assert len(found) > 40
    for number, each in enumerate(found, start=1):
        citation = each.citation
        assert citation.number == number
        assert article.text[citation.start : citation.end] == citation.quote
        assert each.content[0].start == citation.start
        assert each.content[-1].end == citation.end
        assert citation.speaker == each.speaker


@pytest.mark.parametrize(
    "speaker", ["Ryabkov", "Moscow's envoy", "Russia's deputy foreign minister"]
)
def test_a_speaker_is_called_in_many_ways(bundled_qa: qa.ArticleQA, speaker: str) -> None:
    found = bundled_qa.quotes(speaker)
    assert {each.speaker for each in found} == {"Sergey Ryabkov"}
    assert "Russian Deputy Foreign Minister" in found[0].titles


def test_the_nearest_to_a_topic_come_first(bundled_qa: qa.ArticleQA) -> None:
    first, *_, last = bundled_qa.quotes("Ryabkov", "NATO")
    assert "NATO" in first.citation.quote
    assert "NATO" not in last.citation.quote


def test_no_more_are_returned_than_asked_for(bundled_qa: qa.ArticleQA) -> None:
    assert len(bundled_qa.quotes(limit=3)) == 3
    assert bundled_qa.quotes("Lavrov") == []
    with pytest.raises(ValueError, match="limit is 0"):
        bundled_qa.quotes(limit=0)
    with pytest.raises(qa.QuestionError, match="empty"):
        bundled_qa.quotes("")


def test_a_refusal_keeps_to_the_filters(bundled_qa: qa.ArticleQA) -> None:
    answer = bundled_qa.ask("What did Ryabkov say about cheese?", filters=qa.Filters(articles=[99]))
    assert answer.closest == ()


def test_those_who_say_most_come_first(bundled_qa: qa.ArticleQA) -> None:
    found = bundled_qa.speakers()
    assert found[0].name == "Wendy Sherman"
    counts = [speaker.statements for speaker in found]
    assert counts == sorted(counts, reverse=True)
    assert len({speaker.name for speaker in found}) == len(found)
    known = sum(1 for quotation in bundled_qa.quotes(limit=999) if quotation.speaker)
    assert sum(counts) == known


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It rained.”", "direct"),
        ('"It rained."', "direct"),
        ("it was “wet”", "mixed"),
        ("it rained", "indirect"),
    ],
)
def test_quotation_marks_tell_how_it_is_said(text: str, found: str) -> None:
    assert manner(text, [Span(0, len(text))]) == found


def test_citations_of_answers_have_their_speaker(bundled_qa: qa.ArticleQA) -> None:
    answer = bundled_qa.ask("What did Ryabkov say about NATO?")
    assert answer.citations[0].speaker == "Sergey Ryabkov"
    assert not answer.is_rewritten


def test_a_name_that_is_spelt_badly_is_told(bundled_qa: qa.ArticleQA) -> None:
    answer = bundled_qa.ask("What did Rybakov say about NATO?")
    assert answer.is_rewritten
    assert answer.standalone_question == "What did Ryabkov say about NATO?"
    assert answer.citations[0].speaker == "Sergey Ryabkov"


def test_who_is_silent_on_it_is_shown_with_what_he_does_speak_about(
    bundled_qa: qa.ArticleQA,
) -> None:
    answer = bundled_qa.ask("What did Ryabkov say about the price of bread in Moscow?")
    assert not answer.answered
    assert "Sergey Ryabkov is quoted; these statements are closest" in answer.text
    assert {c.speaker for c in answer.closest} == {"Sergey Ryabkov"}


def test_who_is_not_there_is_said_not_to_be(bundled_qa: qa.ArticleQA) -> None:
    answer = bundled_qa.ask("What did Lavrov say about NATO expansion?")
    assert not answer.answered
    assert answer.confidence == 0
    assert "They do not quote Lavrov. The closest statements are by" in answer.text
    assert "Sergey Ryabkov" in answer.text

"""Citations against evidence, worked by hand."""

import pytest

from evals.metrics.citations import (
    cited_sentences,
    evidence_sentences,
    precision,
    recall,
    sentences_of,
    verbatim,
)
from evals.types import Quote
from tests.evals.made import DATE, DOCUMENT, DOCUMENTS, TEXT, evidence, quote, span_of


def test_a_stretch_is_the_sentences_that_it_overlaps() -> None:
    start, end = span_of("closed. It")
    found = sorted(sentences_of(DOCUMENT, start, end))
    assert [TEXT[s.start : s.end] for s in found] == ["The bridge is closed.", "It opens in May."]


def test_a_line_of_the_header_is_a_sentence() -> None:
    assert {TEXT[s.start : s.end] for s in sentences_of(DOCUMENT, *span_of(DATE))} == {DATE}


def test_precision_and_recall_by_hand() -> None:
    cited = cited_sentences([quote("The bridge is closed."), quote("She gave no date.")], DOCUMENTS)
    one = evidence_sentences([evidence("bridge is closed")], DOCUMENTS)
    two = evidence_sentences([evidence("4 million"), evidence("gave no date")], DOCUMENTS)
    assert precision(cited, [one]) == 0.5
    assert recall(cited, [one]) == 1
    assert recall(cited, [two]) == 0.5
    assert precision(cited, [one, two]) == 1  # Either alternative is evidence,
    assert recall(cited, [one, two]) == 1  # and one that is whole suffices.


def test_a_quote_from_nowhere_is_a_wrong_citation() -> None:
    nowhere = Quote(None, None, None, "The bridge is closed.")
    cited = cited_sentences([quote("The bridge is closed."), nowhere, nowhere], DOCUMENTS)
    assert precision(cited, [evidence_sentences([evidence("is closed")], DOCUMENTS)]) == (
        pytest.approx(1 / 3)
    )


def test_verbatim_is_to_the_letter_and_in_its_place() -> None:
    true = quote("It opens in May.")
    assert verbatim([true], DOCUMENTS) == 1
    altered = Quote(true.article, true.start, true.end, "It opens in may.")
    moved = Quote(true.article, 0, len(true.text), true.text)
    elsewhere = Quote("other", true.start, true.end, true.text)
    assert verbatim([true, altered, moved, elsewhere], DOCUMENTS) == 0.25


def test_no_quote_is_not_scored() -> None:
    assert verbatim([], DOCUMENTS) is None

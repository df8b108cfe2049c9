"""Rankings, worked by hand, and for the edges."""

import math

import pytest

from evals.metrics.retrieval import retrieval_scores
from evals.types import Evidence, Quote
from index.types import Document, Span
from tests.evals.made import DATE, DOCUMENTS, FIRST, SECOND, evidence, quote

CLOSED, COST, NO_DATE = evidence("is closed"), evidence("4 million"), evidence("gave no date")
FIRST_PASSAGE, SECOND_PASSAGE = quote(FIRST), quote(SECOND)
OTHER = Quote("other", 0, 5, "Other")


def scores(retrieved: list[Quote], *alternatives: list[Evidence]) -> dict[str, float]:
    return dict(retrieval_scores(retrieved, alternatives, DOCUMENTS))


def test_the_second_of_three_holds_it() -> None:
    found = scores([OTHER, SECOND_PASSAGE, FIRST_PASSAGE], [COST])
    assert found["hit@1"] == 0
    assert found["hit@5"] == found["recall@5"] == 1
    assert found["MRR@10"] == 0.5
    assert found["nDCG@10"] == pytest.approx(1 / math.log2(3))


def test_evidence_in_two_paragraphs_is_found_by_half() -> None:
    found = scores([SECOND_PASSAGE], [CLOSED, COST])
    assert found["hit@1"] == found["MRR@10"] == 1
    assert found["recall@10"] == 0.5
    assert found["nDCG@10"] == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_evidence_in_one_paragraph_counts_once() -> None:
    assert scores([SECOND_PASSAGE], [COST, NO_DATE])["recall@5"] == 1
    assert scores([FIRST_PASSAGE], [CLOSED, COST, NO_DATE])["recall@5"] == 0.5


def test_it_does_not_matter_how_passages_are_cut() -> None:
    whole = quote(f"{FIRST}\n{SECOND}")
    parts = [quote("She gave no date."), quote("Ms Orr said the cost was 4 million crowns.")]
    for retrieved in ([whole], parts, [whole, *parts]):
        found = scores(retrieved, [NO_DATE])
        assert set(found.values()) == {1.0}
    assert scores([whole], [CLOSED, COST])["nDCG@10"] == 1


def test_one_passage_that_holds_two_pieces_counts_as_two() -> None:
    whole, parts = quote(f"{FIRST}\n{SECOND}"), [FIRST_PASSAGE, SECOND_PASSAGE]
    missing = Evidence("other", 0, 5)
    documents = DOCUMENTS | {"other": Document("other", "other", "Other", "Other", (Span(0, 5),))}
    expected = [CLOSED, COST, missing]
    big = retrieval_scores([whole], [expected], documents)
    small = retrieval_scores(parts, [expected], documents)
    assert big == small
    assert big["recall@5"] == big["recall@10"] == pytest.approx(2 / 3)


def test_recall_at_five_looks_at_five_passages() -> None:
    others = [Quote("other", n, n + 1, "o") for n in range(5)]
    found = scores([*others, FIRST_PASSAGE], [CLOSED])
    assert (found["recall@5"], found["recall@10"]) == (0, 1)


def test_whole_documents_are_ranked_by_their_first_passage() -> None:
    documents = {
        key: Document(key, key, "One. Two. Three.", key, (Span(0, 16),)) for key in ("a", "b")
    }
    passages = [Quote("a", 0, 4, ""), Quote("a", 5, 9, ""), Quote("a", 10, 16, "")]
    judged = [Evidence("a", 0, 16), Evidence("b", 0, 16)]
    found = retrieval_scores([*passages, Quote("b", 0, 4, "")], [judged], documents)
    assert found["nDCG@10"] == 1


def test_one_alternative_that_is_found_suffices() -> None:
    found = scores([SECOND_PASSAGE], [CLOSED], [COST])
    assert set(found.values()) == {1.0}


def test_the_eleventh_is_not_looked_at() -> None:
    others = [Quote("other", n, n + 1, "o") for n in range(10)]
    assert set(scores([*others, FIRST_PASSAGE], [CLOSED]).values()) == {0.0}
    assert scores([*others[:9], FIRST_PASSAGE], [CLOSED])["MRR@10"] == pytest.approx(0.1)


def test_nothing_retrieved_is_zero() -> None:
    assert set(scores([], [CLOSED]).values()) == {0.0}


def test_evidence_in_the_header_alone_is_not_scored() -> None:
    assert scores([FIRST_PASSAGE], [evidence(DATE)]) == {}
    assert scores([FIRST_PASSAGE], [evidence(DATE)], [CLOSED])["hit@1"] == 1


def test_a_passage_from_nowhere_holds_nothing() -> None:
    found = scores([Quote(None, None, None, FIRST), FIRST_PASSAGE], [CLOSED])
    assert found["MRR@10"] == 0.5


def test_grades_count_in_ndcg() -> None:
    texts = {"a": "A heron.", "b": "A frog."}
    documents = {
        key: Document(key, key, text, key, (Span(0, len(text)),)) for key, text in texts.items()
    }
    quotes = [Quote(key, 0, 3, text[:3]) for key, text in texts.items()]
    judged = [Evidence("a", 0, 8, grade=1), Evidence("b", 0, 7, grade=3)]
    found = retrieval_scores(quotes, [judged], documents)
    ideal = 3 + 1 / math.log2(3)
    assert found["nDCG@10"] == pytest.approx((1 + 3 / math.log2(3)) / ideal)

"""Scores, against numbers worked by hand."""

import pytest

from evals.metrics import f1, hit_at, reciprocal_rank, sentence_f1
from evals.questions import Question
from index.types import Span


@pytest.mark.parametrize(
    ("k", "relevant", "expected"),
    [(1, [True, False], 1), (1, [False, True], 0), (2, [False, True], 1), (3, [], 0)],
)
def test_hit_at(k: int, relevant: list[bool], expected: float) -> None:
    assert hit_at(k, relevant) == expected


@pytest.mark.parametrize(
    ("relevant", "expected"),
    [
        ([True], 1),
        ([False, False, True, True], 1 / 3),
        ([], 0),
        ([False] * 10 + [True], 0),
        ([False] * 9 + [True], 0.1),
    ],
)
def test_reciprocal_rank_within_ten(relevant: list[bool], expected: float) -> None:
    assert reciprocal_rank(relevant) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("found", "expected", "score"),
    [
        ("ab", "ab", 1),
        ("ab", "bc", 0.5),
        ("abc", "a", 0.5),
        ("", "a", 0),
        ("a", "b", 0),
        ("", "", 1),
    ],
)
def test_f1(found: str, expected: str, score: float) -> None:
    assert f1(found, expected) == pytest.approx(score)


def test_sentence_f1_counts_an_overlap_as_the_evidence() -> None:
    evidence = (Span(0, 10), Span(20, 30))
    question = Question("id", "article", "q", "kind", evidence, ("a",))
    assert sentence_f1([Span(2, 10), Span(20, 30)], question) == 1
    assert sentence_f1([Span(2, 10), Span(11, 19)], question) == pytest.approx(0.5)

"""Scores of rankings and of sentence sets, each for one question."""

from collections.abc import Collection, Sequence

from evals.questions import Question
from index.types import Span


def hit_at(k: int, relevant: Sequence[bool]) -> float:
    """Returns 1 if one of the first ``k`` results is relevant, else 0."""
    return float(any(relevant[:k]))


def reciprocal_rank(relevant: Sequence[bool], k: int = 10) -> float:
    """Returns 1 / rank of the first relevant of the first ``k`` results, 0 without one."""
    return next((1 / rank for rank, hit in enumerate(relevant[:k], start=1) if hit), 0.0)


def f1(found: Collection[object], expected: Collection[object]) -> float:
    """Returns 2 |found and expected| / (|found| + |expected|); 1 if both are empty."""
    right = len(set(found) & set(expected))
    total = len(set(found)) + len(set(expected))
    return 2 * right / total if total else 1.0


def sentence_f1(cited: Sequence[Span], question: Question) -> float:
    """Returns F1 of cited sentences and evidence; one that overlaps evidence counts as that."""
    found = {
        next((e for e in question.evidence if span.start < e.end and e.start < span.end), span)
        for span in cited
    }
    return f1(found, question.evidence)

"""How well a statement is supported, as numbers: by its words, and by what they mean."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.types import Encoder, Vectors
from qa.checking.types import Cited
from qa.checking.words import Word, telling

_BETWEEN_CLAUSES = re.compile(
    r"[,;:–—]\s+|\s+(?:and|but|while|which|who|because|after|before|that)\s+"
)
_LEAST_CLAUSE = 2
"""Telling words of a stretch that is looked at by itself."""

_MOST_CLAUSES = 12
_LONGEST_WORD = 8
"""Letters above which words count alike; names and numbers count as much."""


class Support(NamedTuple):
    """What the support score looks at.

    Attributes:
        coverage: Share of the statement's telling words in the cited sentences, long ones more.
        longest: The longest run of words that are not there, as a share of all.
        cosine: Of the statement with the cited sentences joined.
        best_cosine: With the most similar one.
        clause_coverage: The coverage of that clause of the statement which has the least.
        clause_cosine: The least of its clauses' cosines, each with the most similar sentence or
            clause.
        weakest: The least of the means of both, clause by clause.
    """

    coverage: float
    longest: float
    cosine: float
    best_cosine: float
    clause_coverage: float
    clause_cosine: float
    weakest: float


def support(statement: str, cited: Sequence[Cited], encoder: Encoder) -> Support:
    """Returns what the support score looks at.

    Args:
        statement: Of at least one word.
        cited: At least one sentence.
        encoder: Of the index.
    """
    words, sentences = telling(statement), [each.text for each in cited]
    around = [f"{each.text}. {each.speaker or ''}. {each.title}" for each in cited]
    known = {word.stem for text in around for word in telling(text)}
    clauses = _clauses(statement) or [statement]
    joined, own, parts, others = _embed(
        encoder,
        [" ".join(sentences)],
        [statement],
        clauses,
        [*sentences, *(clause for text in sentences for clause in _clauses(text))],
    )
    coverages = np.array([_coverage(telling(clause), known) for clause in clauses])
    cosines = (parts @ others.T).max(axis=1)
    return Support(
        coverage=_coverage(words, known),
        longest=_longest_run(words, known) / max(1, len(words)),
        cosine=float(own[0] @ joined[0]),
        best_cosine=float((own @ others[: len(sentences)].T).max()),
        clause_coverage=float(coverages.min()),
        clause_cosine=float(cosines.min()),
        weakest=float((coverages + cosines).min() / 2),
    )


def _embed(encoder: Encoder, *groups: Sequence[str]) -> list[Vectors]:
    """Embeds groups of texts in one go."""
    vectors = encoder.encode([text for group in groups for text in group])
    ends = np.cumsum([len(group) for group in groups])[:-1]
    return np.split(vectors, ends)


def _clauses(text: str) -> list[str]:
    """Clauses of some words."""
    parts = _BETWEEN_CLAUSES.split(text)
    return [part for part in parts if len(telling(part)) >= _LEAST_CLAUSE][:_MOST_CLAUSES]


def _coverage(words: Sequence[Word], known: set[str]) -> float:
    total = sum(map(_weight, words))
    return sum(_weight(word) for word in words if word.stem in known) / total if total else 1.0


def _weight(word: Word) -> int:
    is_name = word.is_capitalised or word.text[0].isdigit()
    return _LONGEST_WORD if is_name else min(len(word.lower), _LONGEST_WORD)


def _longest_run(words: Sequence[Word], known: set[str]) -> int:
    longest = run = 0
    for word in words:
        run = 0 if word.stem in known else run + 1
        longest = max(longest, run)
    return longest

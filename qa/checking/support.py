"""How well a statement is supported, as numbers: by its words, and by what they mean."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.types import Encoder
from qa.checking.types import Cited
from qa.checking.words import Word, telling

_CLAUSE = re.compile(r"[,;:–—]\s+|\s+(?:and|but|while|which|who|because|after|before|that)\s+")
_LEAST_CLAUSE = 3
"""Telling words of a stretch that is compared by itself."""

_MOST_CLAUSES = 6
_MOST_WORDS = 24
"""Words of a statement that are compared one by one, those without their like."""

_MOST_CITED_WORDS = 96


class Support(NamedTuple):
    """What the support score looks at.

    Attributes:
        coverage: Share of the statement's telling words in the cited sentences, long ones more.
        best_coverage: The same in that sentence alone which has most of them.
        least_covered: The same in all, of that clause which has the least.
        pairs: Share of its neighbouring telling words that are neighbours there, too.
        uncovered: Logarithm of how many are not there.
        longest: The longest run of words that are not there, as a share of all.
        alike: Mean over its telling words of the cosine with the most similar cited word.
        least_alike: The least of these.
        length: Logarithm of how many times as long it is as what it cites.
        cosine: Of the statement with the cited sentences joined.
        best_cosine: With the most similar one.
        clause: The least over its clauses of the cosine with the most similar clause or sentence.
    """

    coverage: float
    best_coverage: float
    least_covered: float
    pairs: float
    uncovered: float
    longest: float
    alike: float
    least_alike: float
    length: float
    cosine: float
    best_cosine: float
    clause: float


def support(statement: str, cited: Sequence[Cited], encoder: Encoder) -> Support:
    """Returns what the support score looks at.

    Args:
        statement: Of at least one word.
        cited: At least one sentence.
        encoder: Of the index.
    """
    words = telling(statement)
    sentences = [telling(each.text) for each in cited]
    around = [w for each in cited for w in telling(f"{each.speaker or ''}. {each.title}")]
    there = [word for sentence in sentences for word in sentence]
    known = {word.stem for word in (*there, *around)}
    missing = [word for word in words if word.stem not in known]
    vectors = _Vectors(statement, cited, missing, there, encoder)
    alike = [1.0] * (len(words) - len(missing)) + vectors.alike()
    return Support(
        coverage=_coverage(words, known),
        best_coverage=max(_coverage(words, {w.stem for w in own}) for own in sentences),
        least_covered=_least_covered(statement, known),
        pairs=_pairs(words, sentences),
        uncovered=math.log1p(len(missing)),
        longest=_longest_run(words, known) / max(1, len(words)),
        alike=sum(alike) / max(1, len(alike)),
        least_alike=min(alike, default=1.0),
        length=math.log((1 + len(words)) / (1 + len(there))),
        cosine=vectors.cosine(),
        best_cosine=vectors.best_cosine(),
        clause=vectors.clause(),
    )


class _Vectors:
    """The embeddings that are compared, made in one go."""

    def __init__(
        self,
        statement: str,
        cited: Sequence[Cited],
        missing: Sequence[Word],
        there: Sequence[Word],
        encoder: Encoder,
    ) -> None:
        sentences = [each.text for each in cited]
        own = list(dict.fromkeys(word.lower for word in missing))[:_MOST_WORDS]
        theirs = list(dict.fromkeys(word.lower for word in there))[:_MOST_CITED_WORDS]
        groups = [
            [statement],
            [" ".join(sentences)],
            sentences,
            _clauses(statement),
            [clause for sentence in sentences for clause in _clauses(sentence)],
            own,
            theirs if own else [],
        ]
        vectors = encoder.encode([text for group in groups for text in group])
        ends = np.cumsum([len(group) for group in groups])[:-1]
        parts = np.split(vectors, ends)
        self._statement, self._joined, self._sentences, self._own_clauses, *rest = parts
        self._clauses, self._words, self._cited_words = rest

    def cosine(self) -> float:
        """Of the statement with all that is cited."""
        return float(self._statement[0] @ self._joined[0])

    def best_cosine(self) -> float:
        """With the most similar sentence."""
        return float((self._sentences @ self._statement[0]).max())

    def clause(self) -> float:
        """Of the clause that is least like anything."""
        if not len(self._own_clauses):
            return self.best_cosine()
        others = np.concatenate([self._sentences, self._clauses])
        return float((self._own_clauses @ others.T).max(axis=1).min())

    def alike(self) -> list[float]:
        """Of each missing word, how much the most similar cited word is like it."""
        if not len(self._words) or not len(self._cited_words):
            return [0.0] * len(self._words)
        best: list[float] = (self._words @ self._cited_words.T).max(axis=1).tolist()
        return best


def _clauses(text: str) -> list[str]:
    """Clauses of some words; none where there is just one."""
    parts = [part for part in _CLAUSE.split(text) if len(telling(part)) >= _LEAST_CLAUSE]
    return parts[:_MOST_CLAUSES] if len(parts) > 1 else []


def _coverage(words: Sequence[Word], known: set[str]) -> float:
    total = sum(_weight(word) for word in words)
    return sum(_weight(w) for w in words if w.stem in known) / total if total else 1.0


def _weight(word: Word) -> int:
    """Long words say more, and so do names and numbers."""
    return 8 if word.is_capitalised or word.text[:1].isdigit() else min(len(word.lower), 8)


def _least_covered(statement: str, known: set[str]) -> float:
    """The coverage of that clause of a statement which has the least."""
    parts = [words for part in _CLAUSE.split(statement) if len(words := telling(part)) > 1]
    return min((_coverage(words, known) for words in parts), default=1.0)


def _pairs(words: Sequence[Word], sentences: Sequence[Sequence[Word]]) -> float:
    there = {(a.stem, b.stem) for own in sentences for a, b in pairwise(own)}
    pairs = [(a.stem, b.stem) for a, b in pairwise(words)]
    return sum(pair in there for pair in pairs) / len(pairs) if pairs else 1.0


def _longest_run(words: Sequence[Word], known: set[str]) -> int:
    longest = run = 0
    for word in words:
        run = 0 if word.stem in known else run + 1
        longest = max(longest, run)
    return longest

"""Finding passages: by meaning (vectors), by words (full text), or by both."""

import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from index import rows
from index.attribution import rows as attribution_rows
from index.lexical import content_words, stem
from index.types import Filters, Hit, SearchMode, Vectors
from index.vectors import VectorIndex

CANDIDATES = 50
"""How many passages each of the two searches brings to the fusion; more where more are wanted."""

SENTENCE_WEIGHT = 0.7
"""Of the best sentence's cosine; the rest is the whole passage's."""

COVERAGE_WEIGHT = 0.35
"""Of the share of the question's words, next to the cosine.

It beats BM25 in this place: where half of a question's words are in no passage, the words that
are left say little, and the share is small for all. Both weights were chosen on squadshifts'
new_wiki questions and on our own ``tune`` questions: the first liked 0.5 best, the second 0.3.
"""


class _Match(NamedTuple):
    """What a passage was found by; see ``Hit``."""

    dense: float
    bm25: float
    coverage: float
    sentence_cosines: tuple[float, ...]

    def score(self, mode: SearchMode) -> float:
        if mode == "lexical":
            return self.bm25
        if mode == "dense":
            return self.dense
        best_sentence = max(self.sentence_cosines)
        cosine = SENTENCE_WEIGHT * best_sentence + (1 - SENTENCE_WEIGHT) * self.dense
        return cosine + COVERAGE_WEIGHT * self.coverage


def retrieve(
    db: sqlite3.Connection,
    vectors: VectorIndex,
    question: str,
    vector: Vectors,
    k: int,
    mode: SearchMode,
    filters: Filters,
) -> list[Hit]:
    """Finds passages for a question and its vector; see ``ArticleIndex.search``."""
    among = None if filters == Filters() else rows.passage_ids(db, filters)
    depth = max(k, CANDIDATES)
    dense = dict(vectors.search(vector, depth, among)) if mode != "lexical" else {}
    words = content_words(question) if mode != "dense" else []
    bm25 = dict(rows.lexical_search(db, words, depth, among))
    matches = _matches(db, question, vector, list(dense | bm25), bm25)
    best = sorted(matches, key=lambda i: (-matches[i].score(mode), i))[:k]
    passages = rows.passages(db, best)
    articles = rows.articles_of(db, {passage.article_id for passage in passages.values()})
    said = attribution_rows.attributions_in(db, best)
    return [
        Hit(
            passages[i].scored(matches[i].score(mode)),
            articles[passages[i].article_id],
            *matches[i],
            attributions=tuple(said[i]),
        )
        for i in best
    ]


def term_weights(db: sqlite3.Connection, terms: Iterable[str]) -> dict[str, float]:
    """Returns each stem's inverse document frequency over the passages, highest where absent.

    ln(1 + (N - n + 0.5) / (n + 0.5)), always above 0: Lucene's, for FTS5's own is 0 for a word
    that is in half of the passages, and in one article that is the subject.
    """
    wanted = list(terms)
    counts = dict.fromkeys(wanted, 0) | rows.document_frequencies(db, wanted)
    total = rows.passage_count(db)
    return {term: math.log1p((total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}


def _matches(
    db: sqlite3.Connection,
    question: str,
    vector: Vectors,
    ids: Sequence[int],
    bm25: Mapping[int, float],
) -> dict[int, _Match]:
    coverage = _coverage(db, question, ids)
    found = rows.embeddings(db, ids, len(vector))
    return {
        i: _Match(
            float(passage @ vector),
            bm25.get(i, 0.0),
            coverage[i],
            tuple((sentences @ vector).tolist()),
        )
        for i, (passage, sentences) in found.items()
    }


def _coverage(db: sqlite3.Connection, question: str, ids: Sequence[int]) -> dict[int, float]:
    """The share of the question's words that each passage has, the telling ones counting more."""
    words = {stem(word): word for word in content_words(question)}
    weights = term_weights(db, words)
    total = sum(weights.values())
    coverage = dict.fromkeys(ids, 0.0)
    for term, word in words.items():
        for passage_id in rows.passages_with(db, word, ids):
            coverage[passage_id] += weights[term] / total
    return coverage

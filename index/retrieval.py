"""Finding passages: by meaning (vectors), by words (full text), or by both."""

import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index import rows
from index.lexical import content_words, stem
from index.types import Encoder, Filters, Hit, SearchMode, Vectors
from index.vectors import VectorIndex

CANDIDATES = 50
"""How many passages each of the two searches brings to the fusion."""

SENTENCE_WEIGHT = 0.7
"""Of the best sentence's cosine; the rest is the whole passage's."""

COVERAGE_WEIGHT = 0.35
"""Of the share of the question's words, next to the cosine.

It beats BM25 in this place: where half of a question's words are in no passage, the words that
are left say little, and the share is small for all. Both weights were chosen on squadshifts'
new_wiki questions and on our own ``tune`` questions.
"""


def retrieve(
    db: sqlite3.Connection,
    vectors: VectorIndex,
    encoder: Encoder,
    question: str,
    k: int,
    mode: SearchMode,
    filters: Filters,
) -> list[Hit]:
    """Finds passages; see ``ArticleIndex.search``."""
    among = None if filters == Filters() else rows.passage_ids(db, filters)
    vector = encoder.encode_question(question)
    dense = dict(vectors.search(vector, CANDIDATES, among)) if mode != "lexical" else {}
    words = content_words(question) if mode != "dense" else []
    lexical = dict(rows.lexical_search(db, words, CANDIDATES, among))
    hits = _hits(db, question, vector, list(dense | lexical), lexical)
    hits.sort(key=lambda hit: (-_score(hit, mode), hit.passage.id))
    return [replace(hit, passage=hit.passage.scored(_score(hit, mode))) for hit in hits[:k]]


def term_weights(db: sqlite3.Connection, terms: Iterable[str]) -> dict[str, float]:
    """Returns each stem's inverse document frequency over the passages, highest where absent.

    ln(1 + (N - n + 0.5) / (n + 0.5)), always above 0: Lucene's, for FTS5's own is 0 for a word
    that is in half of the passages, and in one article that is the subject.
    """
    wanted = list(terms)
    counts = dict.fromkeys(wanted, 0) | rows.document_frequencies(db, wanted)
    total = rows.passage_count(db)
    return {term: math.log1p((total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}


def _score(hit: Hit, mode: SearchMode) -> float:
    if mode == "lexical":
        return hit.bm25
    if mode == "dense":
        return hit.dense
    best_sentence = max(hit.sentence_cosines)
    cosine = SENTENCE_WEIGHT * best_sentence + (1 - SENTENCE_WEIGHT) * hit.dense
    return cosine + COVERAGE_WEIGHT * hit.coverage


def _hits(
    db: sqlite3.Connection,
    question: str,
    vector: Vectors,
    ids: Sequence[int],
    bm25: Mapping[int, float],
) -> list[Hit]:
    dimension = len(vector)
    passages = rows.passages(db, ids)
    cosines = (rows.vectors(db, ids, dimension) @ vector).tolist()
    sentences = rows.sentence_vectors(db, ids, dimension)
    coverage = _coverage(db, question, ids)
    return [
        Hit(
            passage=passages[i],
            dense=cosine,
            bm25=bm25.get(i, 0.0),
            coverage=coverage[i],
            sentence_cosines=tuple((sentences[i] @ vector).tolist()),
        )
        for i, cosine in zip(ids, cosines, strict=True)
    ]


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

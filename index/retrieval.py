"""Finding passages: by meaning (vectors), by words (full text), or by both."""

import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from index import rows
from index.lexical import content_words, stems
from index.types import Encoder, Filters, Hit, SearchMode, Vectors
from index.vectors import VectorIndex

CANDIDATES = 50
"""How many passages each of the two searches brings to the fusion."""

SENTENCE_WEIGHT = 0.85
"""Of the best sentence's cosine; the rest is the whole passage's."""

LEXICAL_WEIGHT = 1.0
"""Of the share of the highest possible BM25, next to the cosine.

Both weights were chosen on squadshifts' new_wiki questions (see README, 'How good it is').
"""

_MAX_BM25_A_WORD = 2.2
"""FTS5's BM25 of one word tends to its IDF times (k1 + 1), with its fixed k1 of 1.2."""


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
    found_words = content_words(question) if mode != "dense" else []
    lexical = dict(rows.lexical_search(db, found_words, CANDIDATES, among))
    hits = _hits(db, vector, list(dense | lexical), lexical)
    best_possible = _best_bm25(db, question)
    scored = [(_score(hit, mode, best_possible), hit) for hit in hits]
    scored.sort(key=lambda pair: (-pair[0], pair[1].passage.id))
    return [
        Hit(hit.passage.scored(score), hit.dense, hit.lexical, hit.sentence_cosines)
        for score, hit in scored[:k]
    ]


def term_weights(db: sqlite3.Connection, terms: Iterable[str]) -> dict[str, float]:
    """Returns each stem's inverse document frequency over the passages, highest where absent.

    ln(1 + (N - n + 0.5) / (n + 0.5)), always above 0: Lucene's, for FTS5's own is 0 for a word
    that is in half of the passages, and in one article that is the subject.
    """
    counts = _counts(db, terms)
    total = rows.passage_count(db)
    return {term: math.log1p((total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}


def _score(hit: Hit, mode: SearchMode, best_possible: float) -> float:
    lexical = hit.lexical / best_possible
    if mode == "lexical":
        return lexical
    if mode == "dense":
        return hit.dense
    best_sentence = max(hit.sentence_cosines)
    cosine = SENTENCE_WEIGHT * best_sentence + (1 - SENTENCE_WEIGHT) * hit.dense
    return cosine + LEXICAL_WEIGHT * lexical


def _hits(
    db: sqlite3.Connection, question: Vectors, ids: Sequence[int], lexical: Mapping[int, float]
) -> list[Hit]:
    passages = rows.passages(db, ids)
    dimension = len(question)
    dense = rows.vectors(db, ids, dimension) @ question
    sentences = rows.sentence_vectors(db, ids, dimension)
    return [
        Hit(passages[i], cosine, lexical.get(i, 0.0), tuple((sentences[i] @ question).tolist()))
        for i, cosine in zip(ids, dense.tolist(), strict=True)
    ]


def _best_bm25(db: sqlite3.Connection, question: str) -> float:
    """The BM25 that no passage can exceed: what makes scores comparable between questions.

    IDF as FTS5 computes it: ln((N - n + 0.5) / (n + 0.5)), at least 1e-6. Words that are
    nowhere count nothing, since they cannot tell passages apart.
    """
    total = rows.passage_count(db)
    counts = [n for n in _counts(db, stems(question)).values() if n]
    idf = (max(1e-6, math.log((total - n + 0.5) / (n + 0.5))) for n in counts)
    return _MAX_BM25_A_WORD * sum(idf) or 1.0


def _counts(db: sqlite3.Connection, terms: Iterable[str]) -> dict[str, int]:
    """In how many passages each stem occurs, 0 included."""
    wanted = list(terms)
    return dict.fromkeys(wanted, 0) | rows.document_frequencies(db, wanted)

"""Checks that an index is what it says: offsets exact, counts equal, vectors sound."""

import sqlite3
from collections.abc import Iterator

import numpy as np

from index import rows
from index.errors import IndexStateError
from index.types import Article, Passage
from index.vectors import VectorIndex

_TOLERANCE = 1e-3
"""How far a vector's length may be from 1, and two copies of a vector from each other."""


def find_faults(db: sqlite3.Connection, vectors: VectorIndex) -> list[str]:
    """Returns what is wrong, a line each; see ``ArticleIndex.verify``."""
    faults: list[str] = []
    for check in (_file_faults(db), _count_faults(db, vectors), _article_faults(db, vectors)):
        try:
            faults.extend(check)
        except IndexStateError as error:
            faults.append(str(error))
    return faults


def _file_faults(db: sqlite3.Connection) -> Iterator[str]:
    for (line,) in db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"SQLite: {line}"
    for table, row, *_ in db.execute("PRAGMA foreign_key_check"):
        yield f"SQLite: row {row} of {table} points to nothing"


def _count_faults(db: sqlite3.Connection, vectors: VectorIndex) -> Iterator[str]:
    ids = set(rows.passage_ids(db))
    words = {row[0] for row in db.execute("SELECT rowid FROM passage_words")}
    if words != ids:
        yield f"full text: {len(words)} passages, SQLite has {len(ids)}"
    if vectors.ids() != ids:
        yield f"FAISS: {len(vectors.ids())} passages, SQLite has {len(ids)}"


def _article_faults(db: sqlite3.Connection, vectors: VectorIndex) -> Iterator[str]:
    held = vectors.ids()
    for article in rows.articles(db):
        if not (rows.digest(db, article.key) or "").startswith(rows.content_digest(article)):
            yield f"{article.key}: it is not what was added: its digest differs"
        passages = rows.passages_of(db, article.id)
        ids = [passage.id for passage in passages]
        dimension = vectors.dimension
        try:
            stored = dict(zip(ids, rows.vectors(db, ids, dimension), strict=True))
            sentences = rows.sentence_vectors(db, ids, dimension)
        except IndexStateError as error:
            yield f"{article.key}: {error}"
            continue
        for passage in passages:
            where = f"{article.key}: passage {passage.id}"
            for fault in _text_faults(article, passage):
                yield f"{where}: {fault}"
            own = sentences[passage.id]
            if len(own) != len(passage.sentences):
                yield f"{where}: {len(own)} vectors for {len(passage.sentences)} sentences"
            lengths = np.linalg.norm(np.vstack([stored[passage.id], own]), axis=1)
            if not np.allclose(lengths, 1, rtol=0, atol=_TOLERANCE):
                yield f"{where}: a vector is not normalised"
            if passage.id in held and not np.allclose(
                vectors.vector(passage.id), stored[passage.id], atol=_TOLERANCE
            ):
                yield f"{where}: FAISS holds another vector than SQLite"


def _text_faults(article: Article, passage: Passage) -> Iterator[str]:
    if not 0 <= passage.start < passage.end <= len(article.text):
        yield f"its offsets {passage.start} to {passage.end} are not in the text"
    end = passage.start
    for sentence in passage.sentences:
        if not end <= sentence.start < sentence.end <= passage.end:
            yield f"the sentence {sentence.start} to {sentence.end} is out of place"
        end = sentence.end

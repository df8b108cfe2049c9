"""Checks that an index is what it says: offsets exact, counts equal, vectors sound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, zip_longest

import numpy as np

from index import rows
from index.attribution import rows as attribution_rows
from index.errors import IndexStateError
from index.lexical import normalise
from index.types import Article, Passage
from index.vectors import VectorIndex

_TOLERANCE = 1e-3
"""How far a vector's length may be from 1, and two copies of a vector from each other."""


def find_faults(db: sqlite3.Connection, vectors: VectorIndex) -> list[str]:
    """Returns what is wrong, a line each; see ``ArticleIndex.verify``."""
    checks = (
        _file_faults(db),
        _count_faults(db, vectors),
        _word_faults(db),
        _copy_faults(db, vectors),
        _content_faults(db, vectors.dimension),
    )
    return [fault for check in checks for fault in _with_its_error(check)]


def _with_its_error(check: Iterator[str]) -> Iterator[str]:
    """What a check finds, and the damage that ends it early, if any does."""
    try:
        yield from check
    except IndexStateError as error:
        yield str(error)


def _file_faults(db: sqlite3.Connection) -> Iterator[str]:
    for (found,) in db.execute("PRAGMA integrity_check"):
        for line in found.splitlines():
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


def _word_faults(db: sqlite3.Connection) -> Iterator[str]:
    """Compares the full-text table with one that is made anew."""
    made = "SELECT sql FROM sqlite_master WHERE name = 'passage_words'"
    with closing(sqlite3.connect(":memory:")) as anew:
        anew.execute(db.execute(made).fetchone()[0])
        for passage in rows.all_passages(db):
            anew.execute(
                "INSERT INTO passage_words (rowid, words) VALUES (?, ?)",
                [passage.id, normalise(passage.text)],
            )
        if any(stored != word for stored, word in zip_longest(_words(db), _words(anew))):
            yield "full text: its words are not those of the passages"


def _words(db: sqlite3.Connection) -> Iterator[tuple[str, int, int]]:
    """Every word of the full-text table, with its passage and its place there, in order."""
    db.execute("CREATE VIRTUAL TABLE temp.places USING fts5vocab(main, passage_words, instance)")
    try:
        yield from db.execute("SELECT term, doc, offset FROM temp.places")
    finally:
        db.execute("DROP TABLE temp.places")


def _copy_faults(db: sqlite3.Connection, vectors: VectorIndex) -> Iterator[str]:
    for passage_id in sorted(vectors.ids().intersection(rows.passage_ids(db))):
        (stored,) = rows.vectors(db, [passage_id], vectors.dimension)
        if not np.allclose(vectors.vector(passage_id), stored, atol=_TOLERANCE):
            yield f"passage {passage_id}: FAISS holds another vector than SQLite"


def _content_faults(db: sqlite3.Connection, dimension: int) -> Iterator[str]:
    for (article_id,) in db.execute("SELECT id FROM articles ORDER BY id").fetchall():
        yield from _with_its_error(_article_faults(db, dimension, article_id))


def _article_faults(db: sqlite3.Connection, dimension: int, article_id: int) -> Iterator[str]:
    article = rows.articles_of(db, [article_id])[article_id]
    for passage in rows.passages_of(db, article_id):
        for fault in _with_its_error(_passage_faults(db, dimension, article, passage)):
            yield f"{article.key}: {fault}"
    for number, each in enumerate(attribution_rows.attributions_of(db, article_id), start=1):
        if any(not 0 <= start < end <= len(article.text) for start, end in each.spans):
            yield f"{article.key}: attribution {number}: its offsets are not in the text"


def _passage_faults(
    db: sqlite3.Connection, dimension: int, article: Article, passage: Passage
) -> Iterator[str]:
    for fault in chain(_text_faults(article, passage), _vector_faults(db, dimension, passage)):
        yield f"passage {passage.id}: {fault}"
    rows.check_passages(db, [passage.id])


def _text_faults(article: Article, passage: Passage) -> Iterator[str]:
    if not 0 <= passage.start < passage.end <= len(article.text):
        yield f"its offsets {passage.start} to {passage.end} are not in the text"
    end = passage.start
    for sentence in passage.sentences:
        if not end <= sentence.start < sentence.end <= passage.end:
            yield f"the sentence {sentence.start} to {sentence.end} is out of place"
        end = sentence.end


def _vector_faults(db: sqlite3.Connection, dimension: int, passage: Passage) -> Iterator[str]:
    (stored,) = rows.vectors(db, [passage.id], dimension)
    sentences = rows.sentence_vectors(db, [passage.id], dimension)[passage.id]
    if len(sentences) != len(passage.sentences):
        yield f"{len(sentences)} vectors for {len(passage.sentences)} sentences"
    with np.errstate(all="ignore"):  # Damaged numbers may be too large to be squared.
        lengths = np.linalg.norm(np.vstack([stored, sentences]), axis=1)
    if not np.allclose(lengths, 1, rtol=0, atol=_TOLERANCE):
        yield "a vector is not normalised"

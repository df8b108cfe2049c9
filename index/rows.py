"""Rows in and out of the tables of ``schema.sql``, inside a transaction of ``store.Store``."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

import numpy as np

from index.attribution import rows as attribution_rows
from index.errors import DamagedRowError
from index.lexical import match_query, normalise
from index.stored import check_row, damage_named, json_ids, row_checksum
from index.types import Article, Attribution, Document, Filters, Passage, PassageSpan, Span, Vectors

_VECTOR_TYPE = np.dtype("<f4")


@dataclass(frozen=True)
class EmbeddedPassage:
    """A passage ready to be stored: its bounds, its vector, and one vector a sentence."""

    span: PassageSpan
    vector: Vectors
    sentence_vectors: Vectors


def document_digest(document: Document) -> str:
    """Returns a digest of what a document says: another digest means that it changed."""
    facts = (document.title, document.author, str(document.published), document.url)
    content = (facts, dict(document.header), document.text, document.paragraphs)
    return blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()


def articles(db: sqlite3.Connection) -> list[Article]:
    """Returns all articles in the order they were added."""
    return [_article(row) for row in db.execute("SELECT * FROM articles ORDER BY id")]


def article_count(db: sqlite3.Connection, filters: Filters | None = None) -> int:
    """Returns how many articles the filters let through."""
    if filters is None or filters == Filters():
        return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    return len(_article_ids(db, filters))


def articles_of(db: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Article]:
    """Returns the articles of these ids, by id."""
    found = db.execute(
        "SELECT * FROM articles WHERE id IN (SELECT value FROM json_each(?))", [json_ids(ids)]
    )
    return {article.id: article for article in map(_article, found)}


def digest(db: sqlite3.Connection, key: str) -> str | None:
    """Returns the stored digest of the article of this key, or None where there is none."""
    row = db.execute("SELECT digest FROM articles WHERE key = ?", [key]).fetchone()
    return str(row[0]) if row else None


def original_digest(db: sqlite3.Connection, key: str) -> str | None:
    """Returns the digest of what the article of this key was extracted from, where it is known."""
    row = db.execute("SELECT original FROM articles WHERE key = ?", [key]).fetchone()
    return row[0] if row else None


def insert(
    db: sqlite3.Connection,
    document: Document,
    passages: Sequence[EmbeddedPassage],
    attributions: Sequence[Attribution],
) -> None:
    """Stores a document with its passages, and with who says what in it."""
    published = document.published.isoformat() if document.published else None
    values = [
        document.key,
        document_digest(document),
        document.source,
        document.title,
        document.author,
        published,
        document.url,
        json.dumps(dict(document.header)),
        json.dumps(document.paragraphs),
        document.text,
        document.original,
    ]
    cursor = db.execute(
        "INSERT INTO articles "
        "(key, digest, source, title, author, published, url, header, paragraphs, text, original, "
        "checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*values, row_checksum(values)],
    )
    for passage in passages:
        _insert_passage(db, cursor.lastrowid, document.text, passage)
    attribution_rows.insert(db, cursor.lastrowid, attributions)


def remove(db: sqlite3.Connection, key: str) -> bool:
    """Removes an article and all that came from it. Returns whether there was one."""
    row = db.execute("SELECT id FROM articles WHERE key = ?", [key]).fetchone()
    if row is None:
        return False
    for passage in _passages(db, "WHERE article_id = ?", row):
        # A contentless table is told the very words that it is to forget.
        db.execute(
            "INSERT INTO passage_words (passage_words, rowid, words) VALUES ('delete', ?, ?)",
            [passage.id, normalise(passage.text)],
        )
    attribution_rows.remove(db, row[0])
    db.execute("DELETE FROM passages WHERE article_id = ?", row)
    db.execute("DELETE FROM articles WHERE id = ?", row)
    return True


def passages(db: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Passage]:
    """Returns the passages of these ids, by id."""
    found = _passages(db, "WHERE id IN (SELECT value FROM json_each(?))", [json_ids(ids)])
    return {passage.id: passage for passage in found}


def all_passages(db: sqlite3.Connection) -> Iterator[Passage]:
    """Yields every passage, those of an article together."""
    for (article_id,) in db.execute("SELECT id FROM articles ORDER BY id").fetchall():
        yield from passages_of(db, article_id)


def passages_of(db: sqlite3.Connection, article_id: int) -> list[Passage]:
    """Returns an article's passages in its order."""
    return list(_passages(db, "WHERE article_id = ? ORDER BY start", [article_id]))


def check_passages(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Reads these passages whole, to see that they are what was stored; vectors cannot tell.

    Raises:
        DamagedRowError: One is not.
    """
    select = "SELECT * FROM passages WHERE id IN (SELECT value FROM json_each(?))"
    for row in db.execute(select, [json_ids(ids)]):
        check_row(row, f"passage {row[0]}")


def passage_ids(db: sqlite3.Connection, filters: Filters | None = None) -> list[int]:
    """Returns the ids of the passages in the articles that the filters let through."""
    if filters is None or filters == Filters():
        return [row[0] for row in db.execute("SELECT id FROM passages")]
    among = json_ids(_article_ids(db, filters))
    select = "SELECT id FROM passages WHERE article_id IN (SELECT value FROM json_each(?))"
    return [row[0] for row in db.execute(select, [among])]


def passage_count(db: sqlite3.Connection) -> int:
    """Returns the number of passages."""
    return int(db.execute("SELECT count(*) FROM passages").fetchone()[0])


def vectors(db: sqlite3.Connection, ids: Sequence[int], dimension: int) -> Vectors:
    """Returns the vectors of these passages in this order, shape (len(ids), dimension)."""
    found = dict(
        db.execute(
            "SELECT id, vector FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            [json_ids(ids)],
        )
    )
    with damage_named(f"the vectors of dimension {dimension}"):
        stored = np.frombuffer(b"".join(found[i] for i in ids), dtype=_VECTOR_TYPE)
        return stored.reshape(len(ids), dimension)


def embeddings(
    db: sqlite3.Connection, ids: Iterable[int], dimension: int
) -> dict[int, tuple[Vectors, Vectors]]:
    """Returns each passage's vector, shape (dimension,), and its sentences', a row each.

    Raises:
        DamagedRowError: A passage is not what was stored, or is missing.
    """
    wanted = set(ids)
    select = "SELECT * FROM passages WHERE id IN (SELECT value FROM json_each(?))"
    found: dict[int, tuple[Vectors, Vectors]] = {}
    for row in db.execute(select, [json_ids(wanted)]):
        passage_id, *_, vector, sentences, _ = row
        check_row(row, f"passage {passage_id}")
        with damage_named(f"the vectors of dimension {dimension}"):
            stored = np.frombuffer(vector + sentences, dtype=_VECTOR_TYPE).reshape(-1, dimension)
        found[passage_id] = stored[0], stored[1:]
    if missing := wanted - found.keys():
        raise DamagedRowError(f"passage {min(missing)}: missing in the index")
    return found


def sentence_vectors(
    db: sqlite3.Connection, ids: Iterable[int], dimension: int
) -> dict[int, Vectors]:
    """Returns the sentence vectors of these passages, each of shape (sentences, dimension)."""
    found = db.execute(
        "SELECT id, sentence_vectors FROM passages WHERE id IN (SELECT value FROM json_each(?))",
        [json_ids(ids)],
    )
    with damage_named(f"the vectors of dimension {dimension}"):
        return {i: np.frombuffer(b, dtype=_VECTOR_TYPE).reshape(-1, dimension) for i, b in found}


def lexical_search(
    db: sqlite3.Connection, question_words: Sequence[str], k: int, among: Sequence[int] | None
) -> list[tuple[int, float]]:
    """Returns the passages with any of the words, best first, with their BM25 (0 or more)."""
    if not question_words:
        return []
    rows = db.execute(
        "SELECT rowid, -bm25(passage_words) FROM passage_words WHERE passage_words MATCH :match "
        "AND (:among IS NULL OR rowid IN (SELECT value FROM json_each(:among))) "
        "ORDER BY rank, rowid LIMIT :k",
        {
            "match": match_query(question_words),
            "among": None if among is None else json_ids(among),
            "k": k,
        },
    )
    return [(row[0], max(0.0, row[1])) for row in rows]


def passages_with(db: sqlite3.Connection, word: str, among: Iterable[int]) -> set[int]:
    """Returns which of these passages have a word, in any form of its stem."""
    # Without the plus, SQLite asks the full-text table anew for each id.
    rows = db.execute(
        "SELECT rowid FROM passage_words WHERE passage_words MATCH ? "
        "AND +rowid IN (SELECT value FROM json_each(?))",
        [match_query([word]), json_ids(among)],
    )
    return {row[0] for row in rows}


def document_frequencies(db: sqlite3.Connection, terms: Iterable[str]) -> dict[str, int]:
    """Returns in how many passages each stem occurs; those that occur nowhere are left out."""
    rows = db.execute(
        "SELECT term, doc FROM word_counts WHERE term IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(terms))],
    )
    return dict(rows)


def _insert_passage(
    db: sqlite3.Connection, article_id: int | None, text: str, passage: EmbeddedPassage
) -> None:
    span = passage.span
    values = [
        article_id,
        span.start,
        span.end,
        json.dumps(span.sentences),
        passage.vector.astype(_VECTOR_TYPE).tobytes(),
        passage.sentence_vectors.astype(_VECTOR_TYPE).tobytes(),
    ]
    cursor = db.execute(
        "INSERT INTO passages "
        "(article_id, start, end, sentences, vector, sentence_vectors, checksum) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [*values, row_checksum(values)],
    )
    db.execute(
        "INSERT INTO passage_words (rowid, words) VALUES (?, ?)",
        [cursor.lastrowid, normalise(text[span.start : span.end])],
    )


def _passages(db: sqlite3.Connection, where: str, values: Sequence[Any]) -> Iterator[Passage]:
    # Sliced here: SQLite's substr would walk through the article anew for each passage.
    texts: dict[int, str] = {}
    select = "SELECT id, article_id, start, end, sentences FROM passages "
    for passage_id, article_id, start, end, stored in db.execute(select + where, values).fetchall():
        with damage_named(f"passage {passage_id}"):
            if article_id not in texts:
                query = "SELECT text FROM articles WHERE id = ?"
                texts[article_id] = db.execute(query, [article_id]).fetchone()[0]
            sentences = tuple(Span(*pair) for pair in json.loads(stored))
            text = texts[article_id][start:end]
        yield Passage(passage_id, article_id, start, end, text, sentences)


def _article_ids(db: sqlite3.Connection, filters: Filters) -> list[int]:
    found = db.execute(
        "SELECT id FROM articles "
        "WHERE (:articles IS NULL OR id IN (SELECT value FROM json_each(:articles))) "
        "AND (:since IS NULL OR published >= :since) AND (:until IS NULL OR published <= :until)",
        {
            "articles": None if filters.articles is None else json_ids(filters.articles),
            "since": filters.since and filters.since.isoformat(),
            "until": filters.until and filters.until.isoformat(),
        },
    )
    return [row[0] for row in found]


def _article(row: Sequence[Any]) -> Article:
    article_id, key, _, source, title, author, published, url, header, paragraphs, *rest = row
    text, original, _ = rest
    check_row(row, key)
    with damage_named(key):
        return Article(
            key=key,
            source=source,
            text=text,
            title=title,
            paragraphs=tuple(Span(*pair) for pair in json.loads(paragraphs)),
            author=author,
            published=date.fromisoformat(published) if published else None,
            url=url,
            header={name: Span(*pair) for name, pair in json.loads(header).items()},
            original=original,
            id=article_id,
        )

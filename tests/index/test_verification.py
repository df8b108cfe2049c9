import sqlite3
from contextlib import closing

import numpy as np
import pytest

from index.article_index import VECTORS_FILE, ArticleIndex
from index.errors import IndexStateError

NAN = np.full(384, np.nan, dtype="<f4").tobytes()
LONG = np.full(384, 0.1, dtype="<f4").tobytes()


def tamper(index: ArticleIndex, statement: str, *values: object) -> None:
    """Changes the file behind the index's back, and closes its connections first."""
    index.close()
    with closing(sqlite3.connect(index.directory / "passages.sqlite")) as db, db:
        db.execute(statement, values)


def test_a_sound_index_has_no_faults(two_articles: ArticleIndex) -> None:
    assert two_articles.verify() == []


def test_an_empty_index_has_no_faults(new_index: ArticleIndex) -> None:
    assert new_index.verify() == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE articles SET text = replace(text, '$60', '$90')", "bridge: damaged in the index"),
        ("UPDATE articles SET title = 'Another'", "bridge: damaged in the index"),
        ("UPDATE articles SET published = '2024-01-01'", "bridge: damaged in the index"),
        ("UPDATE articles SET header = '{}'", "bridge: damaged in the index"),
        ("UPDATE articles SET published = 'soon'", "bridge: damaged in the index"),
        ("UPDATE passages SET start = start + 1", "the sentence 0 to 33 is out of place"),
        ("UPDATE passages SET start = -5", "its offsets -5 to 33 are not in the text"),
        ('UPDATE passages SET "end" = 99999', "to 99999 are not in the text"),
        ('UPDATE passages SET "end" = start', "its offsets 0 to 0 are not in the text"),
        ("UPDATE passages SET sentences = '[[20, 33], [0, 9]]'", "0 to 9 is out of place"),
        ("UPDATE passages SET sentences = '[[9, 9]]'", "sentence 9 to 9 is out of place"),
        ("UPDATE passages SET sentences = '[]'", "1 vectors for 0 sentences"),
        ("UPDATE passages SET sentences = '?'", "passage 1: damaged in the index"),
        ("DELETE FROM passages WHERE id = 2", "full text: 6 passages, SQLite has 5"),
        ("DELETE FROM passages WHERE id = 2", "FAISS: 6 passages, SQLite has 5"),
        ("INSERT INTO passage_words (rowid, words) VALUES (99, 'x')", "full text: 7 passages"),
        ("UPDATE passages SET article_id = 99", "of passages points to nothing"),
    ],
)
def test_a_planted_fault_is_found(two_articles: ArticleIndex, statement: str, fault: str) -> None:
    tamper(two_articles, statement)
    assert any(fault in line for line in two_articles.verify())


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("vector", NAN, "passage 1: a vector is not normalised"),
        ("sentence_vectors", NAN, "passage 1: a vector is not normalised"),
        ("vector", LONG, "passage 1: a vector is not normalised"),
        ("sentence_vectors", LONG, "passage 1: a vector is not normalised"),
        ("vector", LONG, "passage 1: FAISS holds another vector than SQLite"),
        ("vector", LONG[:-1], "bridge: the vectors of dimension 384: damaged"),
        ("vector", LONG[:-4], "bridge: the vectors of dimension 384: damaged"),
        ("sentence_vectors", LONG[:-4], "bridge: the vectors of dimension 384: damaged"),
        ("sentence_vectors", LONG * 2, "passage 1: 2 vectors for 1 sentences"),
    ],
)
def test_a_planted_vector_is_found(
    two_articles: ArticleIndex, column: str, value: bytes, fault: str
) -> None:
    tamper(two_articles, f"UPDATE passages SET {column} = ? WHERE id = 1", value)
    assert any(fault in line for line in two_articles.verify())


def test_a_word_that_changed_is_found(two_articles: ArticleIndex) -> None:
    two_articles.close()
    with closing(sqlite3.connect(two_articles.directory / "passages.sqlite")) as db, db:
        blocks = db.execute("SELECT block, id FROM passage_words_data").fetchall()
        changed = [(block.replace(b"ayor", b"ayos"), id_) for block, id_ in blocks]
        assert changed != blocks
        db.executemany("UPDATE passage_words_data SET block = ? WHERE id = ?", changed)
    assert two_articles.verify() == ["full text: its words are not those of the passages"]


def test_every_damaged_article_is_named(two_articles: ArticleIndex) -> None:
    tamper(two_articles, "UPDATE articles SET title = 'Another'")
    assert {line.partition(": damaged")[0] for line in two_articles.verify()} == {"bridge", "flood"}


def test_vectors_that_cannot_be_made_again_are_an_error(two_articles: ArticleIndex) -> None:
    tamper(two_articles, "UPDATE passages SET vector = x'00' WHERE id = 1")
    (two_articles.directory / VECTORS_FILE).unlink()
    with (
        ArticleIndex.open(two_articles.directory) as index,
        pytest.raises(IndexStateError, match="damaged in the index"),
    ):
        index.verify()


def test_a_byte_that_changed_in_the_database_is_found(two_articles: ArticleIndex) -> None:
    two_articles.close()
    path = two_articles.directory / "passages.sqlite"
    with closing(sqlite3.connect(path)) as db:
        name = "sqlite_autoindex_articles_1"
        ((page,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name])
        ((size,),) = db.execute("PRAGMA page_size")
    content = bytearray(path.read_bytes())
    content[content.index(b"bridge", (page - 1) * size)] += 1
    path.write_bytes(content)
    assert f"SQLite: row 1 missing from index {name}" in two_articles.verify()

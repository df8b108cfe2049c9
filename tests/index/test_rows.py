from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from sqlite3 import Connection

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from index import rows
from index.errors import DamagedRowError, IndexStateError
from index.formats.markdown import parse_markdown
from index.formats.text import parse_text
from index.rows import EmbeddedPassage
from index.store import Store
from index.types import Article, Document, Filters, PassageSpan, Span
from tests.index.samples import odd_texts

DIMENSION = 4
ARTICLE_TEXTS = ("key digest source title author published url header text original").split()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    """The tables, inside a transaction."""
    store = Store.create(tmp_path / "passages.sqlite", {})
    with store.writing() as connection:
        yield connection
    store.close()


def embedded(document: Document) -> list[EmbeddedPassage]:
    """A passage of one sentence for each paragraph, its vector telling its number."""
    return [
        EmbeddedPassage(
            PassageSpan(span.start, span.end, (span,)),
            np.full(DIMENSION, number, dtype=np.float32),
            np.full((1, DIMENSION), -number, dtype=np.float32),
        )
        for number, span in enumerate(document.paragraphs, start=1)
    ]


def insert(db: Connection, *documents: Document) -> None:
    for document in documents:
        rows.insert(db, document, embedded(document), [])


def read_everything(db: Connection) -> None:
    for article in rows.articles(db):
        ids = [passage.id for passage in rows.passages_of(db, article.id)]
        rows.vectors(db, ids, DIMENSION)
        rows.sentence_vectors(db, ids, DIMENSION)


def found_by_word(db: Connection, word: str) -> list[int]:
    return sorted(passage_id for passage_id, _ in rows.lexical_search(db, [word], 99, None))


def test_an_article_comes_back_as_it_was(db: Connection, bridge: Document) -> None:
    insert(db, bridge)
    expected = Article(**{**vars(bridge), "id": 1})
    assert rows.articles_of(db, [1, 2]) == {1: expected}
    assert rows.articles(db) == [expected]


def test_an_article_without_facts_comes_back(db: Connection) -> None:
    insert(db, Document(key="k", source="s", text="One.", title="t", paragraphs=(Span(0, 4),)))
    (article,) = rows.articles(db)
    assert (article.published, article.url, article.header) == (None, None, {})


def test_what_is_not_there_is_none(db: Connection) -> None:
    assert rows.articles_of(db, [1]) == {}
    assert rows.digest(db, "k") is None
    assert rows.remove(db, "k") is False
    assert rows.passages(db, [1]) == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(odd_texts)
def test_passages_are_exact_slices_of_any_text(db: Connection, text: str) -> None:
    for parse in (parse_text, parse_markdown):
        document = parse(text, key="odd", source="odd")
        rows.remove(db, "odd")
        insert(db, document)
        (article,) = rows.articles(db)
        passages = rows.passages_of(db, article.id)
        assert article.text == text
        assert tuple(Span(p.start, p.end) for p in passages) == document.paragraphs
        assert all(text[p.start : p.end] == p.text for p in passages)
        assert all(p.sentence(s) == text[s.start : s.end] for p in passages for s in p.sentences)
        assert article.header == document.header
        assert article.title == document.title


def test_vectors_come_in_the_order_asked_for(db: Connection, bridge: Document) -> None:
    insert(db, bridge)
    np.testing.assert_array_equal(rows.vectors(db, [3, 1], DIMENSION)[:, 0], [3, 1])
    assert rows.vectors(db, [], DIMENSION).shape == (0, DIMENSION)


def test_embeddings_come_by_passage_and_a_missing_one_is_damage(
    db: Connection, bridge: Document
) -> None:
    insert(db, bridge)
    found = rows.embeddings(db, [2, 1], DIMENSION)
    for passage_id, (passage, sentences) in found.items():
        (stored,) = rows.vectors(db, [passage_id], DIMENSION)
        np.testing.assert_array_equal(passage, stored)
        own = rows.sentence_vectors(db, [passage_id], DIMENSION)[passage_id]
        np.testing.assert_array_equal(sentences, own)
    assert found.keys() == {1, 2}
    with pytest.raises(DamagedRowError, match="passage 99: missing"):
        rows.embeddings(db, [1, 99], DIMENSION)


def test_sentence_vectors_come_by_passage(db: Connection, bridge: Document) -> None:
    insert(db, bridge)
    found = rows.sentence_vectors(db, [2, 3, 99], DIMENSION)
    assert {i: vectors.tolist() for i, vectors in found.items()} == {
        2: [[-2.0] * DIMENSION],
        3: [[-3.0] * DIMENSION],
    }


def test_removal_leaves_nothing(db: Connection, bridge: Document) -> None:
    insert(db, bridge)
    assert found_by_word(db, "ferries")
    assert rows.remove(db, "bridge") is True
    assert rows.articles(db) == []
    assert rows.passage_count(db) == 0
    assert found_by_word(db, "ferries") == []
    assert rows.document_frequencies(db, ["ferri", "bridg"]) == {}


def test_ids_are_never_used_again(db: Connection, bridge: Document) -> None:
    insert(db, bridge)
    ids = rows.passage_ids(db)
    rows.remove(db, "bridge")
    insert(db, bridge)
    assert [article.id for article in rows.articles(db)] == [2]
    assert min(rows.passage_ids(db)) > max(ids)


def test_a_key_is_unique(db: Connection, bridge: Document, flood: Document) -> None:
    insert(db, bridge)
    with pytest.raises(Exception, match="UNIQUE constraint failed"):
        insert(db, replace(flood, key="bridge"))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"published": date(2023, 4, 6)},
        {"published": None},
        {"url": None},
        {"text": "Another."},
        {"header": {"title": Span(0, 2)}},
        {"paragraphs": (Span(0, 2),)},
    ],
    ids=str,
)
def test_whatever_changes_changes_the_digest(bridge: Document, change: dict[str, object]) -> None:
    changed = Document(**{**vars(bridge), **change})
    assert rows.document_digest(changed) != rows.document_digest(bridge)


def test_the_source_may_move_without_a_change(bridge: Document) -> None:
    moved = replace(bridge, key="k", source="elsewhere.txt")
    assert rows.document_digest(moved) == rows.document_digest(bridge)


def test_the_digest_is_stored(db: Connection, bridge: Document) -> None:
    insert(db, bridge)
    assert rows.digest(db, "bridge") == rows.document_digest(bridge)


@pytest.mark.parametrize(
    "change",
    [
        *[f"articles SET {name} = '?'" for name in ARTICLE_TEXTS],
        *[f"passages SET {name} = {name} + 1" for name in ("start", '"end"')],
        "passages SET sentences = '[[0, 1]]'",
        "passages SET vector = zeroblob(16)",
        "passages SET sentence_vectors = zeroblob(16)",
    ],
)
def test_a_change_of_any_column_is_noticed(db: Connection, bridge: Document, change: str) -> None:
    insert(db, bridge)
    rows.check_passages(db, [1, 2, 3])
    db.execute(f"UPDATE {change} WHERE id = 1")
    with pytest.raises(IndexStateError, match=r"damaged in the index .its checksum differs"):
        rows.check_passages(db, [rows.articles(db)[0].id])


@pytest.mark.parametrize(
    ("filters", "articles"),
    [
        (None, {1, 2, 3}),
        (Filters(), {1, 2, 3}),
        (Filters(articles=[2]), {2}),
        (Filters(articles=[]), set()),
        (Filters(articles=[99]), set()),
        (Filters(since=date(2023, 4, 5)), {1, 2}),
        (Filters(since=date(2023, 4, 6)), {2}),
        (Filters(until=date(2023, 6, 12)), {1, 2}),
        (Filters(until=date(2023, 6, 11)), {1}),
        (Filters(since=date(2023, 6, 1), until=date(2023, 6, 30)), {2}),
        (Filters(articles=[1, 3], since=date(2023, 1, 1)), {1}),
    ],
)
def test_filters_choose_articles(
    db: Connection,
    bridge: Document,
    flood: Document,
    filters: Filters | None,
    articles: set[int],
) -> None:
    insert(db, bridge, flood, replace(bridge, key="undated", published=None))
    found = rows.passages(db, rows.passage_ids(db, filters))
    assert {passage.article_id for passage in found.values()} == articles


def test_words_are_searched_by_their_stem(db: Connection, bridge: Document) -> None:
    insert(db, bridge)
    passages = rows.passages(db, found_by_word(db, "ferry"))
    assert [passage.text.split()[0] for passage in passages.values()] == ["Ferries"]
    assert found_by_word(db, "dont") == list(passages)


def test_rarer_words_weigh_more(db: Connection, bridge: Document, flood: Document) -> None:
    insert(db, bridge, flood)
    (best, score), *others = rows.lexical_search(db, ["westmark", "hurt"], 9, None)
    assert "hurt" in rows.passages(db, [best])[best].text
    assert all(0 <= other < score for _, other in others)


def test_the_full_text_can_be_searched_among_passages(db: Connection, bridge: Document) -> None:
    insert(db, bridge)
    assert found_by_word(db, "harbour") == [1, 2]
    assert [i for i, _ in rows.lexical_search(db, ["harbour"], 9, [2, 3])] == [2]
    assert rows.lexical_search(db, ["harbour"], 9, []) == []
    assert rows.lexical_search(db, [], 9, None) == []
    assert rows.passages_with(db, "harbour", [2, 3]) == {2}


def test_document_frequencies_count_passages(db: Connection, bridge: Document) -> None:
    insert(db, bridge)
    assert rows.document_frequencies(db, ["harbour", "ferri", "tunnel"]) == {
        "harbour": 2,
        "ferri": 1,
    }


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("articles.published", "soon"),
        ("articles.header", "{"),
        ("articles.header", "[]"),
        ("passages.sentences", "?"),
        ("passages.sentences", "[1]"),
        ("passages.vector", b"\x00"),
        ("passages.vector", b"\x00" * 4),
        ("passages.sentence_vectors", b"\x00" * 3),
    ],
)
def test_a_damaged_value_is_an_error_of_the_index(
    db: Connection, bridge: Document, column: str, value: str | bytes
) -> None:
    insert(db, bridge)
    read_everything(db)
    table, name = column.split(".")
    db.execute(f"UPDATE {table} SET {name} = ? WHERE id = 1", [value])
    with pytest.raises(IndexStateError, match="damaged in the index"):
        read_everything(db)

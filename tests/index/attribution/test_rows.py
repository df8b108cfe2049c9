"""Attributions in and out of SQLite: as they were, with their article, and damage noticed."""

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import numpy as np
import pytest

from index import rows
from index.attribution.rows import attributions_in, attributions_of, speakers
from index.errors import IndexStateError
from index.rows import EmbeddedPassage
from index.store import Store
from index.types import Attribution, PassageSpan, Span, Speaker
from tests.index.attribution.made import document_of

DOCUMENT = document_of("Orr said it rained.", "It snowed, said Moe. He left.")
ORR = Speaker("Jane Orr", ("mayor", "Mayor of Lund"))
RAIN = Attribution((Span(0, 3),), (Span(4, 8),), (Span(9, 18),), ORR)
SNOW = Attribution((Span(36, 39),), (Span(31, 35),), (Span(20, 29),))
SPLIT = Attribution((), (), (Span(9, 18), Span(20, 29)), ORR)
ALL = [RAIN, SPLIT, SNOW]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    """The tables with one article, inside a transaction."""
    store = Store.create(tmp_path / "passages.sqlite", {})
    vector = np.ones(4, dtype=np.float32)
    with store.writing() as connection:
        passages = [
            EmbeddedPassage(PassageSpan(p.start, p.end, (p,)), vector, vector[None])
            for p in DOCUMENT.paragraphs
        ]
        rows.insert(connection, DOCUMENT, passages, ALL)
        yield connection
    store.close()


def test_attributions_come_back_as_they_were(db: Connection) -> None:
    assert attributions_of(db, 1) == ALL
    assert attributions_of(db, 2) == []
    assert speakers(db) == [ORR]


def test_a_passage_has_those_that_reach_into_it(db: Connection) -> None:
    assert attributions_in(db, [1, 2, 99]) == {1: [RAIN, SPLIT], 2: [SPLIT, SNOW], 99: []}


def test_they_go_with_their_article(db: Connection) -> None:
    rows.remove(db, DOCUMENT.key)
    assert attributions_of(db, 1) == []
    assert speakers(db) == []
    assert db.execute("SELECT count(*) FROM attributions").fetchone() == (0,)


@pytest.mark.parametrize(
    "change",
    [
        "attributions SET speaker_id = NULL",
        "attributions SET start = 1",
        'attributions SET "end" = 999',
        *[f"attributions SET {part} = '[[0, 1]]'" for part in ("source", "cue", "content")],
        "speakers SET name = 'Moe'",
        "speakers SET titles = '[]'",
    ],
)
def test_a_change_of_any_column_is_noticed(db: Connection, change: str) -> None:
    db.execute(f"UPDATE {change} WHERE id = 1")
    with pytest.raises(IndexStateError, match=r"damaged in the index .its checksum differs"):
        attributions_of(db, 1)


def test_a_speaker_that_is_lost_is_noticed(db: Connection) -> None:
    db.execute("PRAGMA defer_foreign_keys = ON")
    db.execute("DELETE FROM speakers")
    with pytest.raises(IndexStateError, match="attribution 1: damaged"):
        attributions_of(db, 1)
    rows.remove(db, DOCUMENT.key)

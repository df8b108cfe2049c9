"""Attributions and speakers in and out of the tables of ``schema.sql``."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from index.stored import check_row, damage_named, json_ids, row_checksum
from index.types import Attribution, Span, Speaker


def insert(
    db: sqlite3.Connection, article_id: int | None, attributions: Sequence[Attribution]
) -> None:
    """Stores an article's attributions with its speakers."""
    ids = {
        speaker: _insert_speaker(db, article_id, speaker)
        for speaker in dict.fromkeys(a.speaker for a in attributions if a.speaker)
    }
    for each in attributions:
        parts = [json.dumps(part) for part in (each.source, each.cue, each.content)]
        speaker_id = ids[each.speaker] if each.speaker else None
        values = [article_id, speaker_id, *each.place, *parts]
        db.execute(
            "INSERT INTO attributions "
            "(article_id, speaker_id, start, end, source, cue, content, checksum) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [*values, row_checksum(values)],
        )


def remove(db: sqlite3.Connection, article_id: int) -> None:
    """Removes an article's attributions and speakers."""
    db.execute("DELETE FROM attributions WHERE article_id = ?", [article_id])
    db.execute("DELETE FROM speakers WHERE article_id = ?", [article_id])


def attributions_of(db: sqlite3.Connection, article_id: int) -> list[Attribution]:
    """Returns an article's attributions in its order.

    Raises:
        DamagedRowError: One is not what was stored.
    """
    select = "SELECT * FROM attributions WHERE article_id = ? ORDER BY start, id"
    return [a for _, a in _attributions(db, db.execute(select, [article_id]).fetchall())]


def speakers(db: sqlite3.Connection) -> list[Speaker]:
    """Returns the speakers of all articles, each once.

    Raises:
        DamagedRowError: One is not what was stored.
    """
    return list(dict.fromkeys(_stored(db.execute("SELECT * FROM speakers ORDER BY id")).values()))


def articles_quoting(db: sqlite3.Connection, names: Iterable[str]) -> list[int]:
    """Returns the ids of the articles that have a speaker of one of these names."""
    found = db.execute(
        "SELECT DISTINCT article_id FROM speakers WHERE name IN (SELECT value FROM json_each(?)) "
        "ORDER BY article_id",
        [json.dumps(sorted(names))],
    )
    return [row[0] for row in found]


def attributions_in(
    db: sqlite3.Connection, passage_ids: Iterable[int]
) -> dict[int, list[Attribution]]:
    """Returns the attributions that reach into these passages, by passage, in their order.

    Raises:
        DamagedRowError: One is not what was stored.
    """
    ids = list(passage_ids)
    found: dict[int, list[Attribution]] = {i: [] for i in ids}
    select = (
        "SELECT p.id, a.* FROM passages p JOIN attributions a ON a.article_id = p.article_id "
        "AND a.start < p.end AND a.end > p.start "
        "WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY a.start, a.id"
    )
    placed = db.execute(select, [json_ids(ids)]).fetchall()
    attributions = dict(_attributions(db, [row for _, *row in placed]))
    for passage_id, row_id, *_ in placed:
        found[passage_id].append(attributions[row_id])
    return found


def _attributions(
    db: sqlite3.Connection, rows: Sequence[Sequence[Any]]
) -> Iterator[tuple[int, Attribution]]:
    """What the rows hold, each after its id."""
    speakers = _speakers(db, {row[2] for row in rows if row[2] is not None})
    for row in rows:
        row_id, _, speaker_id, _, _, *parts, _ = row
        what = f"attribution {row_id}"
        check_row(row, what)
        with damage_named(what):
            source, cue, content = (tuple(Span(*p) for p in json.loads(part)) for part in parts)
            speaker = None if speaker_id is None else speakers[speaker_id]
        yield row_id, Attribution(source, cue, content, speaker)


def _insert_speaker(db: sqlite3.Connection, article_id: int | None, speaker: Speaker) -> int | None:
    values = [article_id, speaker.name, json.dumps(speaker.titles)]
    return db.execute(
        "INSERT INTO speakers (article_id, name, titles, checksum) VALUES (?, ?, ?, ?)",
        [*values, row_checksum(values)],
    ).lastrowid


def _speakers(db: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Speaker]:
    select = "SELECT * FROM speakers WHERE id IN (SELECT value FROM json_each(?))"
    return _stored(db.execute(select, [json_ids(ids)]))


def _stored(rows: Iterable[Sequence[Any]]) -> dict[int, Speaker]:
    """The speakers of these rows, by id."""
    found: dict[int, Speaker] = {}
    for row in rows:
        row_id, _, name, titles, _ = row
        check_row(row, f"speaker {row_id}")
        with damage_named(f"speaker {row_id}"):
            found[row_id] = Speaker(name, tuple(json.loads(titles)))
    return found

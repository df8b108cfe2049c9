"""The SQLite file that holds the whole truth: articles, passages, vectors, words, settings."""

import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Self

from index.errors import IndexStateError

FORMAT_VERSION = "1"
_BUSY_SECONDS = 30.0


class Store:
    """Reads and writes ``passages.sqlite``. One connection a thread; safe between processes.

    It keeps SQLite's rollback journal, since write-ahead logging cannot be read on read-only
    media.
    """

    def __init__(self, path: Path) -> None:
        """Opens an existing file. See ``create`` for a new one.

        Raises:
            IndexStateError: It is missing, damaged or of another format.
        """
        self.path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        if not path.is_file():
            raise IndexStateError(f"{path}: there is no index; add articles to it first")
        with self.reading() as db:
            self.settings = dict(db.execute("SELECT name, value FROM settings"))
        if self.settings.get("format") != FORMAT_VERSION:
            raise IndexStateError(
                f"{path}: its format is version {self.settings.get('format')}, this program's is "
                f"{FORMAT_VERSION}; build the index again in an empty directory"
            )

    @classmethod
    def create(cls, path: Path, settings: dict[str, str]) -> Self:
        """Makes the file with these settings, unless there is one, and opens it."""
        settings = {**settings, "format": FORMAT_VERSION, "generation": "0"}
        settings["identity"] = uuid.uuid4().hex
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexStateError(f"{path.parent}: cannot be made: {error.strerror}") from error
        with _errors_named(path):
            db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                db.execute("BEGIN IMMEDIATE")
                if not db.execute("SELECT 1 FROM sqlite_master").fetchone():
                    _run_script(db, files("index").joinpath("schema.sql").read_text("utf-8"))
                    db.executemany("INSERT INTO settings VALUES (?, ?)", settings.items())
                db.execute("COMMIT")
            finally:
                db.close()
        return cls(path)

    def close(self) -> None:
        """Closes the connections of all threads."""
        while self._connections:
            self._connections.pop().close()
        self._local = threading.local()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One view of the contents: what others commit meanwhile is not seen."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All changes or none. The generation goes up, so that others see that they must look."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db
            db.execute("UPDATE settings SET value = value + 1 WHERE name = 'generation'")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with _errors_named(self.path):
            db = self._connection()
            db.execute(begin)
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def _connection(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            db.execute("PRAGMA foreign_keys = ON")
            self._connections.append(db)
            self._local.db = db
        return db


@contextmanager
def _errors_named(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise IndexStateError(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise IndexStateError(
            f"{path}: the index is damaged ({error}); delete it and add the articles again"
        ) from error


def _run_script(db: sqlite3.Connection, script: str) -> None:
    """Runs statements inside the open transaction, which ``executescript`` would commit."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def generation(db: sqlite3.Connection) -> int:
    """Returns the number of write transactions that the contents went through."""
    row = db.execute("SELECT value FROM settings WHERE name = 'generation'").fetchone()
    return int(row[0])

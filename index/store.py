"""The SQLite file that holds the whole truth: articles, passages, vectors, words, settings."""

import sqlite3
import threading
import uuid
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Self

from index.errors import DamagedRowError, IndexStateError, printable

FORMAT_VERSION = "3"
NEVER_WRITTEN = "0"
"""The generation of an index that nothing was added to yet."""

_BUSY_SECONDS = 30.0
_SETTINGS = {"format", "generation"}


class _Connection(sqlite3.Connection):
    """One that can be referred to weakly: it goes with its thread."""


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
        self._connections = weakref.WeakSet[_Connection]()
        if not has_content(path):
            raise IndexStateError(f"{path}: there is no index; add articles to it first")
        with self.reading() as db:
            self.settings = dict(db.execute("SELECT name, value FROM settings"))
            if missing := _SETTINGS - self.settings.keys():
                raise DamagedRowError(f"it has no {', '.join(sorted(missing))}")
        if self.settings.get("format") != FORMAT_VERSION:
            raise IndexStateError(
                f"{path}: its format is version {self.settings.get('format')}, this program's is "
                f"{FORMAT_VERSION}; delete the folder, and add the articles again with "
                "'article-qa index add'"
            )

    @classmethod
    def create(cls, path: Path, settings: dict[str, str]) -> Self:
        """Makes the file with these settings, unless there is one, and opens it."""
        settings = {**settings, "format": FORMAT_VERSION, "generation": NEVER_WRITTEN}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            raise IndexStateError(f"{path.parent}: cannot be made ({error})") from error
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
        """Closes the connections of all threads. What they are asking then is an error."""
        for connection in list(self._connections):
            connection.close()
        self._local = threading.local()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One view of the contents: what others commit meanwhile is not seen."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All changes or none. They begin a new generation, so that others see that they must look.

        It is named at random, not counted: a restored backup would count to the same numbers.
        """
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db
            db.execute(
                "UPDATE settings SET value = ? WHERE name = 'generation'", [uuid.uuid4().hex]
            )

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
        db: _Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(
                self.path,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
                factory=_Connection,
            )
            db.execute("PRAGMA foreign_keys = ON")
            self._connections.add(db)
            self._local.db = db
        return db


@contextmanager
def _errors_named(path: Path) -> Iterator[None]:
    """Turns what SQLite says, and what damaged rows lead to, into one line with the file's name."""
    try:
        yield
    except sqlite3.ProgrammingError as error:
        raise IndexStateError(f"{path}: this index was closed meanwhile; ask again") from error
    except sqlite3.OperationalError as error:
        raise IndexStateError(f"{path}: {_advice(error, path)}") from error
    except (sqlite3.DatabaseError, DamagedRowError, UnicodeDecodeError) as error:
        raise IndexStateError(f"{path}: {_damage(str(error))}") from error


def _advice(error: sqlite3.OperationalError, path: Path) -> str:
    message = str(error)
    if "locked" in message:
        return f"another program has been writing to it for {_BUSY_SECONDS:.0f} seconds; try again"
    if message.startswith("no such"):
        return f"it is no index of this program ({message}); name another directory"
    if "full" in message:
        return "the disk is full; make space and try again"
    if "readonly" in message and _journal(path).exists():
        return "a program was killed while it wrote; open it once where it can be written"
    if message.startswith("Could not decode"):  # And then comes the text, whatever is in it.
        return _damage("a text in it is none")
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:  # It has no better name.
        return _damage(message)
    return message


def _damage(what: str) -> str:
    # It may name what is damaged.
    return f"the index is damaged ({printable(what)}); delete it and add the articles again"


def has_content(path: Path) -> bool:
    """Tells whether there is a file that is not empty, as one is that is just being made.

    What a killed program left is rolled back first: it may be all that the file holds.

    Raises:
        IndexStateError: The name is none that a file can have.
    """
    try:
        if path.is_file() and _journal(path).exists():
            _roll_back(path)
        return path.is_file() and path.stat().st_size > 0
    except (OSError, ValueError) as error:
        raise IndexStateError(f"{str(path)!r}: cannot be opened ({error})") from error


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _roll_back(path: Path) -> None:
    """Has SQLite look into the file, which is when it does so. Reading it later tells errors."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as db:
        db.execute("SELECT 1 FROM sqlite_master")


def _run_script(db: sqlite3.Connection, script: str) -> None:
    """Runs statements inside the open transaction, which ``executescript`` would commit."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def generation(db: sqlite3.Connection) -> str:
    """Returns what names the contents: another name after each write transaction."""
    row = db.execute("SELECT value FROM settings WHERE name = 'generation'").fetchone()
    if row is None:
        raise DamagedRowError("it has no generation")
    return str(row[0])

"""The SQLite file of the page, in which conversations and marks are kept."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from typing import ClassVar, Self

from index.closing import ClosedAfterUse
from index.errors import ArticleQAError, printable
from qa.records import RecordError

CHATS_FILE = "chats.sqlite"
"""Its name, in the folder of the index."""

_APPLICATION = int.from_bytes(b"aqc1")
"""By this in its header a file is known; raise the last digit when a table changes."""

_BUSY_SECONDS = 30.0


class ChatFileError(ArticleQAError):
    """The file of conversations and marks cannot be used. The message begins with its name."""


class Database(ClosedAfterUse):
    """A table of the file, or one in memory. Threads may share it, and processes the file.

    It has one connection with a lock, since each further one would see a memory of its own.
    """

    _TABLE: ClassVar[str]
    """The statement that makes the table where it is missing."""

    def __init__(self, name: str) -> None:
        """Use ``open`` or ``in_memory``."""
        self._name = name
        self._lock = threading.Lock()
        with _errors_named(name):
            self._db = sqlite3.connect(name, timeout=_BUSY_SECONDS, check_same_thread=False)
            try:
                self._check_and_prepare()
            except BaseException:
                self._db.close()
                raise

    @classmethod
    def open(cls, path: Path) -> Self:
        """Opens a file, which is made where there is none.

        Raises:
            ChatFileError: It cannot be made or written, is damaged, or is another program's.
        """
        return cls(str(path))

    @classmethod
    def in_memory(cls) -> Self:
        """Returns one that is gone when it is closed."""
        return cls(":memory:")

    def close(self) -> None:
        """Closes it. What is asked of it after that is an error."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All changes or none. What SQLite says, and damaged records, name the file.

        Raises:
            ChatFileError: The file cannot be read or written, or was closed.
        """
        with self._lock, _errors_named(self._name), self._db as db:
            yield db

    def _check_and_prepare(self) -> None:
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        is_used = self._db.execute("SELECT 1 FROM sqlite_master").fetchone()
        if is_used and application != _APPLICATION:
            raise ChatFileError(
                f"{self._name}: it is of another program or version; move it away, and a new one "
                "is begun"
            )
        # Written each time: what cannot be written is told now, not after the first answer.
        self._db.execute(f"PRAGMA application_id = {_APPLICATION}")
        self._db.execute(self._TABLE)


@contextmanager
def _errors_named(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError as error:
        raise ChatFileError(f"{name}: it was closed meanwhile; ask again") from error
    except sqlite3.OperationalError as error:
        raise ChatFileError(
            f"{name}: it cannot be read or written ({printable(str(error))}); see that its folder "
            "can be written and the disk has space"
        ) from error
    except (sqlite3.DatabaseError, RecordError, JSONDecodeError) as error:
        raise ChatFileError(
            f"{name}: it is damaged ({printable(str(error))}); move it away, and a new one is begun"
        ) from error

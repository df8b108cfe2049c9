"""What the rows of all tables share: checksums, and errors that name what is damaged."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from zlib import crc32

from index.errors import DamagedRowError


def check_row(row: Sequence[Any], what: str) -> None:
    """Checks a whole row, whose last column is its checksum.

    Raises:
        DamagedRowError: It is not what was stored.
    """
    _, *values, checksum = row
    if row_checksum(values) != checksum:
        raise DamagedRowError(f"{what}: damaged in the index (its checksum differs)")


def row_checksum(values: Iterable[object]) -> int:
    """Returns the checksum of a row's columns, its id apart."""
    checksum = 0
    for value in values:
        checksum = crc32(value if isinstance(value, bytes) else str(value).encode(), checksum)
    return checksum


@contextmanager
def damage_named(what: str) -> Iterator[None]:
    """Turns what damaged values lead to into an error that names what they are of.

    Raises:
        DamagedRowError: Something was wrong inside.
    """
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise DamagedRowError(f"{what}: damaged in the index ({error})") from error


def json_ids(ids: Iterable[int]) -> str:
    """Returns ids as SQLite's ``json_each`` takes them."""
    return json.dumps([int(i) for i in ids])

"""Sources into an index: what is new or changed is extracted, embedded and stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article_index import ArticleIndex
from index.errors import SourceError
from index.formats import extract
from index.readers import Source, read_sources
from index.types import Change, Original, Progress


@dataclass(frozen=True)
class Added:
    """An article that is in the index now.

    Attributes:
        key: See ``Original``.
        source: See ``Original``.
    """

    key: str
    source: str
    change: Change


def add_sources(
    index: ArticleIndex, sources: Sequence[Source], progress: Progress | None = None
) -> Iterator[Added | SourceError]:
    """Adds the articles of sources. Each is in the index, whole, before the next is read.

    Yields:
        For each article what became of it, or the error that says why it is not added. Where an
        earlier version of it is in the index, that stays.

    Raises:
        IndexStateError: The index cannot be written.
    """
    for read in read_sources(sources):
        try:
            yield read if isinstance(read, SourceError) else _add(index, read, progress)
        except SourceError as error:
            yield error


def _add(index: ArticleIndex, original: Original, progress: Progress | None) -> Added:
    # Extracting takes long for some formats: what is known already is left alone.
    known = index.holds(original)
    change = "unchanged" if known else index.add(extract(original), progress)
    return Added(original.key, original.source, change)

"""What the page does with its articles: adding, removing, and choosing which to search."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from index.article_index import ArticleIndex
from index.errors import ArticleQAError, IndexStateError, SourceError
from index.ingestion import Added, add_sources
from index.readers import Source, pasted, read_file
from index.types import Article, Filters, Original
from index.web.fetching import normalise_url

Told = Callable[[float, str], object]
"""Told how much of all is done, 0 to 1, and in words what is being done."""


class DateError(ArticleQAError, ValueError):
    """What was typed is no date, or no range of dates."""


class Offer(NamedTuple):
    """What somebody wants to add: its name, and how it is read."""

    name: str
    read: Callable[[], Source]


@dataclass(frozen=True)
class Report:
    """What became of what is being added, so far.

    Attributes:
        total: How many were offered.
        added: Those that are in the index now.
        faults: For each that is not a line that says why.
        stopped: Why the rest is not tried; empty where it is.
    """

    total: int
    added: tuple[Added, ...] = ()
    faults: tuple[str, ...] = ()
    stopped: str = ""

    @property
    def done(self) -> int:
        """How many were tried."""
        return len(self.added) + len(self.faults)

    def followed_by(self, one: Added | SourceError) -> "Report":
        """Returns the report with what became of the next one."""
        if isinstance(one, SourceError):
            return replace(self, faults=(*self.faults, str(one)))
        return replace(self, added=(*self.added, one))


def offered_file(path: Path) -> Offer:
    """Returns an uploaded file to be added, under its own name."""
    return Offer(path.name, partial(_uploaded, path))


def offered_address(address: str) -> Offer:
    """Returns a web address to be added. Whatever is typed, no file of this machine is read."""
    return Offer(address, partial(normalise_url, address.strip()))


def offered_text(text: str) -> Offer:
    """Returns pasted text to be added. It is text, even where it looks like a path."""
    return Offer("pasted text", partial(_pasted, text))


def add(index: ArticleIndex, offers: Sequence[Offer], told: Told) -> Iterator[Report]:
    """Adds articles one after another; others can ask meanwhile.

    Yields:
        The report before the first one, and after each. What is wrong with one is a line in it,
        and the others go on; where the index itself cannot be written, none does.
    """
    report = Report(len(offers))
    yield report
    try:
        for number, offer in enumerate(offers, start=1):
            report = report.followed_by(_add_one(index, offer, number, len(offers), told))
            yield report
    except IndexStateError as error:
        yield replace(report, stopped=f"the index cannot be written ({error})")
    finally:
        index.save()


def remove(index: ArticleIndex, ids: Collection[int]) -> int:
    """Removes articles, and returns how many. One that somebody else removed does not count.

    Raises:
        IndexStateError: The index cannot be written.
    """
    keys = [article.key for article in index.articles() if article.id in ids]
    removed = sum(map(index.remove, keys))
    index.save()
    return removed


def label(article: Article) -> str:
    """Returns what an article is called in a list: headline, date and source, on one line."""
    facts = (article.title, str(article.published or "no date"), article.source)
    return " · ".join(" ".join(fact.split()) for fact in facts)


def chosen(
    articles: Sequence[Article], ids: Collection[int], since: str, until: str
) -> Filters | None:
    """Returns which articles are to be searched; None for all.

    Args:
        articles: All that there are.
        ids: Of those that are chosen; where none is, all are searched.
        since: The first day of publication, as it was typed; empty for any.
        until: The last day, likewise.

    Raises:
        DateError: One of the days is none, or the last comes before the first.
    """
    first, last = _day(since), _day(until)
    if first and last and first > last:
        raise DateError(f"{first} is after {last}: no article is from between them")
    among = tuple(article.id for article in articles if article.id in ids)
    filters = Filters(among if 0 < len(among) < len(articles) else None, first, last)
    return None if filters == Filters() else filters


def _uploaded(path: Path) -> Original:
    """A file that the server keeps under a path of its own, which nobody is to see."""
    try:
        read = read_file(path)
    except SourceError as error:
        raise SourceError(f"{path.name}{str(error).removeprefix(str(path))}") from error
    key = f"uploaded:{sha256(read.content).hexdigest()[:16]}"
    return replace(read, key=key, source=path.name)


def _pasted(text: str) -> Original:
    if not text.strip():
        raise SourceError("pasted text: it is empty")
    return pasted(text)


def _add_one(
    index: ArticleIndex, offer: Offer, number: int, total: int, told: Told
) -> Added | SourceError:
    name = f"{number} of {total}, {offer.name}"

    def embedded(done: int, texts: int) -> None:
        told((number - 1 + done / texts) / total, f"{name}: {done} of {texts} texts embedded")

    told((number - 1) / total, f"{name}: reading")
    try:
        (added,) = add_sources(index, [offer.read()], embedded)
    except SourceError as error:
        return error
    return added


def _day(typed: str) -> date | None:
    typed = typed.strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise DateError(f"{typed!r} is no date; write it as 2022-01-31") from error

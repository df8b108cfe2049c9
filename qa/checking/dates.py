"""Dates: months, days, years and weekdays of a statement are in what it cites."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from index.types import Span
from qa.checking.types import Cited

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = "|".join(
    [*(m.title() for m in _MONTHS), r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?"]
)
_YEAR = r"(?:1[0-9]|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:(?P<iso>{_YEAR}-\d\d-\d\d)"
    rf"|(?:(?P<d1>{_DAY})\s(?:of\s)?)?\b(?P<month>{_MONTH})(?![a-z])"
    rf"(?:\s(?P<d2>{_DAY})\b(?!:))?(?:,?\s(?:of\s)?(?P<y1>{_YEAR})\b)?"
    rf"|(?P<weekday>(?:{'|'.join(d.title() for d in _DAYS)}))s?"
    rf"|(?P<y2>(?<![$€£,.\d]){_YEAR})s?\b(?![,.]\d|\s?%|\s(?:people|troops|soldiers|million|homes)))"
)
_RELATIVE = re.compile(
    r"\b(?:(?P<day>yesterday|today|tomorrow|tonight)|(?P<which>last|past|previous|this|next|coming|"
    r"following)\s(?P<period>week|weekend|month|year|night|spring|summer|autumn|winter|decade|"
    r"century)s?)\b",
    re.I,
)
_WHICH = {"past": "last", "previous": "last", "coming": "next", "following": "next"}


_NOWHERE = Span(0, 0)


class Day(NamedTuple):
    """What a text says of a date; None for what it leaves open.

    Attributes:
        text: As written.
        span: Where.
        weekday: 0 for Monday.
    """

    text: str
    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def is_year(self) -> bool:
        """Whether it is a year alone."""
        return self.year is not None and self.month is None

    def covers(self, other: "Day") -> bool:
        """Tells whether it says all that the other one says."""
        return all(
            theirs is None or theirs == own for own, theirs in zip(self[2:], other[2:], strict=True)
        )


def check_dates(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds a date that is not in what is cited, its headline or its day of publication."""
    there = [day for each in cited for day in _days_of(each)]
    written = [day for day in there if day.text and day.span != _NOWHERE]
    if not any(day.year for day in written):  # Then the day of publication tells the year.
        written = there
    said = days(statement)
    for day in said:
        known = [other for other in (written if day.is_year else there) if other.covers(day)]
        least = sum(other.year == day.year for other in said) if day.is_year else 1
        if len(known) < least:
            return f"the date {day.text} is not in what it cites"
    spoken = " ".join(each.text for each in cited)
    relative = _relative(spoken)
    for period, (which, text) in _relative(statement).items():
        if (period in relative and relative[period][0] != which) or not (period or relative):
            return f"it says {text} where what it cites says another time"
    return None


@lru_cache(maxsize=1 << 8)
def days(text: str) -> tuple[Day, ...]:
    """Returns the dates of a text."""
    return tuple(_days(text))


def date_spans(text: str) -> list[Span]:
    """Returns where dates with digits stand."""
    return [day.span for day in days(text) if re.search(r"\d", day.text)]


def _days(text: str) -> Iterator[Day]:
    for match in _DATE.finditer(text):
        span = Span(*match.span())
        if match["iso"]:
            try:
                day = _as_day(date.fromisoformat(match["iso"]), match[0], span)
                yield day._replace(weekday=None)
            except ValueError:
                continue
        elif match["weekday"]:
            yield Day(match[0], span, weekday=_DAYS.index(match["weekday"].lower()))
        elif match["y2"]:
            yield Day(match[0], span, year=int(match["y2"]))
        else:
            number = match["d1"] or match["d2"]
            if not number and not match["y1"] and _is_verb(match):
                continue
            month = next(i for i, m in enumerate(_MONTHS, 1) if m[:3] == match["month"][:3].lower())
            yield Day(
                match[0],
                span,
                int(match["y1"]) if match["y1"] else None,
                month,
                int(re.sub(r"\D", "", number)) if number else None,
            )


def _is_verb(match: re.Match[str]) -> bool:
    """Whether "May" or "March" stands where it may be no month."""
    before = match.string[: match.start()].split()[-1:]
    known = "in last next since from until of by late early mid this".split()
    return match["month"] in ("May", "March", "Mar") and (before or [""])[0].lower() not in known


def _days_of(cited: Cited) -> Iterator[Day]:
    """The dates of a sentence, and those that follow from the day of publication."""
    found = [*days(cited.text), *days(cited.title)]
    yield from found
    if not cited.published:
        return
    published = cited.published
    yield _as_day(published)._replace(weekday=None)
    for offset in range(-7, 8):
        near = _as_day(published + timedelta(offset))
        if near.weekday in {day.weekday for day in found} or _says_so(cited.text, offset):
            yield near
    for day in found:
        if day.month and not day.year:
            for year in (published.year - 1, published.year, published.year + 1):
                yield day._replace(year=year, span=_NOWHERE)


def _says_so(text: str, offset: int) -> bool:
    word = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(offset)
    return word is not None and bool(re.search(rf"\b{word}\b", text, re.I))


def _as_day(day: date, text: str = "", span: Span = _NOWHERE) -> Day:
    return Day(text, span, day.year, day.month, day.day, day.weekday())


def _relative(text: str) -> dict[str, tuple[str, str]]:
    """By "week", "month" and so on: which one, and how the text calls it."""
    found: dict[str, tuple[str, str]] = {}
    for match in _RELATIVE.finditer(text):
        which = (match["which"] or match["day"]).lower()
        found[(match["period"] or "").lower()] = (_WHICH.get(which, which), match[0])
    return found

"""Numbers: each one in a statement is in what it cites, and counts the same things there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qa.checking.dates import date_spans
from qa.checking.types import Cited
from qa.checking.words import telling

_ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_SCALES = {
    "hundred": 1e2,
    "dozen": 12,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
_WORDS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    **{f"{word}th": n for word, n in _ONES.items() if n > 3},
    **{f"{word[:-1]}ieth": n for word, n in _TENS.items()},
    "half": 0.5,
    "decade": 10,
    "twice": 2,
    "both": 2,
    "double": 2,
    "doubled": 2,
    "fortnight": 2,
    "fortnightly": 2,
    "triple": 3,
    "tripled": 3,
    "thrice": 3,
    "once": 1,
    **_ONES,
    **_TENS,
}
_PRONOUN = frozenset(
    {
        "one",
        "a half",
        "once",
        "first",
        "both",
        "fortnight",
        "fortnightly",
        "double",
        "twice",
        "decade",
    }
)
"""Not asked for in a statement; they do count in what it cites."""

_THE_TWO = re.compile(r"\b(?:the|these|those) two (?!\w*-)", re.I)
_DIGITS = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ALTERNATIVES = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_WORD_SCALE = "|".join(scale for scale in _SCALES if len(scale) > 2)
_NUMBER = re.compile(
    rf"(?P<unit>[$€£¥])?\s?"
    rf"(?:(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d)(?!\d)|(?=\s?[ap]\.?m\b))"
    rf"(?P<half>\s?[ap]\.?m\b)?"
    rf"|(?<![\w.])(?P<digits>{_DIGITS})(?:st|nd|rd|th)?(?P<scales>(?:[\s-]?\b(?:{_SCALE})s?\b"
    rf"|(?<=\d)(?:{_SCALE})\b)*)"
    rf"|\b(?P<words>(?:(?:an?|(?:{_ALTERNATIVES}|{_WORD_SCALE})s?)(?:[\s-]|\sand\s)){{0,8}}"
    rf"(?:{_ALTERNATIVES}|{_WORD_SCALE})s?)\b)"
    rf"(?P<after>\s?%|\s?per\s?cent\b|\s(?:US\s)?dollars?\b|\seuros?\b|\spounds?\b)?",
    re.IGNORECASE,
)
_UNITS = {"%": "%", "percent": "%", "dollar": "$", "usdollar": "$", "euro": "€", "pound": "£"}


class Number(NamedTuple):
    """A number where it stands.

    Attributes:
        text: As written.
        value: A time of day in hours and hundredths of minutes: 14.40.
        unit: "%" or a currency's sign, or nothing.
        counted: The stem of the next telling word.
    """

    text: str
    value: float
    unit: str
    counted: str


def check_numbers(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds a number that what is cited lacks, or has of something else."""
    there = [n for each in cited for text in (each.text, each.title) for n in numbers(text)]
    said = [n for n in numbers(_THE_TWO.sub("both ", statement)) if n.text.lower() not in _PRONOUN]
    for number in said:
        same = [n for n in there if _agree(n, number)]
        if len(same) < sum(_agree(n, number) for n in said):
            return f"the number {number.text} is not in what it cites"
        if other := _counted_else(number, same, there):
            return f"it counts {number.text} where what it cites counts {other.text}"
    return None


def numbers(text: str) -> Iterator[Number]:
    """Yields the numbers of a text, those in dates apart."""
    dated = date_spans(text)
    for match in _NUMBER.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in dated):
            continue
        value = _value(match)
        unit = match["unit"] or _UNITS.get(re.sub(r"\s|s$", "", (match["after"] or "").lower()), "")
        end = match.end()
        following = telling(text[end : end + 60])[:1] if text[end : end + 1] in " -" else []
        counted = following[0].stem if following and not following[0].begins_clause else ""
        yield Number(match[0].strip(), value, unit, counted)


def _value(match: re.Match[str]) -> float:
    if match["hour"]:
        afternoon = 12 if (match["half"] or "").strip().lower().startswith("p") else 0
        return int(match["hour"]) % 12 + afternoon + int(match["minute"] or 0) / 100
    if match["digits"]:
        value = float(match["digits"].replace(",", ""))
        for scale in re.findall(_SCALE, match["scales"].lower()):
            value *= _SCALES[scale]
        return value
    return _spoken(re.findall(r"[a-z]+", match["words"].lower()))


def _spoken(words: Iterable[str]) -> float:
    """The value of a number in words: "two hundred and five thousand"."""
    total, current = 0.0, 0.0
    for word in words:
        bare = word if word in _WORDS or word in _SCALES else word.removesuffix("s")
        if bare in _WORDS:
            current += _WORDS[bare]
        elif bare in _SCALES and _SCALES[bare] < 1e3:
            current = (current or 1) * _SCALES[bare]
        elif bare in _SCALES:
            total += (current or 1) * _SCALES[bare]
            current = 0
    return total + current


def _agree(there: Number, number: Number) -> bool:
    units = {there.unit, number.unit}
    if there.value == number.value:
        return len(units) == 1 or number.unit == "" or (there.unit == "" and number.unit != "%")
    shares = {n.value if n.unit == "%" else n.value * 100 for n in (there, number)}
    return "%" in units and 0.5 in (there.value, number.value) and len(shares) == 1


def _counted_else(number: Number, same: Iterable[Number], there: Iterable[Number]) -> Number | None:
    """The number by which what is cited counts these things, if it is another one."""
    if not number.counted or any(n.counted == number.counted for n in same):
        return None
    return next((n for n in there if n.counted == number.counted and n not in same), None)

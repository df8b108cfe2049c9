"""Attributions held against annotated ones."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from index.types import Attribution, Span

_TOKEN = re.compile(r"\w+|[^\w\s]")

Part = Literal["source", "cue", "content"]


@dataclass(frozen=True)
class Counts:
    """What was found, and what should have been.

    Attributes:
        right: How many of those found are right.
        found: How many were found.
        wanted: How many there are.
    """

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Returns the counts of both together."""
        return Counts(
            self.right + other.right, self.found + other.found, self.wanted + other.wanted
        )

    @property
    def f1(self) -> float:
        """2 P R / (P + R); 1 where there is nothing to find and nothing was found."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0


def part_tokens(
    text: str, found: Iterable[Attribution], wanted: Iterable[Attribution], part: Part
) -> Counts:
    """Counts the tokens of the article that are in a part of any attribution."""
    own, others = (
        frozenset[int]().union(*(_tokens(text, getattr(a, part)) for a in attributions))
        for attributions in (found, wanted)
    )
    return Counts(len(own & others), len(own), len(others))


def exact_contents(
    text: str, found: Sequence[Attribution], wanted: Sequence[Attribution]
) -> Counts:
    """Counts the attributions whose content, all its parts, has the tokens of a wanted one."""
    own, others = (
        {t for a in attributions if (t := _tokens(text, a.content))}
        for attributions in (found, wanted)
    )
    return Counts(len(own & others), len(own), len(others))


def exact_sources(text: str, found: Sequence[Attribution], wanted: Sequence[Attribution]) -> Counts:
    """Counts the sources of attributions whose contents overlap by half; right are equal ones."""
    counts = Counts()
    for own, other in matched(text, found, wanted):
        source, right = _tokens(text, own.source), _tokens(text, other.source)
        counts += Counts(int(bool(source) and source == right), bool(source), bool(right))
    return counts


def matched(
    text: str, found: Sequence[Attribution], wanted: Sequence[Attribution]
) -> Iterator[tuple[Attribution, Attribution]]:
    """Yields the pairs of contents that share half of the tokens that either has, each once."""
    contents = [_tokens(text, a.content) for a in wanted]
    free = set(range(len(wanted)))
    for each in found:
        own = _tokens(text, each.content)
        best = max(free, key=lambda i: _overlap(own, contents[i]), default=None)
        if best is not None and _overlap(own, contents[best]) >= 0.5:
            free.remove(best)
            yield each, wanted[best]


def _overlap(tokens: Set[int], others: Set[int]) -> float:
    union = len(tokens | others)
    return len(tokens & others) / union if union else 0.0


def _tokens(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Where the tokens of these stretches begin."""
    return frozenset(m.start() for span in spans for m in _TOKEN.finditer(text, *span))

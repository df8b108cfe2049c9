"""Two runs beside each other: what differs beyond chance, and which samples changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from evals.metrics import METRICS
from evals.report.outcomes import OUTCOMES, outcome
from evals.summary import statistic_values
from evals.types import Figure, Scored
from evals.uncertainty import Numbers, interval
from index.errors import SourceError

_TELLING = ("accepted answer", "rewriting F1")
"""The scores by which samples of one outcome are better or worse."""

Place = tuple[str, str]
"""A suite and a system, by name."""


class Difference(NamedTuple):
    """A figure of two runs, over the samples that did not fail in either.

    Each is over what it is scored for in its own run: where another answer is shown, another
    citation is judged.

    Attributes:
        change: ``after`` less ``before``, with its paired bootstrap interval.
    """

    metric: str
    before: float
    after: float
    change: Figure

    @property
    def better(self) -> float:
        """The least change for the better that the interval allows; below 0 a possible loss."""
        sign = -1 if METRICS[self.metric].better == "lower" else 1
        return min(sign * self.change.low, sign * self.change.high)

    @property
    def worse(self) -> float:
        """The least change for the worse that the interval allows; below 0 a possible gain."""
        sign = -1 if METRICS[self.metric].better == "lower" else 1
        return -max(sign * self.change.low, sign * self.change.high)


class Pair(NamedTuple):
    """A sample in both runs."""

    before: Scored
    after: Scored

    @property
    def change(self) -> int:
        """1 where it became better, -1 where it became worse, else 0."""
        before, after = _told(self.before), _told(self.after)
        return (after > before) - (after < before)


@dataclass(frozen=True)
class Comparison:
    """One suite and system in two runs.

    Attributes:
        unpaired: Samples that only one of the runs has.
    """

    suite: str
    system: str
    pairs: Sequence[Pair]
    unpaired: int
    differences: Sequence[Difference]

    @property
    def improved(self) -> list[Pair]:
        """The samples that became better."""
        return [pair for pair in self.pairs if pair.change > 0]

    @property
    def worsened(self) -> list[Pair]:
        """The samples that became worse."""
        return [pair for pair in self.pairs if pair.change < 0]


def compare(
    before: Sequence[Scored], after: Sequence[Scored], metrics: Iterable[str] = METRICS
) -> list[Comparison]:
    """Compares what is in both runs, each suite and system for itself.

    Raises:
        SourceError: They have no suite and system in common.
    """
    first, second = _by_place(before), _by_place(after)
    if not first.keys() & second.keys():
        raise SourceError(
            f"nothing to compare: {_listed(first)} in one, {_listed(second)} in the other"
        )
    names = list(metrics)
    return [_compared(p, first[p], second[p], names) for p in first if p in second]


def _compared(
    place: Place, before: Mapping[str, Scored], after: Mapping[str, Scored], names: Sequence[str]
) -> Comparison:
    pairs = [Pair(before[name], after[name]) for name in before if name in after]
    sound = [pair for pair in pairs if pair.before.error is None and pair.after.error is None]
    return Comparison(
        *place,
        pairs=pairs,
        unpaired=len(before.keys() ^ after.keys()),
        differences=list(_differences(sound, names)),
    )


def _differences(pairs: Sequence[Pair], names: Iterable[str]) -> Iterator[Difference]:
    for name in names:
        of = _of_means if METRICS[name].mean else _of_confidence
        if (difference := of(name, pairs)) and not np.isnan(difference.change.value):
            yield difference


def _of_means(name: str, pairs: Sequence[Pair]) -> Difference | None:
    scores = np.array([[s.scores.get(name, np.nan) for s in pair] for pair in pairs]).reshape(-1, 2)
    scored = ~np.isnan(scores)
    if not scored.any(axis=0).all():
        return None
    before, after = scores[scored.any(axis=1)].T
    ends = interval(_change_of_means, before, after)
    old, new = float(np.nanmean(before)), float(np.nanmean(after))
    return Difference(name, old, new, Figure(new - old, len(before), *ends))


def _change_of_means(before: Numbers, after: Numbers, axis: int = -1) -> Any:  # noqa: ANN401
    return np.nanmean(after, axis=axis) - np.nanmean(before, axis=axis)


def _of_confidence(name: str, pairs: Sequence[Pair]) -> Difference | None:
    sure = [p for p in pairs if all(s.confidence is not None and s.right is not None for s in p)]
    if not sure:
        return None
    statistic, old = statistic_values(name, [pair.before for pair in sure])
    _, new = statistic_values(name, [pair.after for pair in sure])

    def change(*values: Numbers) -> float:
        return statistic(*values[len(old) :]) - statistic(*values[: len(old)])

    before, after = statistic(*old), statistic(*new)
    ends = interval(change, *old, *new)
    return Difference(name, before, after, Figure(after - before, len(sure), *ends))


def _by_place(scored: Sequence[Scored]) -> dict[Place, dict[str, Scored]]:
    places: dict[Place, dict[str, Scored]] = {}
    for each in scored:
        places.setdefault((each.suite, each.system), {})[each.sample.id] = each
    return places


def _listed(places: Iterable[Place]) -> str:
    return ", ".join(f"{suite} of {system}" for suite, system in places) or "nothing"


def _told(scored: Scored) -> tuple[float, ...]:
    """What is better where it is greater: the outcome first, then what it shows or found."""
    told = outcome(scored)
    found = ("MRR@10",) if told == "not judged" else ()
    return OUTCOMES.index(told), *(scored.scores.get(name, 0.0) for name in (*_TELLING, *found))

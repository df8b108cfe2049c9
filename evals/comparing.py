"""Two runs beside each other: what differs beyond chance, and which samples changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from evals.metrics import METRICS
from evals.summary import statistic_values
from evals.types import Figure, Scored
from evals.uncertainty import Statistic, interval, mean

_TELLING = ("right outcome", "accepted answer")
"""The scores by which a sample is better or worse than before."""

Place = tuple[str, str]
"""A suite and a system, by name."""


class Difference(NamedTuple):
    """A figure of two runs, over the samples that it is scored for in both.

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
    def change(self) -> float:
        """Above 0 where it became better, below where it became worse."""
        return _told(self.after) - _told(self.before)


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
    """Compares what is in both runs, each suite and system for itself."""
    first, second = _by_place(before), _by_place(after)
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
        scored = [pair for pair in pairs if _is_scored(name, pair)]
        statistic, old = statistic_values(name, [pair.before for pair in scored])
        _, new = statistic_values(name, [pair.after for pair in scored])
        if not len(old[0]):
            continue
        before, after = float(statistic(*old)), float(statistic(*new))
        if not np.isnan(after - before):
            ends = interval(_change_of(statistic, len(old)), *old, *new)
            yield Difference(name, before, after, Figure(after - before, len(old[0]), *ends))


def _change_of(statistic: Statistic, arguments: int) -> Statistic:
    """The difference of a statistic on the second half of its values and on the first."""
    if statistic is mean:
        return lambda before, after, axis=-1: mean(after - before, axis)
    return lambda *values: statistic(*values[arguments:]) - statistic(*values[:arguments])


def _is_scored(name: str, pair: Pair) -> bool:
    if METRICS[name].mean:
        return all(name in scored.scores for scored in pair)
    return all(s.confidence is not None and s.right is not None for s in pair)


def _by_place(scored: Sequence[Scored]) -> dict[Place, dict[str, Scored]]:
    places: dict[Place, dict[str, Scored]] = {}
    for each in scored:
        places.setdefault((each.suite, each.system), {})[each.sample.id] = each
    return places


def _told(scored: Scored) -> float:
    return sum(scored.scores.get(name, 0.0) for name in _TELLING)

"""What was measured, as an object for JSON and as lines for people."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypedDict

from evals.bench.measure import SIDES, Results, Run, Side, Task

_MB = 1e6


class _Measure(NamedTuple):
    """A figure as it is shown."""

    name: str
    task: Task
    figure: str
    units: float = 1.0


_IMPORT = _Measure("import, s", "import", "import")
_MEMORY = _Measure("memory while asking, MB", "ask", "memory", _MB)
_OF_SIZE = (
    _Measure("cold ask, whole process, s", "cold", "cold"),
    _Measure("warm ask p50, ms", "ask", "ask p50", 1e-3),
    _Measure("warm ask p95, ms", "ask", "ask p95", 1e-3),
    _Measure("embedding a question, ms", "ask", "embed", 1e-3),
    _MEMORY,
    _Measure("building, passages a second", "build", "build"),
    _Measure("peak memory while building, MB", "build", "peak", _MB),
    _Measure("disk a passage, kB", "build", "disk", 1e3),
)
_GROWING = tuple(m for m in _OF_SIZE if m.task in ("ask", "cold") and m is not _MEMORY)


class Row(TypedDict):
    """A figure of both sides, and ours divided by theirs; nothing where theirs is 0."""

    ours: float
    plain: float
    ratio: float | None


Table = Mapping[str, Row]
Report = Mapping[str, Table]


def make_report(results: Results, sizes: Sequence[int]) -> Report:
    """Returns the tables by their titles: importing, each size, and what grows between sizes.

    Args:
        results: Of all processes that ``plan`` names for these sizes.
        sizes: Numbers of passages, in ascending order.
    """
    report: dict[str, Table] = {_machine(): {_IMPORT.name: _row(_both(results, _IMPORT, 0))}}
    for passages in sizes:
        report[_title(results, passages)] = _of_size(results, passages)
    for small, large in pairwise(sizes):
        report[f"from {small:,} to {large:,} passages"] = _growth(results, small, large)
    return report


def as_lines(report: Report) -> Iterator[str]:
    """Yields the report as it is printed."""
    yield f"{'':40}{'ours':>10}{'plain':>10}{'ratio':>10}"
    for title, table in report.items():
        yield title
        for name, row in table.items():
            ratio = "-" if row["ratio"] is None else f"{row['ratio']:.2f}"
            yield f"  {name:38}{row['ours']:10.2f}{row['plain']:10.2f}{ratio:>10}"


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _title(results: Results, passages: int) -> str:
    made = results[Run("ours", "texts", passages)]
    return f"{made['passages']:,.0f} passages, {made['texts']:,.0f} texts embedded"


def _of_size(results: Results, passages: int) -> Table:
    table = {m.name: _row(_both(results, m, passages)) for m in _OF_SIZE}
    asking, embedding = table["warm ask p50, ms"], table["embedding a question, ms"]
    table["warm ask p50 / embedding"] = _row([asking[s] / embedding[s] for s in SIDES])
    return table


def _growth(results: Results, small: int, large: int) -> Table:
    """By how much memory grows, beside the passages' vectors; and how many times the rest."""
    vectors = (large - small) * results[Run("ours", "texts", small)]["vector"] / _MB
    before, after = (_both(results, _MEMORY, passages) for passages in (small, large))
    grown = [new - old for old, new in zip(before, after, strict=True)]
    table = {
        "memory while asking, MB more": _row(grown),
        "... / the vectors' own": _row([more / vectors for more in grown]),
    }
    for measure in _GROWING:
        before, after = (_both(results, measure, passages) for passages in (small, large))
        name = f"{measure.name.rpartition(',')[0]}, times"
        table[name] = _row([new / old for old, new in zip(before, after, strict=True)])
    return table


def _both(results: Results, measure: _Measure, passages: int) -> list[float]:
    """A figure of both sides, ours first."""

    def of(side: Side) -> float:
        return results[Run(side, measure.task, passages)][measure.figure] / measure.units

    return [of(side) for side in SIDES]


def _row(figures: Sequence[float]) -> Row:
    ours, plain = figures
    return {"ours": ours, "plain": plain, "ratio": ours / plain if plain else None}

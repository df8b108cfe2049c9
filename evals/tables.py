"""Runs and comparisons as tables for a terminal."""

from collections.abc import Iterator, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from evals.comparing import Comparison, Difference, Pair
from evals.metrics import METRICS
from evals.types import Figure, Summary

_SUITES_A_TABLE = 4
"""So many fit in a terminal of 80 columns."""


def run_tables(summaries: Sequence[Summary]) -> Iterator[Table]:
    """Yields the figures, ± half the width of their 95% intervals: a column a suite."""
    for system in dict.fromkeys(summary.system for summary in summaries):
        own = [summary for summary in summaries if summary.system == system]
        for first in range(0, len(own), _SUITES_A_TABLE):
            yield _run_table(system, own[first : first + _SUITES_A_TABLE])


def comparison_table(comparison: Comparison) -> Table:
    """Returns the differences of a suite; those beyond chance are marked."""
    table = Table(title=f"{comparison.suite}: {comparison.system}", title_justify="left")
    for name in ("figure", "before", "after", "difference", "n", ""):
        table.add_column(name, justify="left" if name in ("figure", "") else "right")
    for difference in comparison.differences:
        change = difference.change
        table.add_row(
            difference.metric,
            f"{difference.before:.3f}",
            f"{difference.after:.3f}",
            f"{change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f})",
            str(change.n),
            _verdict(difference),
        )
    return table


def attribution_table(measured: Mapping[str, Mapping[str, Figure]]) -> Table:
    """Returns how well who says what is found: a column an annotated corpus."""
    table = Table(title="who says what, F1", title_justify="left")
    table.add_column("figure", no_wrap=True)
    for corpus in measured:
        table.add_column(corpus, justify="right", no_wrap=True)
    for name in dict.fromkeys(name for figures in measured.values() for name in figures):
        table.add_row(name, *(_cell(figures.get(name)) for figures in measured.values()))
    return table


def changed_lines(comparison: Comparison) -> Iterator[str]:
    """Yields a line for each sample that became better or worse."""
    for word, pairs in (("worse", comparison.worsened), ("better", comparison.improved)):
        for pair in pairs:
            yield f"{word}: {pair.after.sample.id}: {pair.after.sample.question} {_became(pair)}"


def _run_table(system: str, summaries: Sequence[Summary]) -> Table:
    table = Table(title=system, title_justify="left")
    table.add_column("figure", no_wrap=True)
    for summary in summaries:
        table.add_column(summary.suite, justify="right", no_wrap=True)
    table.add_row("samples", *(str(summary.samples) for summary in summaries))
    if any(summary.errors for summary in summaries):
        table.add_row("errors", *(str(summary.errors) for summary in summaries), style="red")
    for name in METRICS:
        figures = [summary.figures.get(name) for summary in summaries]
        if any(figures):
            table.add_row(name, *map(_cell, figures))
    return table


def _cell(figure: Figure | None) -> Text:
    if figure is None:
        return Text("-", style="dim")
    digits = 1 if figure.value > 1 else 2
    half = (figure.high - figure.low) / 2
    return Text(f"{figure.value:.{digits}f}").append(f" ±{half:.{digits}f}", style="dim")


def _verdict(difference: Difference) -> str:
    if not METRICS[difference.metric].better:
        return ""
    return "better" if difference.better > 0 else "worse" if difference.worse > 0 else ""


def _became(pair: Pair) -> str:
    before, after = (
        "answered" if scored.answered else "refused" if scored.error is None else "failed"
        for scored in pair
    )
    return f"({before}, now {after})" if before != after else f"({after} as before)"

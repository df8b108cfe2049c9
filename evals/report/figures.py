"""The figures as the page shows them: which ones, in what order, and how they are written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evals.metrics import METRICS, Group, Metric
from evals.report.plots import Plot, reliability_plot, risk_coverage_plot
from evals.types import Figures, Run, Summary

HEADLINE = (
    "accepted answer",
    "citation precision",
    "citation recall",
    "refused",
    "wrongly refused",
    "right outcome",
    "verbatim",
    "hit@1",
    "MRR@10",
)

_OF_KINDS = HEADLINE[:6]
_COUNTS = {"answer words"}
"""The figures that are no shares."""


class KindRow(NamedTuple):
    """The figures of one system on one kind of question.

    Attributes:
        n: How many were asked, also those that failed.
    """

    system: str
    n: int
    figures: Figures


@dataclass(frozen=True)
class SuiteView:
    """A suite's part of the page.

    Attributes:
        summaries: Of its systems, ours first.
        groups: The metrics that any of them has a figure of.
        kind_metrics: The columns of ``kinds``: those that any of them has a figure of.
    """

    anchor: str
    name: str
    summaries: Sequence[Summary]
    groups: Mapping[Group, Sequence[Metric]]
    plots: Sequence[Plot]
    kinds: Mapping[str, Sequence[KindRow]]
    kind_metrics: Sequence[Metric]

    @property
    def width(self) -> int:
        """How many columns the table of all figures has, beside the names."""
        return sum(1 + len(summary.floors) for summary in self.summaries)


def suite_views(run: Run) -> list[SuiteView]:
    """Returns the suites in their order."""
    systems = list(dict.fromkeys(summary.system for summary in run.summaries))
    asked = Counter((s.suite, s.system, s.sample.kind) for s in run.scored)
    by_suite: dict[str, list[Summary]] = {}
    for summary in run.summaries:
        by_suite.setdefault(summary.suite, []).append(summary)
    return [
        _suite_view(f"suite-{number}", summaries, systems, asked)
        for number, summaries in enumerate(by_suite.values(), start=1)
    ]


def shown(value: float, name: str) -> str:
    """Returns a value of a metric as it is written. One that is not quite 1 or 0 never looks it."""
    if name in _COUNTS:
        return f"{value:.1f}"
    written = f"{value:.3f}"
    if written == "1.000" and value < 1:
        return ">0.999"
    return "<0.001" if written == "0.000" and value > 0 else written


def _suite_view(
    anchor: str,
    summaries: Sequence[Summary],
    systems: Sequence[str],
    asked: Mapping[tuple[str, str, str], int],
) -> SuiteView:
    kinds = _kinds(summaries, asked)
    of_kinds = [row.figures for rows in kinds.values() for row in rows]
    return SuiteView(
        anchor=anchor,
        name=summaries[0].suite,
        summaries=summaries,
        groups=_groups([summary.figures for summary in summaries]),
        plots=_plots(anchor, summaries, systems),
        kinds=kinds,
        kind_metrics=_measured([METRICS[name] for name in _OF_KINDS], of_kinds),
    )


def _groups(figures: Sequence[Figures]) -> Mapping[Group, Sequence[Metric]]:
    groups: dict[Group, list[Metric]] = {}
    for metric in _measured(METRICS.values(), figures):
        groups.setdefault(metric.group, []).append(metric)
    return groups


def _measured(metrics: Iterable[Metric], figures: Sequence[Figures]) -> list[Metric]:
    return [metric for metric in metrics if any(metric.name in each for each in figures)]


def _plots(anchor: str, summaries: Sequence[Summary], systems: Sequence[str]) -> list[Plot]:
    """The curves of all systems, so that each is drawn the same way in every suite."""
    own = {summary.system: summary for summary in summaries}
    curves = {s: own[s].risk_coverage if s in own else () for s in systems}
    bins = {s: own[s].reliability if s in own else () for s in systems}
    plots = []
    if any(curves.values()):
        plots.append(risk_coverage_plot(f"{anchor}-risk", curves))
    if any(bins.values()):
        plots.append(reliability_plot(f"{anchor}-reliability", bins))
    return plots


def _kinds(
    summaries: Sequence[Summary], asked: Mapping[tuple[str, str, str], int]
) -> Mapping[str, Sequence[KindRow]]:
    kinds = dict.fromkeys(kind for summary in summaries for kind in summary.kinds)
    return {
        kind: [
            KindRow(s.system, asked[s.suite, s.system, kind], s.kinds[kind])
            for s in summaries
            if kind in s.kinds
        ]
        for kind in kinds
    }

"""Scored samples into figures with their intervals, floors, kinds and curves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np
from scipy.stats import binomtest

from evals.metrics import METRICS
from evals.metrics.confidence import aurc, auroc, calibration_error, reliability, risk_coverage
from evals.types import Figure, Figures, Scored, Summary
from evals.uncertainty import Numbers, Statistic, interval, mean

REFUSING_ALL = "refusing all"
ANSWERING_ALL = "answering all"

Truth = Literal["answerable", "right"]

_STATISTICS: Mapping[str, tuple[Statistic, Truth]] = {
    "AUROC": (auroc, "answerable"),
    "AURC": (aurc, "right"),
    "calibration error": (calibration_error, "answerable"),
}
"""The figures over all samples: of the confidence, and of what it is held against."""


def summarize(suite: str, system: str, scored: Sequence[Scored]) -> Summary:
    """Summarizes all samples of one system on one suite."""
    sound = [s for s in scored if s.error is None]
    right, confidence = _held_against("right", sound)
    answerable, _ = _held_against("answerable", sound)
    return Summary(
        suite=suite,
        system=system,
        samples=len(scored),
        errors=len(scored) - len(sound),
        figures=figures(sound),
        floors=_floors(sound),
        kinds=_kinds(sound),
        risk_coverage=risk_coverage(right, confidence),
        reliability=reliability(answerable, confidence),
    )


def figures(scored: Sequence[Scored], names: Iterable[str] = METRICS) -> Figures:
    """Returns the figures of these names, of samples that did not fail, where they are scored."""
    found = {name: _figure(name, scored) for name in names}
    return {name: figure for name, figure in found.items() if figure is not None}


def statistic_values(name: str, scored: Sequence[Scored]) -> tuple[Statistic, list[Numbers]]:
    """Returns what a figure is computed by, and from: values of the samples that it is scored for.

    The values come one array for each argument of the statistic.
    """
    if METRICS[name].mean:
        return mean, [np.array([s.scores[name] for s in scored if name in s.scores])]
    statistic, truth = _STATISTICS[name]
    return statistic, list(_held_against(truth, scored))


def _held_against(truth: Truth, scored: Sequence[Scored]) -> tuple[Numbers, Numbers]:
    """What is true of each sample (1 or 0), and its confidence, for those that have both."""
    sure = [s for s in scored if s.confidence is not None and s.right is not None]
    true = [s.right if truth == "right" else s.sample.answerable for s in sure]
    return np.array(true, dtype=np.float64), np.array([s.confidence for s in sure], np.float64)


def _kinds(scored: Sequence[Scored]) -> Mapping[str, Figures]:
    """The means of each kind of question; a kind is all answerable or not, so there is no more."""
    kinds = dict.fromkeys(s.sample.kind for s in scored)
    means = [name for name, metric in METRICS.items() if metric.mean]
    return {k: figures([s for s in scored if s.sample.kind == k], means) for k in kinds}


def _floors(scored: Sequence[Scored]) -> Mapping[str, Mapping[str, float]]:
    """What refusing all and answering all would reach, sure of it; of what can be said of it."""
    decided = [s for s in scored if "right outcome" in s.scores]
    if not decided:
        return {}
    answerable = float(np.mean([s.sample.answerable for s in decided]))
    right = float(np.mean([bool(s.right) for s in decided]))
    matched = [not s.sample.answerable for s in scored if "token F1" in s.scores]
    of_both = {"AUROC": 0.5, "AURC": 1 - right}
    return {
        REFUSING_ALL: {
            "right outcome": 1 - answerable,
            **dict.fromkeys(("exact match", "token F1"), float(np.mean(matched or [False]))),
            "refused": 1.0,
            "wrongly refused": 1.0,
            "Brier": answerable,
            "calibration error": answerable,
            **of_both,
        },
        ANSWERING_ALL: {
            "right outcome": right,
            "refused": 0.0,
            "wrongly refused": 0.0,
            "Brier": 1 - answerable,
            "calibration error": 1 - answerable,
            **of_both,
        },
    }


def _figure(name: str, scored: Sequence[Scored]) -> Figure | None:
    statistic, values = statistic_values(name, scored)
    if not len(values[0]):
        return None
    value, n = float(statistic(*values)), len(values[0])
    if np.isnan(value):
        return None
    if statistic is mean and value in (0, 1) and len(set(values[0].tolist())) == 1:
        # Drawing from equal values shows no doubt, where there is some: Clopper and Pearson's.
        exact = binomtest(round(value) * n, n).proportion_ci()
        return Figure(value, n, float(exact.low), float(exact.high))
    return Figure(value, n, *interval(statistic, *values))

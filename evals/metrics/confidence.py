"""Figures of confidence: does it tell answerable from not, right from wrong, and is it true?"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from evals.types import Bin, Point

Numbers = NDArray[np.floating[Any]]

_BINS = 10
"""Of equal size, as far as the number of samples allows."""


def auroc(answerable: Numbers, confidence: Numbers) -> float:
    """Returns the probability that an answerable question has more confidence than another.

    Ties count half (Mann and Whitney's U). NaN where all or none are answerable.
    """
    positive = answerable == 1
    n, others = int(positive.sum()), int((~positive).sum())
    if not n or not others:
        return float("nan")
    ranks = rankdata(confidence)
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * others))


def risk_coverage(right: Numbers, confidence: Numbers) -> list[Point]:
    """Returns, for each number of surest samples, which share of them is wrong.

    Samples of equal confidence each count as their mean, since nothing says which comes first.
    """
    risks = _risks(right, confidence).tolist()
    return [Point(taken / len(risks), risk) for taken, risk in enumerate(risks, start=1)]


def aurc(right: Numbers, confidence: Numbers) -> float:
    """Returns the area under the risk-coverage curve: the mean risk over all coverages."""
    return float(_risks(right, confidence).mean())


def _risks(right: Numbers, confidence: Numbers) -> Numbers:
    if not len(right):
        return np.zeros(0)
    _, ties = np.unique(-confidence, return_inverse=True)
    risk_of_tie = np.bincount(ties, 1 - right) / np.bincount(ties)
    wrong: Numbers = risk_of_tie[np.sort(ties)].cumsum()
    return wrong / np.arange(1, len(right) + 1)


def reliability(answerable: Numbers, confidence: Numbers) -> list[Bin]:
    """Returns bins of like confidence, as equal in size as samples of equal confidence allow."""
    total = len(confidence)
    # The place of a sample among all is that of the first of its confidence: they stay together.
    places = np.searchsorted(np.sort(confidence), confidence)
    bins = places * min(_BINS, total) // max(total, 1)
    return [
        Bin(float(confidence[own].mean()), float(answerable[own].mean()), int(own.sum()))
        for own in (bins == number for number in np.unique(bins))
    ]


def calibration_error(answerable: Numbers, confidence: Numbers) -> float:
    """Returns the debiased root mean square calibration error over the bins of ``reliability``.

    sqrt(max(0, sum_b n_b / n ((y_b - c_b)^2 - y_b (1 - y_b) / (n_b - 1)))), where the second term
    is what chance alone adds to the first: Kumar, Liang and Ma, Verified Uncertainty Calibration
    (2019). NaN where there are too few samples for two in each bin.
    """
    if len(confidence) < 2 * _BINS:
        return float("nan")
    squared = sum(
        b.n * ((b.share - b.confidence) ** 2 - b.share * (1 - b.share) / max(1, b.n - 1))
        for b in reliability(answerable, confidence)
    )
    return float(np.sqrt(max(0.0, squared / len(confidence))))

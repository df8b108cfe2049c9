"""Bootstrap intervals: of a figure, and of the difference of two runs on the same samples."""

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

Numbers = NDArray[np.floating[Any]]
Statistic = Callable[..., float]
"""Of one array a value, or of several whose places belong to the same samples."""

RESAMPLES = 1000
_DRAWN_AT_ONCE = 4_000_000
"""Values in memory: a large public data set would fill it."""
_SEED = 20220110
_CONFIDENCE = 0.95


def interval(statistic: Statistic, *values: Numbers) -> tuple[float, float]:
    """Returns the percentile bootstrap 95% interval of a statistic over samples.

    Args:
        statistic: Of arrays of shape (samples,).
        values: One array for each of its arguments, all as long; they are drawn together.

    Returns:
        Its two ends, both the statistic itself where nothing can be drawn: from one sample alone.
    """
    if len(values[0]) < 2:
        value = float(statistic(*values))
        return value, value
    drawn = _drawn(statistic, values)
    if np.isnan(drawn).all():
        value = float(statistic(*values))
        return value, value
    tail = 100 * (1 - _CONFIDENCE) / 2
    low, high = np.nanpercentile(drawn, [tail, 100 - tail])
    return float(low), float(high)


def mean(values: Numbers, axis: int = -1) -> Any:  # noqa: ANN401 - a number, or one a resample
    """Returns the mean, as a statistic. With its ``axis``, all resamples are taken at once."""
    return values.mean(axis=axis)


def _drawn(statistic: Statistic, values: Sequence[Numbers]) -> Numbers:
    """Returns the statistic of each resample; NaN where a resample has none."""
    with warnings.catch_warnings():
        # A resample with NaN, say one without an unanswerable question, is left out here.
        warnings.simplefilter("ignore")
        result = bootstrap(
            values,
            statistic,
            n_resamples=RESAMPLES,
            paired=True,
            batch=max(1, _DRAWN_AT_ONCE // len(values[0])),
            method="percentile",
            rng=np.random.default_rng(_SEED),
        )
    drawn: Numbers = result.bootstrap_distribution
    return drawn

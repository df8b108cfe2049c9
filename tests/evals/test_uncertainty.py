"""Bootstrap intervals."""

import numpy as np
import pytest

from evals.metrics.confidence import auroc
from evals.uncertainty import interval, mean


def test_the_interval_of_a_share_is_near_the_textbooks() -> None:
    values = np.array([1.0] * 60 + [0.0] * 40)
    low, high = interval(mean, values)
    half = 1.96 * np.sqrt(0.6 * 0.4 / 100)
    assert low == pytest.approx(0.6 - half, abs=0.02)
    assert high == pytest.approx(0.6 + half, abs=0.02)


def test_it_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    ends = [interval(mean, (rng.random(80) < 0.7).astype(float)) for _ in range(100)]
    assert 88 <= sum(low <= 0.7 <= high for low, high in ends) <= 100


def test_values_of_one_sample_are_drawn_together() -> None:
    confidence = np.linspace(0, 1, 50)
    assert interval(auroc, (confidence > 0.5).astype(float), confidence) == (1, 1)


def test_it_is_the_same_each_time() -> None:
    values = np.random.default_rng(1).random(30)
    assert interval(mean, values) == interval(mean, values)


def test_one_sample_has_no_width_and_equal_ones_neither() -> None:
    assert interval(mean, np.array([0.4])) == (0.4, 0.4)
    assert interval(mean, np.full(9, 0.25)) == (0.25, 0.25)

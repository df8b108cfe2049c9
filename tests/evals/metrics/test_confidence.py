"""Figures of confidence, worked by hand, against scikit-learn, and for the edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from evals.metrics.confidence import aurc, auroc, calibration_error, reliability, risk_coverage

PAIRS = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.2, 0.5, 0.7, 1.0])), min_size=2)


@given(PAIRS)
def test_auroc_is_that_of_scikit_learn(pairs: list[tuple[bool, float]]) -> None:
    labels, confidences = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    if len(set(labels)) == 2:
        expected = roc_auc_score(labels, confidences)
        assert auroc(labels, confidences) == pytest.approx(expected)
    else:
        assert math.isnan(auroc(labels, confidences))


def test_risk_coverage_by_hand() -> None:
    right, confidence = np.array([1.0, 0, 1, 0]), np.array([0.9, 0.8, 0.7, 0.1])
    points = risk_coverage(right, confidence)
    assert [p.coverage for p in points] == [0.25, 0.5, 0.75, 1]
    assert [p.risk for p in points] == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert aurc(right, confidence) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


@given(PAIRS, st.randoms())
def test_the_order_of_samples_says_nothing(
    pairs: list[tuple[bool, float]], random: "np.random.Generator"
) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)
    one, other = (
        [np.array(column, dtype=float) for column in zip(*each, strict=True)]
        for each in (pairs, shuffled)
    )
    assert aurc(*one) == pytest.approx(aurc(*other))
    assert calibration_error(*one) == pytest.approx(calibration_error(*other), nan_ok=True)


def test_equal_confidence_has_the_risk_of_all() -> None:
    assert [p.risk for p in risk_coverage(np.array([1.0, 0, 0, 1]), np.ones(4))] == [0.5] * 4
    assert risk_coverage(np.array([]), np.array([])) == []


def test_bins_are_of_like_confidence_and_of_equal_size() -> None:
    confidence = np.linspace(0, 1, 20)
    bins = reliability((confidence > 0.5).astype(float), confidence)
    assert [b.n for b in bins] == [2] * 10
    assert [b.share for b in bins] == [0] * 5 + [1] * 5
    assert [b.confidence for b in bins] == sorted(b.confidence for b in bins)
    assert [b.n for b in reliability(np.ones(3), np.array([0.1, 0.2, 0.3]))] == [1, 1, 1]
    assert reliability(np.array([]), np.array([])) == []


def test_samples_of_equal_confidence_are_in_one_bin() -> None:
    answerable = np.array([1.0] * 100 + [0.0] * 100)
    [one] = reliability(answerable, np.full(200, 0.5))
    assert (one.share, one.n) == (0.5, 200)
    assert calibration_error(answerable, np.full(200, 0.5)) == 0


def test_calibration_error_by_hand() -> None:
    # Ten samples of confidence 0.2, half of them answerable, and ten of 0.9, all answerable.
    answerable = np.array([0.0, 1.0] * 5 + [1.0] * 10)
    confidence = np.array([0.2] * 10 + [0.9] * 10)
    gaps = (0.5 - 0.2) ** 2, (1 - 0.9) ** 2
    by_chance = 0.5 * 0.5 / 9, 0
    expected = math.sqrt(sum(10 / 20 * (g - c) for g, c in zip(gaps, by_chance, strict=True)))
    assert calibration_error(answerable, confidence) == pytest.approx(expected)
    # No gap, and less than none by chance.
    assert calibration_error(np.array([0.0, 1] * 10), np.full(20, 0.5)) == 0


def test_true_confidence_has_hardly_an_error_and_false_one_its_gap() -> None:
    rng = np.random.default_rng(7)
    confidence = rng.random(5000)
    answerable = (rng.random(5000) < confidence).astype(float)
    assert calibration_error(answerable, confidence) < 0.02
    always = np.full(5000, 0.9)
    half = (rng.random(5000) < 0.5).astype(float)
    assert calibration_error(half, always) == pytest.approx(0.4, abs=0.02)


def test_too_few_samples_have_no_calibration_error() -> None:
    assert math.isnan(calibration_error(np.array([1.0]), np.array([0.5])))
    assert math.isnan(calibration_error(np.array([]), np.array([])))

"""The report, from figures that can be checked by hand."""

import pytest

from evals.bench.measure import Results, Run
from evals.bench.report import as_lines, make_report


@pytest.fixture
def results() -> Results:
    """Two sizes; the larger one takes 2 MB and half of a millisecond more to ask."""
    return {
        Run("ours", "import", 0): {"import": 0.5},
        Run("plain", "import", 0): {"import": 5.0},
        **_of_size(100, asking=0.010, memory=50e6),
        **_of_size(1100, asking=0.0105, memory=52e6),
    }


def _of_size(passages: int, asking: float, memory: float) -> Results:
    asked = {"ask p50": asking, "ask p95": 0.02, "embed": 0.005, "memory": memory}
    built = {"build": 40.0, "peak": 2e8, "disk": 8000.0}
    made = {"passages": passages, "texts": 3 * passages, "vector": 1000.0}
    return {
        Run("ours", "texts", passages): made,
        Run("ours", "ask", passages): asked,
        Run("plain", "ask", passages): {**asked, "ask p50": 0.02, "embed": 0.01, "memory": 4e8},
        Run("ours", "build", passages): built,
        Run("plain", "build", passages): {**built, "build": 20.0},
        Run("ours", "cold", passages): {"cold": 0.5},
        Run("plain", "cold", passages): {"cold": 10.0},
    }


def test_each_figure_is_beside_the_plain_one(results: Results) -> None:
    report = make_report(results, [100, 1100])
    small = report["100 passages, 300 texts embedded"]
    assert small["cold ask, whole process, s"] == {"ours": 0.5, "plain": 10, "ratio": 0.05}
    assert small["building, passages a second"]["ratio"] == 2
    assert small["warm ask p50, ms"] == pytest.approx({"ours": 10, "plain": 20, "ratio": 0.5})
    assert small["warm ask p50 / embedding"] == pytest.approx({"ours": 2, "plain": 2, "ratio": 1})
    assert small["disk a passage, kB"]["ours"] == 8


def test_growth_is_beside_the_vectors_own(results: Results) -> None:
    results = {**results, Run("plain", "ask", 1100): {**results[Run("plain", "ask", 1100)]}}
    report = make_report({**results, **_plain_memory(404e6)}, [100, 1100])
    grown = report["from 100 to 1,100 passages"]
    assert grown["memory while asking, MB more"] == pytest.approx(
        {"ours": 2, "plain": 4, "ratio": 0.5}
    )
    assert grown["... / the vectors' own"]["ours"] == pytest.approx(2)
    assert grown["warm ask p50, times"]["ours"] == pytest.approx(1.05)

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
        **_of_size(100, asking=0.010, memory=50e6, plain_memory=400e6),
        **_of_size(1100, asking=0.0105, memory=52e6, plain_memory=404e6),
    }


def _of_size(passages: int, asking: float, memory: float, plain_memory: float) -> Results:
    asked = {"ask p50": asking, "ask p95": 0.02, "embed": 0.005, "memory": memory}
    searched = {"ask p50": 0.02, "ask p95": 0.04, "embed": 0.01, "memory": plain_memory}
    built = {"build": 40.0, "peak": 2e8, "disk": 8000.0}
    made = {"passages": passages, "texts": 3 * passages, "vector": 1000.0}
    return {
        Run("ours", "texts", passages): made,
        Run("ours", "ask", passages): asked,
        Run("plain", "ask", passages): searched,
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
    grown = make_report(results, [100, 1100])["from 100 to 1,100 passages"]
    assert grown["memory while asking, MB more"] == pytest.approx(
        {"ours": 2, "plain": 4, "ratio": 0.5}
    )
    assert grown["... / the vectors' own"]["ours"] == pytest.approx(2)
    assert grown["warm ask p50, times"]["ours"] == pytest.approx(1.05)


def test_the_lines_have_every_figure(results: Results) -> None:
    report = make_report(results, [100, 1100])
    lines = list(as_lines(report))
    assert len(lines) == 1 + len(report) + sum(len(table) for table in report.values())
    assert "  cold ask, whole process, s                  0.50     10.00      0.05" in lines
    assert "  warm ask p95, times                         1.00      1.00      1.00" in lines


def test_what_did_not_grow_is_compared_with_nothing(results: Results) -> None:
    same = _of_size(1100, asking=0.01, memory=52e6, plain_memory=400e6)
    report = make_report({**results, **same}, [100, 1100])
    [line] = [line for line in as_lines(report) if "MB more" in line]
    assert line.split()[-3:] == ["2.00", "0.00", "-"]

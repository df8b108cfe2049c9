"""What the main branch stands at is held, and a loss is found."""

import json
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import pytest

from evals.baseline import BASELINE_FILE, find_losses, run_quick_suites, write_baseline
from evals.types import Scored


@pytest.fixture(scope="module")
def scored(encoder: object) -> list[Scored]:  # noqa: ARG001 - it is exported before
    """The quick suites, as the program answers them now."""
    return run_quick_suites()


def test_no_figure_falls_below_the_baseline(scored: list[Scored]) -> None:
    assert find_losses(scored) == []


def test_the_baseline_is_what_is_written_of_a_run(scored: list[Scored], tmp_path: Path) -> None:
    write_baseline(scored, tmp_path / "baseline.json")
    assert find_losses(scored, tmp_path / "baseline.json") == []
    written = (tmp_path / "baseline.json").read_text("utf-8").splitlines()
    assert len(written) == len(BASELINE_FILE.read_text("utf-8").splitlines())
    for suite, content in json.loads((tmp_path / "baseline.json").read_text("utf-8")).items():
        refused = [
            s.scores["refused"] for s in scored if s.suite == suite and "refused" in s.scores
        ]
        assert content["figures"]["refused"] == pytest.approx(fmean(refused), abs=1e-4)


def test_a_loss_is_found_and_named(scored: list[Scored], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(scored, path)
    refused = [replace(s, scores={**s.scores, "refused": 0.0}) for s in scored]
    assert [loss.split(" went")[0] for loss in find_losses(refused, path)] == [
        "bundled: refused",
        "written: refused",
    ]


def test_a_gain_and_another_rounding_are_no_losses(scored: list[Scored], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(scored, path)
    better = [replace(s, scores={**s.scores, "refused": 1.0}) for s in scored]
    assert find_losses(better, path) == []
    rounded = [
        replace(
            s,
            confidence=(s.confidence or 0) + 1e-6,
            scores={n: v - 1e-3 * (n != "verbatim") for n, v in s.scores.items()},
        )
        for s in scored
    ]
    assert find_losses(rounded, path) == []


def test_one_quotation_that_is_not_exact_is_a_loss(scored: list[Scored], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(scored, path)
    first, *others = scored
    altered = [replace(first, scores={**first.scores, "verbatim": 0.5}), *others]
    [loss] = find_losses(altered, path)
    assert loss == f"bundled {first.sample.id}: a quotation is no exact slice of its article"


def test_a_suite_that_is_missing_is_a_loss(scored: list[Scored], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(scored, path)
    left = [s for s in scored if s.suite != "written"]
    [loss] = find_losses(left, path)
    assert loss == "in the baseline alone, or not in it: [('written', 'article-qa')]"


def test_wrong_answers_in_place_of_refusals_are_a_loss(
    scored: list[Scored], tmp_path: Path
) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(scored, path)
    wrong = {
        "wrongly refused": 0.0,
        "first citation": 0.0,
        "citation precision": 0.0,
        "citation recall": 0.0,
    }
    worse = [
        replace(s, answered=True, scores={**s.scores, **wrong})
        if s.scores.get("wrongly refused") == 1
        else s
        for s in scored
    ]
    told = " ".join(find_losses(worse, path))
    assert "bundled: first citation" in told
    assert "written: citation precision" in told


def test_a_figure_that_is_no_longer_scored_is_a_loss(scored: list[Scored], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(scored, path)
    silent = [
        replace(s, confidence=None, scores={n: v for n, v in s.scores.items() if n != "hit@1"})
        for s in scored
    ]
    losses = find_losses(silent, path)
    for name in ("hit@1", "AUROC"):
        assert f"bundled: {name} is no longer scored" in losses


def test_what_failed_or_is_missing_is_a_loss(scored: list[Scored], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(scored, path)
    first, *others = scored
    failed = [replace(first, error="ValueError: no", scores={}), *others]
    assert find_losses(failed, path) == [f"bundled {first.sample.id}: ValueError: no"]
    [loss] = find_losses(others, path)
    assert loss.startswith("bundled: 1 samples are in the baseline alone")

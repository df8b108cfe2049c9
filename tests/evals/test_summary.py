"""Figures, floors, kinds and curves, from scores that can be checked by hand."""

import pytest

from evals.summary import ANSWERING_ALL, REFUSING_ALL, figures, summarize
from evals.types import Scored
from tests.evals.made import sample


def made(name: str, answerable: bool, answered: bool, confidence: float, right: bool) -> Scored:
    outcome = right and answered if answerable else not answered
    refused = {"wrongly refused" if answerable else "refused": float(not answered)}
    return Scored(
        "suite",
        "system",
        sample(name, *(["in May"] if answerable else [])),
        answered=answered,
        confidence=confidence,
        right=right,
        scores={"right outcome": float(outcome), **refused},
    )


FAILED = Scored("suite", "system", sample("5", "in May"), error="ValueError: no")
FOUR = [
    made("1", True, True, 0.9, True),
    made("2", True, False, 0.4, True),
    made("3", False, True, 0.6, False),
    made("4", False, False, 0.1, False),
]


def test_means_have_their_n_and_interval() -> None:
    found = figures(FOUR)
    assert found["right outcome"].value == 0.5
    assert found["right outcome"].n == 4
    assert found["refused"].value == found["wrongly refused"].value == 0.5
    assert found["refused"].n == 2
    assert 0 <= found["refused"].low <= 0.5 <= found["refused"].high <= 1
    assert "hit@1" not in found


def test_figures_over_all_samples() -> None:
    found = figures(FOUR)
    assert found["AUROC"].value == pytest.approx(3 / 4)
    assert found["AURC"].value == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert found["AUROC"].n == 4
    assert "calibration error" not in found  # Four samples cannot tell.


def test_an_error_is_counted_and_no_zero() -> None:
    summary = summarize("suite", "system", [*FOUR, FAILED])
    assert (summary.samples, summary.errors) == (5, 1)
    assert summary.figures["right outcome"].value == 0.5
    assert summary.figures["right outcome"].n == 4


def test_floors_are_what_refusing_and_answering_all_reach() -> None:
    floors = summarize("suite", "system", FOUR).floors
    assert floors[REFUSING_ALL]["refused"] == floors[REFUSING_ALL]["wrongly refused"] == 1
    assert floors[REFUSING_ALL]["right outcome"] == 0.5
    assert floors[ANSWERING_ALL]["refused"] == floors[ANSWERING_ALL]["wrongly refused"] == 0
    assert floors[ANSWERING_ALL]["right outcome"] == 0.5
    assert floors[ANSWERING_ALL]["Brier"] == 0.5


def test_kinds_and_curves() -> None:
    summary = summarize("suite", "system", FOUR)
    assert set(summary.kinds) == {"date"}
    assert summary.kinds["date"]["refused"].n == 2
    assert [point.coverage for point in summary.risk_coverage] == [0.25, 0.5, 0.75, 1]
    assert [each.n for each in summary.reliability] == [1, 1, 1, 1]


@pytest.mark.parametrize("scored", [[], [FAILED]])
def test_nothing_sound_has_no_figure(scored: list[Scored]) -> None:
    summary = summarize("suite", "system", scored)
    assert summary.errors == len(scored)
    assert not summary.figures
    assert not summary.floors
    assert not summary.risk_coverage


def test_all_unanswerable_has_no_auroc_and_one_sample_no_width() -> None:
    found = figures(FOUR[2:])
    assert "AUROC" not in found
    assert found["refused"].value == 0.5


def test_equal_scores_leave_the_doubt_that_their_number_leaves() -> None:
    one = figures(FOUR[:1])["right outcome"]
    assert (one.value, one.n, one.high) == (1, 1, 1)
    assert one.low == pytest.approx(0.025)
    refused = figures([FOUR[3]] * 3)["refused"]
    assert refused.low == pytest.approx(0.025 ** (1 / 3))

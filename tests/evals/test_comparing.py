"""Two runs beside each other."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from evals.comparing import compare
from evals.types import Scored
from index.errors import SourceError
from tests.evals.made import sample


def run(outcomes: Sequence[float], confidence: float = 0.5) -> list[Scored]:
    return [
        Scored(
            "suite",
            "system",
            sample(str(n), *(["in May"] if n % 2 else [])),
            answered=bool(outcome) == bool(n % 2),
            confidence=confidence + n / 1000,
            right=bool(outcome),
            scores={"right outcome": outcome, "wrongly refused": 1 - outcome},
        )
        for n, outcome in enumerate(outcomes)
    ]


def test_the_same_run_does_not_differ() -> None:
    [found] = compare(run([1, 0, 1, 0]), run([1, 0, 1, 0]))
    assert {d.change.value for d in found.differences} == {0}
    assert all(d.better <= 0 and d.worse <= 0 for d in found.differences)
    assert not found.improved
    assert not found.worsened
    assert found.unpaired == 0


def test_a_loss_beyond_chance_is_worse_whichever_way_is_better() -> None:
    [found] = compare(run([1] * 40), run([1] * 28 + [0] * 12))
    differences = {d.metric: d for d in found.differences}
    outcome, refused = differences["right outcome"], differences["wrongly refused"]
    assert outcome.change.value == pytest.approx(-0.3)
    assert outcome.change.n == 40
    assert outcome.change.low < -0.3 < outcome.change.high < 0
    assert refused.change.value == pytest.approx(0.3)
    assert outcome.worse == pytest.approx(-outcome.change.high)
    assert refused.worse == pytest.approx(refused.change.low)
    assert outcome.better < 0
    assert len(found.worsened) == 12


def test_pairing_sees_what_two_intervals_would_not() -> None:
    # Six of a hundred became worse and none better: within either interval, but never by chance.
    [found] = compare(run([1, 0] * 50), run([0, 0] * 6 + [1, 0] * 44))
    [outcome] = [d for d in found.differences if d.metric == "right outcome"]
    assert outcome.worse > 0


def test_a_change_within_chance_is_neither() -> None:
    [found] = compare(run([1, 0, 1, 0, 1, 0]), run([0, 1, 1, 0, 1, 0]))
    [outcome] = [d for d in found.differences if d.metric == "right outcome"]
    assert outcome.better <= 0
    assert outcome.worse <= 0
    assert [pair.after.sample.id for pair in found.improved] == ["1"]
    assert [pair.after.sample.id for pair in found.worsened] == ["0"]


def test_figures_over_all_samples_differ_too() -> None:
    before = run([1, 1] * 20)
    after = [replace(s, confidence=float(s.sample.answerable)) for s in before]
    [found] = compare(before, after, ["AUROC"])
    [auroc] = found.differences
    assert auroc.after == 1
    assert auroc.better > 0


def test_what_is_in_one_run_alone_or_failed_is_not_compared() -> None:
    before, after = run([1, 1, 1]), run([0, 1])
    failed = replace(after[0], error="ValueError: no", scores={})
    [found] = compare(before, [failed, after[1]])
    assert found.unpaired == 1
    assert {d.change.n for d in found.differences} == {1}
    with pytest.raises(SourceError, match="nothing to compare: suite of system in one, other of"):
        compare(before, [replace(s, suite="other") for s in after])


def test_what_is_scored_in_one_run_alone_counts_in_that() -> None:
    before = [replace(s, scores={}) if s.sample.id > "4" else s for s in run([1] * 10)]
    [found] = compare(before, run([1] * 5 + [0] * 5))
    [outcome] = [d for d in found.differences if d.metric == "right outcome"]
    assert (outcome.before, outcome.after) == (1, 0.5)
    assert outcome.change.n == 10

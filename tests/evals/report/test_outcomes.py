"""What came of a sample."""

from dataclasses import replace

import pytest

from evals.report.outcomes import FAILURES, OUTCOMES, outcome
from evals.types import Scored
from tests.evals.report.made import (
    FAILED,
    HOSTILE,
    REFUSED,
    RIGHT,
    RIGHTLY_REFUSED,
    WEATHER,
    WRONG,
    quote,
    scored,
    searched,
)


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        (RIGHT, "right"),
        (HOSTILE, "right"),
        (WRONG, "wrong answer"),
        (REFUSED, "wrongly refused"),
        (RIGHTLY_REFUSED, "rightly refused"),
        (scored(WEATHER, quote("at noon")), "wrongly answered"),
        (FAILED, "error"),
        (searched("1", 1.0), "not judged"),
    ],
)
def test_outcomes(sample: Scored, expected: str) -> None:
    assert outcome(sample) == expected


def test_where_nothing_tells_the_accepted_answer_does() -> None:
    untold = replace(RIGHT, right=None)
    assert outcome(untold) == "wrong answer"
    assert outcome(replace(untold, scores={"accepted answer": 1.0})) == "right"
    assert outcome(replace(untold, scores={"accepted answer": 0.0})) == "wrong answer"


def test_failures_come_first() -> None:
    assert FAILURES == ("error", "wrongly answered", "wrong answer", "wrongly refused")
    assert OUTCOMES[:4] == FAILURES

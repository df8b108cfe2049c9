"""What came of a question, in a word or two."""

from typing import Literal, get_args

from evals.types import Scored

Outcome = Literal[
    "error",
    "wrongly answered",
    "wrong answer",
    "wrongly refused",
    "not judged",
    "right",
    "rightly refused",
]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""The worst first."""

FAILURES: tuple[Outcome, ...] = OUTCOMES[: OUTCOMES.index("not judged")]


def outcome(scored: Scored) -> Outcome:
    """Returns what came of a sample.

    ``not judged`` is what was searched for or rewritten alone, so that there is no answer to judge.
    """
    if scored.error is not None:
        return "error"
    if not scored.sample.answerable:
        return "wrongly answered" if scored.answered else "rightly refused"
    if not scored.answered:
        return "wrongly refused"
    if _has_no_answer(scored):
        return "not judged"
    return "right" if _is_right(scored) else "wrong answer"


def _has_no_answer(scored: Scored) -> bool:
    return scored.right is None and not scored.scores.keys() & {
        "accepted answer",
        "wrongly refused",
    }


def _is_right(scored: Scored) -> bool:
    return scored.scores.get("accepted answer") == 1 if scored.right is None else scored.right

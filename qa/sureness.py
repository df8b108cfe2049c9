"""How sure an answer is, in words."""

from qa.types import EXTRACTIVE, Answer

_LIKELY, _VERY_LIKELY = 0.85, 0.95
"""From these confidences on, an answer is called likely or very likely right."""


def sureness(answer: Answer) -> str:
    """Returns how sure it is that an answer is what was asked for, or who wrote and checked it."""
    if answer.mode != EXTRACTIVE:
        return f"written by {answer.mode}, each statement checked against what it cites"
    if answer.confidence >= _VERY_LIKELY:
        return "very likely what you asked for"
    if answer.confidence >= _LIKELY:
        return "likely what you asked for"
    return "perhaps not what you asked for: check the article"

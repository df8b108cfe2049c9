"""Kinds of questions."""

import pytest

from evals.loaders.kinds import question_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is it?", "what"),
        ("  who rowed?", "who"),
        ("WHY", "why"),
        ("How's the water?", "how"),
        ("“Which boat?” was asked", "which"),
        ("In what year?", "other"),
        ("Whatever", "other"),
        ("Is it?", "other"),
        ("?", "other"),
        ("", "other"),
    ],
)
def test_the_first_word_says_it(question: str, kind: str) -> None:
    assert question_kind(question) == kind

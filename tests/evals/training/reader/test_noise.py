"""What people and feeds do to texts."""

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evals.training.reader.noise import as_typed, without_marks

seeds = st.integers(0, 1_000_000)


def typed(question: str) -> set[str]:
    return {as_typed(question, random.Random(seed)) for seed in range(400)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Don’t,” said Orr’s `aide`.", "Dont, said Orrs aide."),
        ("\"No,\" they said: 'never'.", "No, they said: never."),
        ("It cost 5 crowns.", "It cost 5 crowns."),
        ("‘’", ""),
    ],
)
def test_marks_are_left_out(text: str, expected: str) -> None:
    assert without_marks(text) == expected


@given(st.text(), st.text())
def test_marks_are_left_out_of_each_part_alone(first: str, second: str) -> None:
    assert without_marks(first + second) == without_marks(first) + without_marks(second)


def test_a_question_is_typed_in_lower_case_or_as_key_words() -> None:
    found = typed("Who was the Mayor of Orr’s Bay?")
    assert {"who was the mayor of orrs bay", "Mayor Orr’s Bay"} <= found


def test_a_typing_error_is_one_letter_behind_the_first() -> None:
    assert typed("Pier?") >= {"Per?", "Piier?", "Paer?", "Peir?"}
    assert {word[0] for word in typed("Pier?")} == {"P", "p"}


def test_short_words_have_no_typing_errors() -> None:
    assert typed("Has he a cat") == {"Has he a cat", "has he a cat", "Has he cat"}


@pytest.mark.parametrize("question", ["Where, when, how?", "Who is in?", "Who?", "What is “the”?"])
def test_a_question_of_function_words_stays(question: str) -> None:
    assert all(any(c.isalnum() for c in each) for each in typed(question))


@given(
    st.lists(st.sampled_from("who was the mayor’s of in Lund, 12 “on”".split()), min_size=1), seeds
)
@example(["who", "was", "in"], 5)
def test_at_least_one_word_is_left(words: list[str], seed: int) -> None:
    question = " ".join(words) + "?"
    found = as_typed(question, random.Random(seed)).split()
    assert any(c.isalnum() for word in found for c in word)
    assert len(found) <= len(words)

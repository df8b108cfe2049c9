"""Questions with one thing changed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.training.reader.swaps import OPPOSITES, swapped


def outcomes(question: str, *texts: str) -> set[str | None]:
    return {swapped(question, texts, random.Random(seed)) for seed in range(100)}


def test_a_name_becomes_another_of_the_texts() -> None:
    assert outcomes("When did Orr meet Lund?", "Then Berg, of Brack, spoke to Orr.") == {
        "When did Berg meet Lund?",
        "When did Orr meet Berg?",
        "When did Brack meet Lund?",
        "When did Orr meet Brack?",
    }


def test_a_name_of_several_words_is_one() -> None:
    assert outcomes("What did the Lund Port Board say?", "A ship left the Bay of Brack today.") == {
        "What did the Bay of Brack say?"
    }


def test_a_number_becomes_another_of_the_texts() -> None:
    assert outcomes("Who paid 4,200 crowns?", "It cost 900 crowns, not 7.") == {
        "Who paid 900 crowns?",
        "Who paid 7 crowns?",
    }


def test_a_word_becomes_its_opposite() -> None:
    assert outcomes("Who lost the largest, oldest pier?") == {
        "Who gained the largest, oldest pier?",
        "Who won the largest, oldest pier?",
        "Who lost the smallest, oldest pier?",
        "Who lost the largest, newest pier?",
        "Who lost the largest, youngest pier?",
    }


def test_opposites_go_both_ways() -> None:
    assert OPPOSITES["before"] == ["after"]
    assert OPPOSITES["opposed"] == ["approved", "backed", "supported"]
    for word, others in OPPOSITES.items():
        assert all(word in OPPOSITES[other] and word != other for other in others)


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("What happened?", ["Then Berg spoke to Orr about 12 ships."]),
        ("When did Orr meet Lund?", []),
        ("When did Orr meet Lund?", ["She told Orr of it. He saw Lund."]),
        ("Who paid 4,200 crowns?", ["It cost 4,200 crowns, said Berg."]),
    ],
    ids=["nothing to change", "no texts", "only its own names", "only its own number"],
)
def test_what_cannot_be_changed_is_none(question: str, texts: list[str]) -> None:
    assert outcomes(question, *texts) == {None}


_WORDS = "Who did Orr Lund Berg raise raised first First, 12 4,200 in old the pier after?".split()


@given(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8).map(" ".join),
    st.lists(st.lists(st.sampled_from(_WORDS)).map(" ".join), max_size=2),
    st.integers(0, 1_000_000),
)
def test_a_question_is_never_returned_as_it_was(question: str, texts: list[str], seed: int) -> None:
    assert swapped(question, texts, random.Random(seed)) != question

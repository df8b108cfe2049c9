"""Scores of answers, worked by hand, and as SQuAD's script and rouge-score count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

from evals.metrics.answers import (
    answer_tokens,
    exact_match,
    includes_accepted,
    rouge_l,
    token_f1,
    unigram_recall,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The Cat's a  hat!", ["cats", "hat"]),
        ("An end-to-end $60 million.", ["endtoend", "60", "million"]),
        ("theatre another", ["theatre", "another"]),
        ("the", []),
        ("“quoted”", ["“quoted”"]),  # The script knows ASCII punctuation alone.
        ("", []),
    ],
)
def test_tokens_are_those_of_squads_script(text: str, tokens: list[str]) -> None:
    assert answer_tokens(text) == tokens


@pytest.mark.parametrize(
    ("answer", "accepted", "match", "f1"),
    [
        ("The 100,000 troops", ["100000 troops"], 1, 1),
        ("more than 100,000 troops", ["100,000 troops"], 0, 2 * 2 / 6),
        ("troops troops", ["troops"], 0, 2 / 3),  # A word counts as often as it is shared.
        ("Geneva", ["Vienna", "in Geneva"], 0, 2 / 3),
        ("Geneva", ["Vienna"], 0, 0),
        ("", [], 1, 1),  # Refused, and there is no answer.
        ("Geneva", [], 0, 0),
        ("", ["Geneva"], 0, 0),
        ("the", ["a"], 1, 1),  # Neither has a word left.
        ("the", ["Geneva"], 0, 0),
    ],
)
def test_exact_match_and_f1_are_those_of_squads_script(
    answer: str, accepted: list[str], match: float, f1: float
) -> None:
    assert exact_match(answer, accepted) == match
    assert token_f1(answer, accepted) == pytest.approx(f1)


@given(st.text(), st.text())
def test_f1_is_symmetric_and_a_share(one: str, other: str) -> None:
    assert token_f1(one, [other]) == pytest.approx(token_f1(other, [one]))
    assert 0 <= token_f1(one, [other]) <= 1
    assert token_f1(one, [one]) == exact_match(one, [one]) == 1


@pytest.mark.parametrize(
    ("text", "accepted", "included"),
    [
        ("About 58 of the 143 claims were paid.", ["58 of 143 claims"], 1),
        ("About 158 of 143 claims were paid.", ["58 of 143 claims"], 0),
        ("It was paid in full.", ["unpaid", "in full"], 1),
        ("In Geneva.", ["the"], 0),
        ("", ["Geneva"], 0),
        ("In Geneva.", [], 0),
    ],
)
def test_an_accepted_answer_is_included_as_whole_words(
    text: str, accepted: list[str], included: float
) -> None:
    assert includes_accepted(text, accepted) == included


def test_rouge_by_hand() -> None:
    # The longest common run with gaps is "the cat mat": 3 of 4 words and 3 of 6.
    assert rouge_l("the cat mat sat", ["the cat is on the mat"]) == pytest.approx(0.6)
    # Of "the cat is on the mat" there are shown: the (once), cat, mat.
    assert unigram_recall("the cat mat sat", ["the cat is on the mat"]) == pytest.approx(3 / 6)
    assert rouge_l("", ["the cat"]) == unigram_recall("", ["the cat"]) == 0


def test_rouge_is_that_of_the_library_with_the_best_reference() -> None:
    text, references = "a heron eats small fish", ["small fish and frogs", "fish"]
    scores = [RougeScorer(["rouge1", "rougeL"]).score(r, text) for r in references]
    assert rouge_l(text, references) == max(s["rougeL"].fmeasure for s in scores)
    assert unigram_recall(text, references) == max(s["rouge1"].recall for s in scores)

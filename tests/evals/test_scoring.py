"""What a response is worth, and what is not scored at all."""

from dataclasses import replace

import pytest

from evals.scoring import score
from evals.types import Collection, Response, Sample, Scored, Task
from index.types import Document
from tests.evals.made import COLLECTION, DOCUMENT, quote, sample

MAY = quote("It opens in May.")
CLOSED = quote("The bridge is closed.")
ANSWERED = Response(True, "It opens in May.", cited=(MAY,), retrieved=(MAY,), confidence=0.8)
REFUSED = replace(ANSWERED, answered=False, closest=(MAY,), confidence=0.3)
ASKED, UNANSWERABLE = sample("1", "in May"), sample("2")


def scored(asked: Sample, response: Response, among: Collection = COLLECTION) -> Scored:
    return score("suite", "system", asked, response, among)


def test_an_answer_on_evidence() -> None:
    found = scored(ASKED, ANSWERED)
    assert found.right
    assert found.scores == {
        **dict.fromkeys(("hit@1", "hit@5", "recall@5", "recall@10", "MRR@10", "nDCG@10"), 1),
        "right outcome": 1,
        "right where answered": 1,
        "answer words": 4,
        "exact match": 0,
        "token F1": 0.4,  # "May" of "it opens in may": 2 * 1 / (4 + 1).
        "accepted answer": 1,
        "RougeL": 0.4,
        "unigram recall": 1,
        "verbatim": 1,
        "first citation": 1,
        "citation precision": 1,
        "citation recall": 1,
        "wrongly refused": 0,
        "Brier": pytest.approx(0.2**2),
    }


def test_a_short_answer_is_what_is_matched() -> None:
    found = scored(ASKED, replace(ANSWERED, short="May"))
    assert found.scores["exact match"] == found.scores["token F1"] == 1


def test_an_answerable_question_that_is_refused() -> None:
    found = scored(ASKED, REFUSED)
    assert found.right  # It would have been.
    assert found.scores["wrongly refused"] == 1
    assert found.scores["right outcome"] == found.scores["accepted answer"] == 0
    assert found.scores["token F1"] == found.scores["RougeL"] == 0
    assert found.scores["Brier"] == pytest.approx(0.7**2)
    assert not {"citation precision", "first citation", "answer words"} & found.scores.keys()


def test_an_unanswerable_question() -> None:
    refused, answered = scored(UNANSWERABLE, REFUSED), scored(UNANSWERABLE, ANSWERED)
    assert refused.scores["refused"] == refused.scores["right outcome"] == 1
    assert refused.scores["token F1"] == refused.scores["exact match"] == 1
    assert answered.scores["refused"] == answered.scores["right outcome"] == 0
    assert answered.scores["right where answered"] == 0
    assert "right where answered" not in refused.scores
    assert answered.scores["token F1"] == 0
    for found in (refused, answered):
        assert found.right is False
        assert not {"hit@1", "accepted answer", "citation recall"} & found.scores.keys()


def test_an_answer_on_other_sentences_is_not_right() -> None:
    found = scored(ASKED, replace(ANSWERED, cited=(CLOSED, MAY)))
    assert found.right is False
    assert found.scores["first citation"] == found.scores["right outcome"] == 0
    assert found.scores["citation precision"] == 0.5
    assert found.scores["citation recall"] == 1


def test_an_answer_without_citations_recalls_nothing_and_has_no_precision() -> None:
    found = scored(ASKED, replace(ANSWERED, cited=()))
    assert found.right is False
    assert found.scores["first citation"] == found.scores["citation recall"] == 0
    assert not {"verbatim", "citation precision"} & found.scores.keys()


def test_without_evidence_the_accepted_answer_tells() -> None:
    told = replace(ASKED, alternatives=())
    assert scored(told, ANSWERED).right
    assert scored(told, replace(ANSWERED, text="In June.")).right is False
    assert "hit@1" not in scored(told, ANSWERED).scores
    assert scored(replace(told, answers=()), ANSWERED).right is None


@pytest.mark.parametrize(
    ("speaker", "expected"), [("Orr", 1), ("ms orr", 1), ("Lund", 0), (None, 0)]
)
def test_the_speaker_is_one_of_the_accepted_names(speaker: str | None, expected: float) -> None:
    asked = replace(ASKED, speaker=("Ms Orr", "Orr"))
    response = replace(ANSWERED, cited=(quote("It opens in May.", speaker),))
    assert scored(asked, response).scores["speaker"] == expected
    assert "speaker" not in scored(ASKED, response).scores
    assert "speaker" not in scored(asked, REFUSED).scores


def test_among_several_articles_the_right_one_is_told() -> None:
    other = Document("other", "other", "It opens in May.", "Other")
    among = replace(COLLECTION, documents=(DOCUMENT, other))
    elsewhere = replace(MAY, article="other", start=0, end=16)
    assert scored(ASKED, ANSWERED, among).scores["right article"] == 1
    mixed = replace(ANSWERED, cited=(MAY, elsewhere))
    assert scored(ASKED, mixed, among).scores["right article"] == 0
    assert "right article" not in scored(replace(ASKED, within="bridge"), ANSWERED, among).scores


def test_without_confidence_nothing_is_said_of_it() -> None:
    assert "Brier" not in scored(ASKED, replace(ANSWERED, confidence=None)).scores


@pytest.mark.parametrize(
    ("task", "names"), [("retrieval", {"hit@1"}), ("rewriting", {"rewriting F1"})]
)
def test_only_what_is_measured_is_scored(task: Task, names: set[str]) -> None:
    asked = replace(ASKED, standalone="When does the bridge open?", history=("What is closed?",))
    response = replace(ANSWERED, standalone=asked.question)
    found = scored(asked, response, replace(COLLECTION, tasks=frozenset({task})))
    assert names <= found.scores.keys()
    assert "accepted answer" not in found.scores
    assert found.right is None


def test_a_rewritten_question_is_held_against_the_one_that_stands_alone() -> None:
    asked = replace(
        ASKED,
        question="and in May?",
        standalone="Does the bridge open in May?",
        history=("Does the bridge open in April?",),
    )
    among = replace(COLLECTION, tasks=frozenset({"rewriting"}))
    as_typed = scored(asked, Response(True, "", standalone=asked.question), among)
    assert as_typed.scores["rewriting F1"] == 0.5  # "in" and "may" of three words, and of five.
    assert "rewriting F1" not in scored(asked, Response(True, ""), among).scores
    first = replace(asked, history=())
    assert "rewriting F1" not in scored(first, Response(True, "", standalone="x"), among).scores
    rewritten = Response(True, "", standalone="does bridge open in may")
    assert scored(asked, rewritten, among).scores["rewriting F1"] == 1

import pytest

from index.types import Span
from qa.short import MAX_WORDS, short_answer
from qa.types import Evidence
from tests.qa.hits import make_hit

SENTENCE = "The ferry between Orsa and Vell carries 412 cars on every day of the week but Sunday."


def evidence(answer: str | None) -> Evidence:
    passage = make_hit(1, SENTENCE).passage
    at = SENTENCE.index(answer) if answer else 0
    span = Span(at, at + len(answer)) if answer else None
    return Evidence(passage, passage.sentences[0], 0.9, span)


def test_a_few_words_of_the_sentence_are_the_short_answer() -> None:
    span = short_answer("How many cars does it carry?", evidence("412 cars"))
    assert span is not None
    assert SENTENCE[span.start : span.end] == "412 cars"


@pytest.mark.parametrize("question", ["Why does it stop?", "why?", "  “Explain the ferry”"])
def test_a_reason_is_not_short(question: str) -> None:
    assert short_answer(question, evidence("412 cars")) is None


@pytest.mark.parametrize("question", ["Who is Jon Finer?", "who was Orsa", "Who are Ann Orr?"])
def test_a_name_does_not_say_who_somebody_is(question: str) -> None:
    assert short_answer(question, evidence("Vell")) is None
    assert short_answer(question, evidence("412 cars")) is not None
    assert short_answer("Who is the mayor?", evidence("Vell")) is not None


def test_what_is_nearly_the_sentence_is_not_short() -> None:
    long = " ".join(SENTENCE.split()[: MAX_WORDS + 1])
    assert short_answer("What does it do?", evidence(long)) is None
    assert short_answer("What does it do?", evidence(SENTENCE)) is None


def test_without_a_span_there_is_no_short_answer() -> None:
    assert short_answer("How many cars does it carry?", evidence(None)) is None

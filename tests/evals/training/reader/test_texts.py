"""Texts in sentences, and questions about them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.training.reader.texts import Answer, Asked, asked_of, split
from evals.types import Collection, Evidence, Sample
from tests.evals.made import DOCUMENT, FIRST, HEADLINE, SECOND, TEXT, evidence, sample, span_of
from tests.evals.training.reader.made import MAKE, asked_ones, text_of, words_of

OTHER = replace(DOCUMENT, key="other", title="Other")


def asked(*samples: Sample) -> list[Asked]:
    return list(asked_of(Collection("bridge", (DOCUMENT, OTHER), samples), MAKE))


def test_a_sentence_has_its_tokens_and_where_they_stand() -> None:
    made = MAKE("It isn’t “Orr”.")
    pieces = [made.text[start:end] for start, end in made.offsets]
    assert pieces == ["It", "isn", "’", "t", "“", "Orr", "”", "."]
    assert len(made.ids) == len(made.offsets)


def test_a_sentence_has_the_stems_of_its_content_words() -> None:
    assert MAKE("The ferries were sailing.").stems == {"ferri", "sail"}


def test_a_document_is_split_into_paragraphs_of_sentences() -> None:
    text, spans = split(DOCUMENT, MAKE)
    sentences = [HEADLINE, *FIRST.replace(". ", ".\n").split("\n"), *SECOND.split(". ", 1)]
    sentences[3] += "."
    assert [s.text for s in text.sentences] == sentences
    assert spans == [span_of(words) for words in sentences]
    assert text.paragraphs == (range(1), range(1, 3), range(3, 5))
    assert text.group == DOCUMENT.title


def test_the_answer_is_found_in_the_evidence() -> None:
    [found] = asked(sample("1", "It opens in May."))
    assert found.question == "When does it open?"
    assert found.evidence == {2}
    assert found.answer == Answer(2, len("It opens in "), len("It opens in May"))


def test_the_same_words_before_the_evidence_are_not_the_answer() -> None:
    [found] = asked(sample("1", "She gave no date.", answers=("She", "e")))
    assert found.answer == Answer(4, 0, 3)
    [letter] = asked(sample("1", "She gave no date.", answers=("bridge", "e")))
    assert letter.answer == Answer(4, 2, 3)


def test_all_sentences_of_the_evidence_count() -> None:
    [found] = asked(sample("1", FIRST, SECOND, answers=("4 million crowns",)))
    assert found.evidence == {1, 2, 3, 4}
    assert found.answer
    assert words_of(found.answer, found.text.sentences) == "4 million crowns"


def test_the_sentence_of_another_accepted_answer_counts_too() -> None:
    alternatives = ((evidence(HEADLINE),), (evidence("May"),))
    [found] = asked(replace(sample("1", "May"), alternatives=alternatives))
    assert found.evidence == {0, 2}


@pytest.mark.parametrize(
    "unasked",
    [
        sample("1", FIRST, answers=("June",)),
        sample("1", FIRST, answers=("closed. It opens",)),
        sample("1", FIRST, answers=("date",)),
        sample("1", "20260301", answers=("20260301",)),
    ],
    ids=["not there", "in two sentences", "not in the evidence", "in no sentence"],
)
def test_a_question_without_an_answer_in_a_sentence_is_left_out(unasked: Sample) -> None:
    assert asked(unasked) == []


def test_a_question_is_asked_of_its_document() -> None:
    elsewhere = Evidence("other", *span_of("May"))
    found = asked(
        sample("1", "May"),
        sample("2"),
        replace(sample("3"), within="other"),
        replace(sample("4", "May"), alternatives=((elsewhere,),)),
    )
    assert [each.text.group for each in found] == [DOCUMENT.title, DOCUMENT.title, "Other", "Other"]
    assert found[0].text is found[1].text
    assert found[1].evidence == frozenset()
    assert found[1].answer is None


@pytest.mark.parametrize(
    ("numbers", "answer"), [(frozenset({0}), None), (frozenset[int](), Answer(0, 0, 3))]
)
def test_evidence_and_answer_come_together(numbers: frozenset[int], answer: Answer | None) -> None:
    with pytest.raises(ValueError, match=r"Who\?: evidence without an answer"):
        Asked("Who?", text_of(["Orr did."]), numbers, answer)


@given(st.data())
def test_the_answer_is_the_words_that_are_accepted(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    accepted = TEXT[start:end]
    asking = replace(
        sample("1", "May", answers=(accepted,)),
        alternatives=((Evidence(DOCUMENT.key, start, end),),),
    )
    for found in asked(asking):
        assert found.answer
        assert words_of(found.answer, found.text.sentences) == accepted
        assert found.answer.sentence in found.evidence


@settings(deadline=None)
@given(asked_ones())
def test_tokens_stand_in_order_inside_their_sentence(made: Asked) -> None:
    for sentence in made.text.sentences:
        ends = [0, *(end for _, end in sentence.offsets)]
        starts = [*(start for start, _ in sentence.offsets), len(sentence.text)]
        assert all(end <= start for end, start in zip(ends, starts, strict=True))
        assert "".join(sentence.text[s:e] for s, e in sentence.offsets) == sentence.text.replace(
            " ", ""
        )

"""Follow-ups are made to stand alone; what stands alone is left alone."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.conversation.standing_alone import stand_alone
from qa.question import MAX_LENGTH, check_question
from tests.qa.conversation.made import turn

RYABKOV = turn("Did Ryabkov see any progress on NATO?", speaker="Sergey Ryabkov")
STEEL = turn("What does Priya Calloway say about steel?", speaker="Priya Calloway")
TALKS = turn("Did Blinken expect much from the talks in Geneva?", speaker="Antony Blinken")
BRIDGE = turn("When did the bridge open?")


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        (RYABKOV, "and what about military action?", "What did Ryabkov say about military action?"),
        (RYABKOV, "What else did he say?", "What else did Ryabkov say?"),
        (RYABKOV, "anything else?", "What else did Ryabkov say?"),
        (STEEL, "lorries?", "What did Priya Calloway say about lorries?"),
        (STEEL, "And Idris Fallow?", "What does Idris Fallow say about steel?"),
        (STEEL, "What is her view on rents?", "What is Priya Calloway's view on rents?"),
        (TALKS, "why?", "Why did Blinken expect much from the talks in Geneva?"),
        (TALKS, "why not?", "Why did Blinken not expect much from the talks in Geneva?"),
        (turn("What did Holm demand?"), "why?", "Why did Holm demand?"),
        (turn("What did Holm demand, and why?"), "and about Dyer?", "What did Dyer demand?"),
        (RYABKOV, "Why did he say that?", "Why did Ryabkov say that?"),
        (BRIDGE, "where?", "Where did the bridge open?"),
        (BRIDGE, "How long is it?", "How long is the bridge?"),
        (BRIDGE, "says who?", "Who said this: When did the bridge open?"),
        (turn("Who opened it?", standalone="Who opened the bridge?"), "and when?",
         "Who opened the bridge, and when?"),
        (turn("Tell me about lavender plants."), "Are they safe?", "Are lavender plants safe?"),
        (turn("What is Lyme disease?"), "What are the causes?",
         "What are the causes of Lyme disease?"),
        (turn("What is throat cancer?"), "Tell me about its symptoms.",
         "Tell me about throat cancer's symptoms."),
    ],
)  # fmt: skip
def test_a_follow_up_is_completed(before: object, question: str, alone: str) -> None:
    assert stand_alone(question, [before]) == alone  # type: ignore[list-item]


@pytest.mark.parametrize(
    "question",
    [
        "On what day do the Winter Olympics in Beijing open?",
        "In which country did the Americans and the Russians meet on Monday?",
        "How long does it take to check a truck at Rusko?",
        "Is there a plan for the harbour?",
        "When did Putin say he would leave Ukraine?",
        "What is mortadella and where is it from?",
        "What is the cost of solar power?",
        "Thanks!",
    ],
)
def test_what_stands_alone_is_left_as_it_is(question: str) -> None:
    assert stand_alone(question, [TALKS]) == question
    assert stand_alone(question, []) == question


def test_the_other_gender_is_not_meant() -> None:
    said = turn("Who complained?", speaker="Idris Fallow", quote="“We cannot sleep,” she said.")
    assert stand_alone("Did he sue?", [said]) == "Did he sue?"
    assert stand_alone("Did she sue?", [said]) == "Did Idris Fallow sue?"


def test_the_topic_goes_on_over_turns_that_brought_up_nothing() -> None:
    first = turn("What is Lyme disease?")
    second = turn("Can it kill you?", standalone="Can Lyme disease kill you?")
    assert stand_alone("Can it be cured?", [first, second]) == "Can Lyme disease be cured?"


WORDS = st.lists(
    st.sampled_from(
        "and what about why when not he she it they there that his their else who said so the a "
        "of in Geneva Ryabkov causes of talks , ? . ' ’s is does his the mayor "
        "type end war old 3".split()
    ),
    min_size=1,
    max_size=9,
).map(" ".join)


@example("and about it?", "What is it's it?")
@example("why is it so?", "Why is the end of war?")
@given(WORDS | st.text(max_size=60), WORDS | st.text(min_size=1, max_size=60))
def test_any_text_is_taken_and_twice_is_once(question: str, before: str) -> None:
    for turns in ([turn(before)], [RYABKOV, turn(before, speaker=before)]):
        once = stand_alone(question, turns)
        assert stand_alone(once, turns) == once
        assert once == question or check_question(once) == once


def test_it_never_becomes_too_long() -> None:
    before = turn("Did " + "the old harbour " * 124 + "close?")
    assert len(before.question) <= MAX_LENGTH
    assert stand_alone("why?" + " " * 20, [before]).strip() == "why?"


@pytest.mark.parametrize("words", ["he said ", "it is ", "they of the ", "and what about a "])
def test_a_long_question_takes_no_longer_than_it_may(words: str) -> None:
    question = (words * MAX_LENGTH)[:MAX_LENGTH].strip()
    started = time.perf_counter()
    stand_alone(question, [turn(question), turn(question, speaker="Sergey Ryabkov")])
    assert time.perf_counter() - started < 2

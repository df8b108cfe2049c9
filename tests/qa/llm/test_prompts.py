"""What is asked of a model, whatever stands in articles, questions and earlier turns."""

import re
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from qa.llm.messages import Limits
from qa.llm.prompts import CANNOT_ANSWER, answer_messages, rewrite_messages, room_for_sources
from qa.llm.protocol import Written, parse
from qa.llm.sources import ID, estimate_tokens, listing, sources
from qa.types import Answer, Citation, Statement, Turn
from tests.qa.llm.articles import HOSTILE, found

QUESTION = "What did Ryabkov say about NATO?"
ROOM = Limits().prompt_tokens


def turn(question: str, text: str, *, answered: bool = True) -> Turn:
    citation = Citation(1, 1, "Talks", None, date(2022, 1, 10), "talks.txt", 0, 4, "Rain")
    statements = (Statement(text, (citation,), 0.9),) if answered else ()
    return Turn(
        "And he?", Answer("And he?", question, f"{text} [1]", answered, 0.9, None, statements)
    )


def test_the_sources_the_question_and_the_rules_are_sent() -> None:
    shown = sources([found("There was no progress.", speaker="Sergei Ryabkov")], ROOM)
    system, user = answer_messages(QUESTION, shown)
    assert (system.role, user.role) == ("system", "user")
    assert CANNOT_ANSWER in system.text
    before, question, reminder = user.text.rsplit("\n", 2)
    assert before == f"<sources>\n{listing(shown)}\n</sources>"
    assert question == f"Question: {QUESTION}"
    assert CANNOT_ANSWER in reminder


def test_the_example_follows_the_protocol_with_ids_that_cannot_occur() -> None:
    text = answer_messages(QUESTION, ())[0].text
    example_ids = re.findall(r"^\[(\w+)\]", text, re.MULTILINE)
    written = [w for w in parse([text.rpartition("?\n")[2]]) if isinstance(w, Written)]
    assert {each for w in written for each in w.ids} == set(example_ids)
    assert not any(re.fullmatch(ID, each) for each in example_ids)


@given(
    st.lists(st.text() | st.sampled_from(HOSTILE), min_size=1, max_size=10),
    st.text() | st.sampled_from(HOSTILE),
)
@example(list(HOSTILE), HOSTILE[6])
def test_the_sources_end_once_and_one_question_is_asked(texts: list[str], question: str) -> None:
    shown = sources([found(*texts)], 10**6)
    lines = answer_messages(question, shown)[1].text.splitlines()
    assert lines.index("</sources>") == len(lines) - 3
    assert [line[1:5] for line in lines if line.startswith("[")] == [source.id for source in shown]
    assert lines[1:-3] == listing(shown).split("\n")
    assert lines[-2].startswith("Question:")


def test_the_whole_prompt_stays_within_its_tokens() -> None:
    question = "why " * 499
    hits = [found(*["The talks went on for eight hours."] * 8, start=9999 * n) for n in range(30)]
    shown = sources(hits, room_for_sources(question, ROOM))
    used = sum(estimate_tokens(message.text) for message in answer_messages(question, shown))
    assert ROOM - 150 < used <= ROOM
    assert room_for_sources(QUESTION, ROOM) > 2000


def test_a_follow_up_is_sent_with_what_was_asked_and_answered() -> None:
    turns = [
        turn("Who spoke?", "Sergei Ryabkov spoke."),
        turn("When?", "Nobody knows.", answered=False),
    ]
    system, user = rewrite_messages("And about NATO?", turns)
    assert (system.role, user.role) == ("system", "user")
    assert user.text.splitlines() == [
        "<conversation>",
        "Question: Who spoke?",
        "Answer: Sergei Ryabkov spoke.",
        "Question: When?",
        "Answer: Nobody knows. (1)",
        "</conversation>",
        "Last question: And about NATO?",
    ]


@given(st.lists(st.tuples(st.text(), st.text() | st.sampled_from(HOSTILE)), max_size=6), st.text())
def test_a_conversation_ends_once_and_is_bounded(
    said: list[tuple[str, str]], question: str
) -> None:
    text = rewrite_messages(question, [turn(*each) for each in said])[1].text
    assert text.count("</conversation>") == 1
    assert text.splitlines()[-2] == "</conversation>"
    assert len(text) < 3000 + len(question)


def test_the_latest_turns_are_shown() -> None:
    turns = [turn(f"Question {n}?", "word " * 500) for n in range(9)]
    text = rewrite_messages("Why?", turns)[1].text
    assert re.findall(r"Question (\d)", text) == ["5", "6", "7", "8"]
    assert len(text) < 2000

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.records import RecordError, dump_answer, load_answer
from qa.service import ArticleQA
from qa.types import Answer, Citation, LeftOut, Statement
from tests.qa.processes import run_python

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
CITATIONS = st.builds(Citation, speaker=st.none() | st.text(), score=NUMBERS)
STATEMENTS = st.builds(Statement, citations=st.lists(CITATIONS).map(tuple), support=NUMBERS)
ANSWERS = st.builds(
    Answer,
    confidence=NUMBERS,
    short=st.none() | CITATIONS,
    statements=st.lists(STATEMENTS, max_size=3).map(tuple),
    left_out=st.lists(st.builds(LeftOut, statement=STATEMENTS), max_size=2).map(tuple),
    closest=st.lists(CITATIONS, max_size=3).map(tuple),
    mode=st.text(),
    timings=st.dictionaries(st.text(), NUMBERS),
)


@given(ANSWERS)
def test_what_is_read_back_is_what_was_written(answer: Answer) -> None:
    record = dump_answer(answer)
    assert load_answer(record) == answer
    assert dump_answer(load_answer(record)) == record


@pytest.mark.parametrize(
    "question",
    [
        "what did Ryabkov say about NATO?",
        "When was this published?",
        "what did Macron say about the talks?",
    ],
)
def test_a_real_answer_is_read_back(bundled_qa: ArticleQA, question: str) -> None:
    answer = bundled_qa.ask(question)
    assert load_answer(dump_answer(answer)) == answer


def test_a_record_is_one_line() -> None:
    assert "\n" not in dump_answer(Answer("a\nb", "a b", "text", answered=False, confidence=0.5))


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '{"question": "q"}', '"\x00"'])
def test_what_is_no_answer_is_told(text: str) -> None:
    with pytest.raises(RecordError, match="this is no record of an answer"):
        load_answer(text)


def test_the_field_that_is_wrong_is_named() -> None:
    record = dump_answer(Answer("q", "q", "text", answered=False, confidence=0.5))
    with pytest.raises(RecordError, match=r"\(answered: "):
        load_answer(record.replace('"answered":false', '"answered":"perhaps"'))


def test_citations_are_kept_whole(bundled_qa: ArticleQA) -> None:
    answer = bundled_qa.ask("what did Ryabkov say about NATO?")
    kept = load_answer(dump_answer(replace(answer, timings={})))
    assert kept.citations
    assert kept.citations == answer.citations


def test_importing_qa_does_not_import_it() -> None:
    run = run_python("-c", "import sys, qa, qa.service; print('qa.records' in sys.modules)")
    assert run.stdout == "False\n"

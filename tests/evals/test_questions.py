"""The question sets are sound."""

import pytest

from evals.questions import ARTICLES, Split, load_article, load_questions
from index.sentences import split_sentences
from index.types import Span


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("split", ["tune", "test"])
def test_every_evidence_span_is_whole_sentences_of_its_article(article: str, split: Split) -> None:
    document = load_article(article)
    bounds = [s for p in document.paragraphs for s in split_sentences(document.text, p)]
    bounds += document.header.values()
    starts, ends = {s.start for s in bounds}, {s.end for s in bounds}
    for question in load_questions(split, article):
        for span in question.evidence:
            assert span.start in starts, question.id
            assert span.end in ends, question.id


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("split", ["tune", "test"])
def test_answers_stand_in_their_evidence(article: str, split: Split) -> None:
    text = load_article(article).text
    for question in load_questions(split, article):
        quotes = " ".join(text[start:end] for start, end in question.evidence)
        assert all(answer in quotes for answer in question.answers), question.id
        assert question.answerable == bool(question.answers), question.id


@pytest.mark.parametrize("article", ARTICLES)
def test_half_of_the_questions_have_no_answer(article: str) -> None:
    for split in ("tune", "test"):
        questions = load_questions(split, article)
        assert sum(q.answerable for q in questions) * 2 == len(questions)


def test_tune_and_test_share_no_question() -> None:
    tune = {q.question.lower() for a in ARTICLES for q in load_questions("tune", a)}
    test = {q.question.lower() for a in ARTICLES for q in load_questions("test", a)}
    assert not tune & test


def test_a_stretch_is_evidence_where_it_overlaps() -> None:
    question = next(q for q in load_questions("tune", ARTICLES[0]) if q.answerable)
    span = question.evidence[0]
    assert question.is_evidence(span.start - 5, span.start + 1)
    assert not question.is_evidence(span.start - 5, span.start)
    assert Span(*span) == span

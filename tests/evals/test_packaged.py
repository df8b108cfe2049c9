"""The question sets are sound."""

from itertools import chain

import pytest

from evals.metrics.answers import answer_tokens
from evals.packaged import (
    ARTICLES,
    WRITTEN_ARTICLES,
    conversation_rows,
    conversation_suite,
    load_article,
    question_rows,
    standalone_suite,
    together_suite,
    tune_suite,
    written_suite,
)
from evals.rows import Row
from evals.types import Part
from index.readers import BUNDLED_ARTICLE
from index.sentences import split_sentences

PARTS: tuple[Part, Part] = ("tune", "test")


def all_rows(part: Part) -> list[Row]:
    questions = chain.from_iterable(question_rows(article, part) for article in ARTICLES)
    return [row for _, row in (*questions, *conversation_rows(part))]


def words(row: Row) -> str:
    """A question without case and marks."""
    return " ".join(answer_tokens(row.question))


def quoted(row: Row) -> str:
    """The evidence of a row, in the article's own words."""
    document = load_article(row.article)
    return " ".join(document.text[e.start : e.end] for e in row.sample(document).evidence)


@pytest.mark.parametrize("part", PARTS)
def test_every_evidence_span_is_whole_sentences_of_its_article(part: Part) -> None:
    for row in all_rows(part):
        document = load_article(row.article)
        bounds = [s for p in document.paragraphs for s in split_sentences(document.text, p)]
        bounds += document.header.values()
        for evidence in row.sample(document).evidence:
            assert evidence.start in {s.start for s in bounds}, row
            assert evidence.end in {s.end for s in bounds}, row


@pytest.mark.parametrize("part", PARTS)
def test_answers_stand_in_their_evidence_and_derived_ones_do_not(part: Part) -> None:
    for row in all_rows(part):
        evidence = quoted(row)
        assert all(answer in evidence for answer in row.answers), row
        assert not any(answer in evidence for answer in row.derived), row
        assert bool(row.evidence) == bool(row.answers or row.derived), row


@pytest.mark.parametrize("part", PARTS)
def test_speakers_are_named_in_their_article_or_question(part: Part) -> None:
    for row in all_rows(part):
        said = load_article(row.article).text + row.question
        assert not row.speaker or any(name in said for name in row.speaker), row
        assert not row.speaker or row.evidence, row


def test_tune_and_test_share_no_question_and_no_id() -> None:
    tune, test = all_rows("tune"), all_rows("test")
    assert not {words(row) for row in tune if not row.history} & {
        words(row) for row in test if not row.history
    }
    names = [row.id for row in (*tune, *test)]
    assert len(set(names)) == len(names)


def test_no_question_is_asked_twice_of_an_article() -> None:
    for part in PARTS:
        for article in ARTICLES:
            asked = [words(row) for _, row in question_rows(article, part)]
            assert len(set(asked)) == len(asked)


def test_there_are_as_many_as_there_should_be() -> None:
    for article in ARTICLES:
        rows = [row for part in PARTS for _, row in question_rows(article, part)]
        unanswerable = [row for row in rows if not row.evidence]
        assert len(rows) >= (200 if article == BUNDLED_ARTICLE else 60)
        assert len(unanswerable) >= (80 if article == BUNDLED_ARTICLE else 25)
    assert len(WRITTEN_ARTICLES) == 4


def test_a_third_is_for_tuning_and_half_has_no_answer() -> None:
    tune, test = (
        [row for article in ARTICLES for _, row in question_rows(article, part)] for part in PARTS
    )
    assert 0.3 < len(tune) / (len(tune) + len(test)) < 0.37
    for rows in (tune, test):
        assert 0.45 < sum(not row.evidence for row in rows) / len(rows) < 0.55


def test_conversations_have_two_to_four_turns_each_after_those_before_it() -> None:
    count = 0
    for part in PARTS:
        asked: list[str] = []
        for _, row in conversation_rows(part):
            asked = [*asked, row.question] if row.history else [row.question]
            assert list(row.history) == asked[:-1], row
            assert len(asked) <= 4
            assert row.standalone
            assert row.history or row.standalone == row.question, row
            count += len(asked) == 2
    assert count >= 30


def test_the_suites_are_these_questions() -> None:
    asked = [len(question_rows(article, "test")) for article in ARTICLES]
    assert len(written_suite().samples) == sum(asked[1:])
    [together] = together_suite().collections
    assert len(together.documents) == 5
    assert sum(asked) * 0.8 < len(together.samples) < sum(asked)
    tune = [len(question_rows(article, "tune")) for article in ARTICLES]
    assert len(tune_suite().samples) == sum(tune)


def test_what_stands_alone_is_asked_without_its_history() -> None:
    typed, alone = conversation_suite().samples, standalone_suite().samples
    assert [sample.id for sample in typed] == [sample.id for sample in alone]
    assert [sample.standalone for sample in typed] == [sample.question for sample in alone]
    assert any(sample.history for sample in typed)
    assert not any(sample.history for sample in alone)

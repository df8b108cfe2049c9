import time
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.lexical import stem
from qa.reading.features import SentenceFeatures, candidates
from qa.service import ArticleQA
from tests.qa.hits import make_hit


def _weights(terms: Iterable[str]) -> dict[str, float]:
    """A 'lighthouse' tells three times as much as any other word."""
    return {term: 3.0 if term.startswith("lighthous") else 1.0 for term in terms}


def _features(question: str, *sentences: str) -> SentenceFeatures:
    """Those of the first sentence of a passage."""
    [first, *_] = candidates(question, [make_hit(1, *sentences)], _weights)
    return SentenceFeatures(*first.features)


def test_every_sentence_found_is_a_candidate_with_its_own_cosine() -> None:
    hits = [make_hit(1, "One.", "Two.", cosines=(0.1, 0.2)), make_hit(2, "Three.", cosines=(0.3,))]
    found = candidates("what?", hits, _weights)
    assert [(c.text, SentenceFeatures(*c.features).sentence_cosine) for c in found] == [
        ("One.", 0.1),
        ("Two.", 0.2),
        ("Three.", 0.3),
    ]


def test_what_the_search_found_of_the_passage_is_kept() -> None:
    features = _features("what?", "One.")
    assert (features.passage_cosine, features.passage_coverage) == (0.2, 0.7)


def test_coverage_is_the_weighted_share_of_the_questions_words() -> None:
    features = _features("lighthouses, a keeper?", "The keeper slept.", "The lighthouse burned.")
    assert features.sentence_coverage == 1 / 4


def test_words_that_no_passage_has_are_missing() -> None:
    assert _features("lighthouse keeper?", "The keeper slept.").missing_words == 3 / 4


def test_names_that_the_passage_lacks_are_missing() -> None:
    features = _features("What did Orly tell Karlsen’s aide?", "It rained.", "Karlsen smiled.")
    assert features.missing_names == 1 / 2


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How many came?", "Some forty came, 12 left.", 1),
        ("How much was it?", "Several million.", 1),
        ("How many came?", "Nobody counted.", -1),
        ("When was that?", "It was on Monday.", 1),
        ("What day was it?", "Nobody knows.", -1),
        ("Who came?", "12 came on Monday.", 0),
    ],
)
def test_type_match_is_whether_a_number_or_a_time_is_there_if_asked_for(
    question: str, sentence: str, expected: float
) -> None:
    assert _features(question, sentence).type_match == expected


@pytest.mark.parametrize(
    ("question", "sentences", "expected"),
    [
        ("What did Ilse Karlsen say?", ["Karlsen said no."], 1),
        ("According to Karlsen, who came?", ["Karlsen said no."], 1),
        ("What did Karlsen say?", ["No, she said.", "Karlsen left."], 0.5),
        ("What did Karlsen say?", ["Orly said no."], -1),
        ("Who came?", ["Karlsen said no."], 0),
        ("What did * say?", ["Karlsen said no."], 0),
    ],
)
def test_speaker_is_whether_the_one_asked_about_is_named(
    question: str, sentences: list[str], expected: float
) -> None:
    assert _features(question, *sentences).speaker == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What did she say?", "She said no.", 1),
        ("What did she say?", "She left.", 0),
        ("Who left?", "She said no.", 0),
    ],
)
def test_speech_is_whether_words_are_asked_for_and_reported(
    question: str, sentence: str, expected: float
) -> None:
    assert _features(question, sentence).speech == expected


def test_a_question_of_white_space_and_letters_takes_no_time(bundled_qa: ArticleQA) -> None:
    started = time.perf_counter()
    bundled_qa.ask("did" + " " * 1900 + "the minister talk")
    bundled_qa.ask("did " + "a " * 900 + "talk")
    assert time.perf_counter() - started < 5


@given(st.text(st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=12))
@example("ies")
@example("ying")
def test_a_stem_begins_as_its_word(word: str) -> None:
    # What lets words be left unstemmed that begin as nothing that is asked for.
    assert stem(word)[0] == word[0]

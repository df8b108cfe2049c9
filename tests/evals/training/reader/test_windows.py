"""Training windows: which sentences, in what order, and where the answer is in them."""

import random
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from evals.training.reader.noise import without_marks
from evals.training.reader.texts import Asked
from evals.training.reader.windows import Mixture, Window, WindowMaker
from tests.evals.training.reader.made import (
    MAKE,
    asked_of_text,
    asked_ones,
    same_words,
    text_of,
    words_of,
)

CLOSED = ["The pier is shut.", "It closed in March."]
OPENED = ["The ferry sails.", "It sails at noon."]
PAID = ["Mayor Orr paid 90 crowns.", "Nobody else paid."]
ARTICLE = text_of(CLOSED, OPENED, PAID)
PIER = asked_of_text("When did the pier close?", ARTICLE, "March", 1)
CALM = Mixture(negatives=0, noisy=0, bare=0)
"""The question as it is, where it is answered."""

ELSEWHERE = Mixture(negatives=1, swaps=0, removed=0, noisy=0, bare=0)
REMOVED = Mixture(negatives=1, swaps=0, removed=1, noisy=0, bare=0)
SWAPPED = Mixture(negatives=1, swaps=1, noisy=0, bare=0)

mixtures = st.builds(
    Mixture,
    max_tokens=st.integers(8, 70),
    negatives=st.just(0),
    noisy=st.sampled_from([0, 0.5]),
    bare=st.sampled_from([0, 1]),
)
seeds = st.integers(0, 1_000_000)


def windows(mixture: Mixture, *asked: Asked) -> Iterator[Window]:
    """Windows of the first of some questions; chance is different in each."""
    for seed in range(60):
        window = WindowMaker(asked, MAKE, mixture, random.Random(seed)).window(asked[0])
        if window is not None:
            yield window


def texts(window: Window) -> list[str]:
    return [sentence.text for sentence in window.sentences]


def numbers(window: Window) -> list[int]:
    """Of the sentences, which begin with them."""
    return [int(sentence.text.split(" ")[0]) for sentence in window.sentences]


def is_negative(window: Window) -> bool:
    return window.answer is None and not any(window.evidence)


def test_a_window_is_the_question_with_sentences_around_the_answer() -> None:
    found = list(windows(CALM, PIER))
    assert len(found) == 60
    assert {window.question.text for window in found} == {PIER.question}
    assert all(CLOSED[1] in texts(window) for window in found)
    assert [*CLOSED, *OPENED, *PAID] in map(texts, found)


def test_the_evidence_is_what_answers() -> None:
    for window in windows(CALM, PIER):
        assert [s for s, e in zip(texts(window), window.evidence, strict=True) if e] == [CLOSED[1]]
        assert window.answer
        assert words_of(window.answer, window.sentences) == "March"


def test_a_window_counts_its_tokens_and_the_special_ones() -> None:
    window = Window(MAKE("Who paid?"), (MAKE("Orr paid."), MAKE("Yes.")), (True, False), None)
    assert window.tokens == 3 + 3 + 2 + 3


@settings(deadline=None)
@given(asked_ones(), mixtures, seeds)
def test_no_window_is_longer_than_allowed(asked: Asked, mixture: Mixture, seed: int) -> None:
    window = WindowMaker([asked], MAKE, mixture, random.Random(seed)).window(asked)
    if window:
        assert window.tokens <= mixture.max_tokens
        assert window.sentences


@settings(deadline=None)
@given(asked_ones(), mixtures, seeds)
def test_sentences_stand_in_the_order_of_reading(asked: Asked, mixture: Mixture, seed: int) -> None:
    window = WindowMaker([asked], MAKE, mixture, random.Random(seed)).window(asked)
    if window:
        found = numbers(window)
        assert found == sorted(set(found))
        assert [i in asked.evidence for i in found] == list(window.evidence)


@settings(deadline=None)
@given(asked_ones(), mixtures, seeds)
def test_the_answer_is_in_its_window(asked: Asked, mixture: Mixture, seed: int) -> None:
    window = WindowMaker([asked], MAKE, mixture, random.Random(seed)).window(asked)
    if window:
        assert asked.answer
        assert window.answer
        assert numbers(window)[window.answer.sentence] == asked.answer.sentence
        found = words_of(window.answer, window.sentences)
        assert found.strip()
        assert same_words(found, words_of(asked.answer, asked.text.sentences))


@settings(deadline=None)
@given(asked_ones(), seeds)
def test_a_question_whose_evidence_is_removed_has_none(asked: Asked, seed: int) -> None:
    window = WindowMaker([asked], MAKE, REMOVED, random.Random(seed)).window(asked)
    if window:
        assert is_negative(window)
        assert not asked.evidence & set(numbers(window))


@settings(deadline=None)
@given(asked_ones(), seeds)
def test_a_question_asked_elsewhere_has_no_evidence(asked: Asked, seed: int) -> None:
    window = WindowMaker([asked], MAKE, ELSEWHERE, random.Random(seed)).window(asked)
    if window:
        assert is_negative(window)
        gold = [set(p) for p in asked.text.paragraphs if asked.evidence & set(p)]
        assert not set(numbers(window)) & set().union(*gold)


def test_nothing_is_made_where_the_answer_does_not_fit() -> None:
    cramped = Mixture(max_tokens=12, negatives=0, noisy=0, bare=0)
    assert list(windows(cramped, PIER)) == []


def test_nothing_is_made_where_all_is_removed() -> None:
    alone = asked_of_text("When did it close?", text_of(["It closed in March."]), "March", 0)
    assert list(windows(REMOVED, alone)) == []


def test_elsewhere_in_an_article_is_another_paragraph() -> None:
    found = list(windows(ELSEWHERE, PIER))
    assert found
    assert all(is_negative(window) for window in found)
    assert set().union(*map(texts, found)) == {*OPENED, *PAID}


def test_elsewhere_of_a_paragraph_is_the_one_of_its_group_most_like_the_question() -> None:
    pier = asked_of_text("When did the pier close?", text_of(CLOSED), "March", 1)
    ferry = asked_of_text("When does it sail?", text_of(OPENED), "noon", 1)
    like = asked_of_text("Where is the pier?", text_of(["A pier is at Lund."]), "Lund", 0)
    other = asked_of_text("Who?", text_of(["Did a pier close? Orr."], group="x"), "Orr", 0)
    found = list(windows(ELSEWHERE, pier, ferry, like, other))
    assert len(found) == 60
    assert all(is_negative(window) for window in found)
    assert {tuple(texts(window)) for window in found} == {("A pier is at Lund.",)}


def test_a_paragraph_alone_is_asked_about_nowhere_else() -> None:
    pier = asked_of_text("When did the pier close?", text_of(CLOSED), "March", 1)
    assert list(windows(ELSEWHERE, pier)) == []


def test_a_swapped_question_is_seen_where_the_right_one_is_answered() -> None:
    asked = asked_of_text("When did Lund close the pier?", ARTICLE, "March", 1)
    found = list(windows(SWAPPED, asked))
    assert found
    assert all(is_negative(window) for window in found)
    assert all(CLOSED[1] in texts(window) for window in found)
    assert {window.question.text for window in found} >= {
        "When did Orr close the pier?",
        "When did Lund build the pier?",
    }


def test_a_question_that_cannot_be_swapped_is_not() -> None:
    asked = asked_of_text("What sails?", text_of(OPENED), "ferry", 0)
    assert list(windows(SWAPPED, asked)) == []


def test_a_question_without_an_answer_stays_so() -> None:
    unanswered = Asked("Who built the pier?", ARTICLE, frozenset(), None)
    for mixture in (CALM, SWAPPED, ELSEWHERE):
        found = list(windows(mixture, unanswered))
        assert len(found) == 60
        assert all(is_negative(window) for window in found)
        assert {window.question.text for window in found} == {unanswered.question}


def test_a_share_of_the_questions_is_asked_where_the_answer_is_not() -> None:
    maker = WindowMaker([PIER], MAKE, Mixture(negatives=0.3), random.Random(5))
    found = [window for _ in range(600) if (window := maker.window(PIER))]
    share = sum(map(is_negative, found)) / len(found)
    assert 0.15 < share < 0.4


def test_a_bare_window_has_no_marks() -> None:
    text = text_of(["Orr’s aide said “the town’s pier” is shut."])
    asked = asked_of_text("What’s ‘shut’?", text, "“the town’s pier”", 0)
    for window in windows(Mixture(negatives=0, noisy=0, bare=1), asked):
        assert texts(window) == ["Orrs aide said the towns pier is shut."]
        assert window.question.text == "Whats shut?"
        assert window.answer
        assert words_of(window.answer, window.sentences) == "the towns pier"


def test_an_answer_of_nothing_but_marks_keeps_them() -> None:
    asked = asked_of_text("Which mark?", text_of(["It is '' '' here."]), "'' ''", 0)
    for window in windows(Mixture(negatives=0, noisy=0, bare=1), asked):
        assert texts(window) == ["It is '' '' here."]


def test_words_that_run_together_do_not_make_a_window_too_long() -> None:
    together = "The harbour’engineers left."
    asked = asked_of_text("Who?", text_of([together]), "left", 0)
    room = len(MAKE(together).ids) + len(MAKE("Who?").ids) + 3
    assert len(MAKE(without_marks(together)).ids) > len(MAKE(together).ids)
    for most, expected in ((room, together), (room + 1, "The harbourengineers left.")):
        found = list(windows(Mixture(max_tokens=most, negatives=0, noisy=0, bare=1), asked))
        assert found
        assert all(texts(window) == [expected] for window in found)

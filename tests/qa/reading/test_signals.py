from collections.abc import Sequence

import numpy as np
import pytest

from index.types import Span
from qa.reading.signals import MAX_ANSWER_TOKENS, ReadSentence, read_sentences
from qa.reading.windows import SentenceTokens, Window


def offsets(count: int, start: int = 0) -> tuple[Span, ...]:
    """Words of four letters with a space between."""
    return tuple(Span(start + 5 * i, start + 5 * i + 4) for i in range(count))


def words(first: int, offsets: tuple[Span, ...], hit: int = 0, number: int = 0) -> SentenceTokens:
    """A sentence of words of one token each."""
    numbers = tuple(range(len(offsets)))
    return SentenceTokens(hit, number, first, first + len(offsets) - 1, offsets, numbers)


def read(tokens: Sequence[Sequence[float]], *sentences: SentenceTokens) -> list[ReadSentence]:
    window = Window((0,) * len(tokens), 1, sentences)
    logits = np.array([tokens], dtype=np.float32)
    return list(read_sentences([window], logits, np.array([0.25], dtype=np.float32)))


def test_the_best_span_of_a_sentence_begins_and_ends_at_the_highest_logits() -> None:
    tokens: list[list[float]] = [[1, 0.5, 0], [2, 0, 1], [5, 1, 2], [0, 3, 3], [9, 9, 9]]
    [sentence] = read(tokens, words(1, offsets(3)))
    assert sentence.answer.span == Span(5, 14)
    # 5 + 3, and for no answer 1 + 0.5.
    assert sentence.signals.margin == pytest.approx(8 - 1.5)
    assert sentence.signals.evidence == pytest.approx(2.0)
    assert sentence.signals.window == pytest.approx(0.25)


def test_an_answer_does_not_end_before_it_begins() -> None:
    [sentence] = read([[0, 0, 0], [0, 9, 0], [9, 0, 0]], words(1, offsets(2)))
    assert sentence.answer.sure == pytest.approx(0.5, abs=1e-3)  # Either of the two words.
    assert sentence.signals.margin == pytest.approx(9)


def test_an_answer_is_not_longer_than_the_longest() -> None:
    count = MAX_ANSWER_TOKENS + 5
    tokens = [[0.0, 0.0, 0.0] for _ in range(count + 1)]
    tokens[1][0], tokens[count][1] = 5.0, 6.0
    [sentence] = read(tokens, words(1, offsets(count)))
    start, end = sentence.answer.span
    assert end - start <= 5 * MAX_ANSWER_TOKENS
    assert sentence.signals.margin == pytest.approx(6)


def test_each_sentence_has_its_own_numbers() -> None:
    tokens = [[0, 0, 0], [1, 1, 1], [4, 4, -2]]
    first, second = read(tokens, words(1, offsets(1), 3), words(2, offsets(1, 90), 3, 1))
    assert (first.hit, first.number, first.signals.evidence) == (3, 0, 1)
    assert (second.number, second.signals.margin, second.answer.span) == (1, 8, Span(90, 94))


def test_a_word_is_not_split() -> None:
    tokens = [[0, 0, 0], [2, 0, 0], [9, 9, 0], [0, 3, 0], [0, 0, 0]]
    parts = (Span(0, 4), Span(4, 7), Span(7, 9), Span(10, 12))
    [sentence] = read(tokens, SentenceTokens(0, 0, 1, 4, parts, (0, 0, 0, 1)))
    assert sentence.answer.span == Span(0, 9)


def test_a_word_longer_than_any_answer_is_answered_in_part() -> None:
    count = MAX_ANSWER_TOKENS + 5
    tokens = [[0.0, 0.0, 0.0] for _ in range(count + 1)]
    tokens[3] = [9.0, 9.0, 0.0]
    [sentence] = read(tokens, SentenceTokens(0, 0, 1, count, offsets(count), (0,) * count))
    assert sentence.answer.span == Span(10, 14)


def test_of_answers_that_are_as_likely_none_is_sure() -> None:
    [sentence] = read([[0, 0, 0], [5, 5, 0], [0, 0, 0], [5, 5, 0]], words(1, offsets(3)))
    assert 0.3 < sentence.answer.sure < 0.35  # Each of the two words, or all three.
    assert sentence.signals.margin == pytest.approx(10)

"""Labels of tokens to stretches: the most likely sequence, held against trying all of them."""

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.attribution import stretches
from index.attribution.labels import CONTENT, CUE, LABELS, OUTSIDE, PARTS, SOURCE, begins, goes_on
from index.attribution.stretches import Logits, find_stretches
from index.attribution.windows import Tokens, Window
from index.types import Span

FOUND = list[tuple[int, range]]


def find(logits: Logits, words: list[int], breaks: frozenset[int] = frozenset()) -> FOUND:
    """What is found in tokens of these words, with no window around."""
    count = len(words)
    offsets = tuple(Span(i, i + 1) for i in range(count))
    tokens = Tokens(tuple(range(count)), offsets, tuple(words), (range(count),), breaks)
    special = np.zeros((1, LABELS), dtype=np.float32)
    whole = np.concatenate([special, logits, special])
    found = find_stretches(tokens, Window(range(count), range(count)), whole)
    return [(stretch.part, stretch.tokens) for stretch in found]


def sure(*labels: int) -> Logits:
    """Logits of tokens whose labels are beyond doubt."""
    logits = np.full((len(labels), LABELS), -9.0, dtype=np.float32)
    logits[range(len(labels)), list(labels)] = 9
    return logits


BEGIN, GO_ON = begins(CONTENT), goes_on(CONTENT)


def test_a_stretch_ends_where_another_begins_or_none_is() -> None:
    labels = sure(BEGIN, GO_ON, BEGIN, OUTSIDE, begins(CUE))
    assert find(labels, [0, 1, 2, 3, 4]) == [
        (CONTENT, range(2)),
        (CONTENT, range(2, 3)),
        (CUE, range(4, 5)),
    ]


def test_a_word_that_is_hardly_of_no_part_does_not_divide() -> None:
    logits = sure(BEGIN, OUTSIDE, GO_ON)
    logits[1, [OUTSIDE, GO_ON]] = 2.0, 1.5
    assert find(logits, [0, 1, 2]) == [(CONTENT, range(3))]


def test_a_word_is_of_one_part_with_all_its_tokens() -> None:
    logits = sure(OUTSIDE, BEGIN, OUTSIDE, OUTSIDE)
    logits[2, GO_ON] = 8
    assert find(logits, [0, 1, 1, 2]) == [(CONTENT, range(1, 3))]


def test_nothing_goes_on_over_a_break() -> None:
    labels = sure(BEGIN, GO_ON, GO_ON)
    assert find(labels, [0, 1, 2]) == [(CONTENT, range(3))]
    assert find(labels, [0, 1, 2], frozenset([2])) == [(CONTENT, range(2)), (CONTENT, range(2, 3))]


def test_sources_and_cues_are_found_where_they_are_less_likely_than_not() -> None:
    logits = np.full((1, LABELS), -9.0, dtype=np.float32)
    for part, expected in ((SOURCE, True), (CUE, True), (CONTENT, False)):
        own = logits.copy()
        own[0, [OUTSIDE, begins(part)]] = 0.5, 0
        assert bool(find(own, [0])) == expected


@given(arrays.arrays(np.float32, (4, LABELS), elements=st.floats(-4, 4, width=32)))
def test_no_other_sequence_is_more_likely(scores: Logits) -> None:
    def is_allowed(labels: Sequence[int]) -> bool:
        return all(
            before in (begins(part), goes_on(part))
            for before, label in pairwise(labels)
            for part in PARTS
            if label == goes_on(part)
        )

    def likelihood(labels: Sequence[int]) -> float:
        return sum(float(scores[i, label]) for i, label in enumerate(labels))

    path = stretches._most_likely(scores)
    assert is_allowed(path)
    best = max(map(likelihood, filter(is_allowed, product(range(LABELS), repeat=4))))
    assert likelihood(path) == pytest.approx(best)


def test_nothing_is_found_in_nothing() -> None:
    assert find(np.empty((0, LABELS), dtype=np.float32), []) == []

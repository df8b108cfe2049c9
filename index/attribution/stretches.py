"""The stretches of a window's tokens that are of one part: the most likely sequence of labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.attribution.labels import CONTENT, CUE, LABELS, OUTSIDE, PARTS, SOURCE, begins, goes_on
from index.attribution.windows import Tokens, Window

Logits = NDArray[np.float32]

_ODDS = {SOURCE: 3.0, CUE: 3.0, CONTENT: 1.0}
"""What the odds of a part are multiplied with: the network, which learnt to be right about most
tokens, misses more sources and cues than it invents. Chosen on the articles that training held out.
"""

_NEVER = np.float32(-1e9)


def _steps() -> Logits:
    costs = np.zeros((LABELS, LABELS), dtype=np.float32)
    for part in PARTS:
        costs[:, goes_on(part)] = _NEVER
        costs[[begins(part), goes_on(part)], goes_on(part)] = 0
    return costs


_STEPS = _steps()
"""What a label costs after another one: nothing or, where it cannot be, too much."""


@dataclass(frozen=True)
class Stretch:
    """Tokens in a row that are of one part.

    Attributes:
        tokens: Their numbers in the article.
        is_decided: Whether they are ones about which the window is believed.
    """

    part: int
    tokens: range
    is_decided: bool


def find_stretches(tokens: Tokens, window: Window, labels: Logits) -> list[Stretch]:
    """Returns the stretches of a window, of whole words.

    Args:
        tokens: Of the article.
        window: What of it was read.
        labels: Of its tokens, shape (tokens with the special ones, labels).
    """
    words = [list(group) for _, group in groupby(window.read, key=tokens.words.__getitem__)]
    if not words:
        return []
    shares = _log_shares(labels[1:-1])
    firsts = np.array([word[0] for word in words]) - window.read.start
    sizes = np.array([len(word) for word in words])
    scores = _word_scores(shares, firsts, sizes)
    _begin_anew(scores, [n == 0 or word[0] in tokens.breaks for n, word in enumerate(words)])
    path = _most_likely(scores)
    found: list[tuple[int, int, int]] = []
    before = OUTSIDE
    for word, label in zip(words, path, strict=True):
        if label != OUTSIDE:
            part = next(p for p in PARTS if label in (begins(p), goes_on(p)))
            if label == goes_on(part) and before != OUTSIDE:
                found[-1] = part, found[-1][1], word[-1]
            else:
                found.append((part, word[0], word[-1]))
        before = label
    return [
        Stretch(part, range(first, last + 1), first in window.decided)
        for part, first, last in found
    ]


def _log_shares(logits: Logits) -> Logits:
    """The logarithms of the labels' probabilities, with the parts' odds."""
    odds = np.zeros(LABELS, dtype=np.float32)
    for part in PARTS:
        odds[[begins(part), goes_on(part)]] = np.log(_ODDS[part])
    shifted = logits - logits.max(axis=-1, keepdims=True)
    shares: Logits = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)) + odds
    return shares


def _word_scores(shares: Logits, firsts: NDArray[np.int_], sizes: NDArray[np.int_]) -> Logits:
    """The mean of each word's tokens; where a word begins a part, its other tokens go on with it.

    Returns:
        Shape (words, labels).
    """
    means: Logits = np.add.reduceat(shares, firsts, axis=0)
    means /= sizes[:, None]
    for part in PARTS:
        gain = shares[firsts, begins(part)] - shares[firsts, goes_on(part)]
        means[:, begins(part)] = means[:, goes_on(part)] + gain / sizes
    return means


def _begin_anew(scores: Logits, breaks: Sequence[bool]) -> None:
    """Makes what would go on at these words begin there."""
    rows = np.flatnonzero(breaks)
    for part in PARTS:
        both = np.logaddexp(scores[rows, begins(part)], scores[rows, goes_on(part)])
        scores[rows, begins(part)] = both
        scores[rows, goes_on(part)] = _NEVER


def _most_likely(scores: Logits) -> list[int]:
    """The best sequence of labels in which a part goes on only after it began (Viterbi 1967)."""
    best, origins = scores[0], []
    for own in scores[1:]:
        through = best[:, None] + _STEPS
        origins.append(through.argmax(axis=0))
        best = through.max(axis=0) + own
    path = [int(best.argmax())]
    for origin in reversed(origins):
        path.append(int(origin[path[-1]]))
    return path[::-1]

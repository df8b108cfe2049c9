"""From the network's logits to what is known of each sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.types import Span
from qa.reading.choice import ShortAnswer
from qa.reading.windows import SentenceTokens, Window

START, END, EVIDENCE = range(3)
"""The columns of the network's token logits."""

MAX_ANSWER_TOKENS = 40
"""A short answer is no longer."""

Logits = NDArray[np.float32]


class Signals(NamedTuple):
    """What the network makes of one sentence, each a logit.

    Attributes:
        evidence: That it helps to answer.
        margin: How much better its best span is than "no answer".
        window: That its window holds the answer.
    """

    evidence: float
    margin: float
    window: float


@dataclass(frozen=True)
class ReadSentence:
    """One sentence after reading.

    Attributes:
        hit: The number of its passage among those found.
        number: Of the sentence in its passage.
        answer: Its best short answer.
    """

    hit: int
    number: int
    signals: Signals
    answer: ShortAnswer


def read_sentences(
    windows: Sequence[Window], tokens: Logits, answerable: Logits
) -> Iterator[ReadSentence]:
    """Yields what the network makes of each sentence.

    Args:
        windows: What was read.
        tokens: The token logits, shape (windows, tokens, 3).
        answerable: The windows' logits, shape (windows,).
    """
    for window, logits, found in zip(windows, tokens, answerable, strict=True):
        null = float(logits[0, START] + logits[0, END])
        for sentence in window.sentences:
            own = logits[sentence.first : sentence.last + 1]
            best, answer = _best_span(own, sentence)
            signals = Signals(float(own[:, EVIDENCE].mean()), best - null, float(found))
            yield ReadSentence(sentence.hit, sentence.number, signals, answer)


def _best_span(logits: Logits, sentence: SentenceTokens) -> tuple[float, ShortAnswer]:
    """The score of a sentence's best span of whole words, and that span."""
    count = len(logits)
    words = np.array(sentence.words)
    between = words[1:] != words[:-1]
    begins, ends = np.append(True, between), np.append(between, True)
    distance = np.arange(count)[None, :] - np.arange(count)[:, None]
    allowed = (distance >= 0) & (distance < MAX_ANSWER_TOKENS) & begins[:, None] & ends[None, :]
    if not allowed.any():  # One word, longer than any answer.
        allowed = distance == 0
    scores = np.where(allowed, logits[:, START, None] + logits[None, :, END], -np.inf)
    first, last = divmod(int(scores.argmax()), count)
    best = float(scores[first, last])
    # Its probability among all spans of the sentence, their scores being logits.
    sure = float(1 / np.exp(scores - best).sum())
    span = Span(sentence.offsets[first].start, sentence.offsets[last].end)
    return best, ShortAnswer(span, sure)

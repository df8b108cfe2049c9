"""What the network reads: a question with as many found passages as fit, as tokens."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tokenizers import Encoding, Tokenizer

from index.types import Hit, Span

WINDOW_TOKENS = 224
"""The most that a window has, unless its first passage alone is longer; it was trained on these."""

READ_TOKENS = 512
"""How much is read of a question's passages at most: what two cores read in some 60 ms."""

CLS, SEP = 101, 102
"""The special tokens of the packaged encoder: before the whole, and behind each part."""

PASSAGE_TOKENS = 384
"""What is beyond is not read; only a passage cut for another embedding model can be longer."""

_QUESTION_TOKENS = 64
"""What is beyond is not read; questions are seldom longer than 30."""


class SentenceTokens(NamedTuple):
    """Where a sentence of a found passage stands in a window.

    Attributes:
        hit: The number of the passage among those found.
        number: Of the sentence in its passage.
        first: Its first token in the window.
        last: Its last one.
        offsets: Of its tokens in the article.
        words: The number of the word that each token is of.
    """

    hit: int
    number: int
    first: int
    last: int
    offsets: tuple[Span, ...]
    words: tuple[int | None, ...]


@dataclass(frozen=True)
class Window:
    """``[CLS] question [SEP] passages [SEP]``.

    Attributes:
        ids: Of all tokens.
        text_from: Where the passages begin.
        sentences: In the order of reading.
    """

    ids: tuple[int, ...]
    text_from: int
    sentences: tuple[SentenceTokens, ...]


def pack(question: str, hits: Sequence[Hit], tokenizer: Tokenizer) -> list[Window]:
    """Returns windows over the passages found, the best first, as many as the budget allows.

    Args:
        question: Is in each window.
        hits: The best first.
        tokenizer: The network's; it cuts at ``PASSAGE_TOKENS``.
    """
    begin = tokenizer.encode(question, add_special_tokens=False).ids[:_QUESTION_TOKENS]
    begin = [CLS, *begin, SEP]
    passages = tokenizer.encode_batch([h.passage.text for h in hits], add_special_tokens=False)
    groups = _groups([len(p.ids) for p in passages], WINDOW_TOKENS - len(begin) - 1)
    return [_window(begin, group, hits, passages) for group in groups]


def _groups(sizes: Sequence[int], room: int) -> Iterator[list[int]]:
    """Yields the numbers of the passages that are read together, as many as are read at all."""
    group: list[int] = []
    filled, read = 0, 0
    for i, size in enumerate(sizes):
        read += size
        if i and read > READ_TOKENS:
            break
        if group and filled + size > room:
            yield group
            group, filled = [], 0
        group.append(i)
        filled += size
    if group:
        yield group


def _window(
    begin: list[int],
    group: Sequence[int],
    hits: Sequence[Hit],
    passages: Sequence[Encoding],
) -> Window:
    """One window, its passages in the order of reading."""
    ids = begin.copy()
    sentences: list[SentenceTokens] = []
    for i in sorted(group, key=lambda i: (hits[i].article.id, hits[i].passage.start)):
        sentences += _sentences(i, hits[i], passages[i], len(ids))
        ids += passages[i].ids
    return Window((*ids, SEP), len(begin), tuple(sentences))


def _sentences(i: int, hit: Hit, passage: Encoding, first: int) -> Iterator[SentenceTokens]:
    """The sentences of a passage whose first token is at ``first``."""
    start, text = hit.passage.start, hit.passage.text
    offsets = [Span(start + s, start + _after_marks(text, e)) for s, e in passage.offsets]
    token = 0
    for number, sentence in enumerate(hit.passage.sentences):
        while token < len(offsets) and offsets[token].start < sentence.start:
            token += 1
        after = token
        while after < len(offsets) and offsets[after].start < sentence.end:
            after += 1
        if after > token:
            own = slice(token, after)
            yield SentenceTokens(
                i,
                number,
                first + token,
                first + after - 1,
                tuple(offsets[own]),
                tuple(passage.word_ids[own]),
            )
        token = after


def _after_marks(text: str, end: int) -> int:
    """Where the accents end that stand behind a letter: the tokenizer leaves them out."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end

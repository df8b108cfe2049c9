"""Made text: meaningless, but in its words and lengths like news, so that it costs what news costs.

The words are English ones, drawn by Zipf's law: a few are everywhere, most are rare. Searching for
words depends on that, and so does the number of tokens.
"""

import re
from functools import cache
from itertools import accumulate
from random import Random

from index.model import PACKAGED_MODEL, locate_model
from index.types import Document, Span

PASSAGES_PER_ARTICLE = 12
"""The headline's and the paragraphs'. The last article of a corpus may have fewer."""

_SENTENCES = (1, 4)
_SENTENCE_WORDS = (12, 27)
_HEADLINE_WORDS = (5, 10)
_QUESTION_WORDS = (5, 11)
_ZIPF_SHIFT = 2.7
"""Mandelbrot's: with it the commonest word is one in twenty-five, about as "the" is in news."""


def made_articles(passages: int) -> list[Document]:
    """Makes articles that are cut into this many passages; the same ones each time."""
    rng = Random(passages)  # noqa: S311 - it makes text, not secrets
    return [
        _article(rng, start, min(PASSAGES_PER_ARTICLE, passages - start))
        for start in range(0, passages, PASSAGES_PER_ARTICLE)
    ]


def made_questions(count: int) -> list[str]:
    """Makes questions in the same words, all different; the same ones each time."""
    rng = Random("questions")  # noqa: S311
    questions = dict[str, None]()
    while len(questions) < count:
        questions[f"What did {' '.join(_words(rng, _QUESTION_WORDS))}?"] = None
    return list(questions)


def _article(rng: Random, number: int, passages: int) -> Document:
    lines = [" ".join(_words(rng, _HEADLINE_WORDS)).capitalize()]
    lines += [_paragraph(rng) for _ in range(passages - 1)]
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    spans = tuple(
        Span(start, start + len(line)) for start, line in zip(starts, lines, strict=False)
    )
    name = f"made-{number}"
    return Document(key=name, source=name, text="\n".join(lines), title=lines[0], paragraphs=spans)


def _paragraph(rng: Random) -> str:
    sentences = (" ".join(_words(rng, _SENTENCE_WORDS)) for _ in range(rng.randint(*_SENTENCES)))
    return " ".join(f"{sentence.capitalize()}." for sentence in sentences)


def _words(rng: Random, lengths: tuple[int, int]) -> list[str]:
    words, weights = _vocabulary()
    return rng.choices(words, cum_weights=weights, k=rng.randint(*lengths))


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """The whole words of the packaged model, the common ones first, and their summed weights."""
    lines = (locate_model(PACKAGED_MODEL).folder / "vocab.txt").read_text("utf-8").splitlines()
    words = [line for line in lines if re.fullmatch("[a-z]{2,}", line)]
    return words, list(accumulate(1 / (rank + _ZIPF_SHIFT) for rank in range(len(words))))

"""Stretches of articles, as the network will read them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from evals.training.attribution.texts import Article, Link
from index.attribution.labels import LINKED, NOBODY

MAX_TOKENS = 256
"""The most that a window has, the special ones included."""

CLS, SEP = 101, 102
_SPECIAL = 2
NO_LABEL = -100
"""What ``torch.nn.functional.cross_entropy`` passes over."""


@dataclass(frozen=True)
class Window:
    """The tokens of an article from ``first`` to before ``after``, in ``[CLS]`` and ``[SEP]``."""

    article: Article
    first: int
    after: int

    @property
    def tokens(self) -> int:
        """Of the whole, special ones included."""
        return self.after - self.first + _SPECIAL


@dataclass(frozen=True)
class Batch:
    """Windows that are learnt from together; w windows of t tokens.

    Attributes:
        input_ids: (w, t), as is the next; see ``AttributionNetwork.forward``.
        labels: -100 for none; (w, t).
        links: Whether a token is of the source, or the cue, of a token of a content;
            (w, 2, t, t).
        linked: Whether that is known of a token; (w, 2, t).
    """

    input_ids: Tensor
    attention_mask: Tensor
    labels: Tensor
    links: Tensor
    linked: Tensor


def windows(articles: Sequence[Sequence[Article]], rng: random.Random) -> Iterator[Window]:
    """Yields windows without end: each time through, every paragraph of every article once or so.

    Args:
        articles: The variants of each, of which chance takes one.
        rng: All chance is from here.
    """
    while True:
        for variants in rng.sample(articles, len(articles)):
            yield from _windows(rng.choice(variants), rng)


def _windows(article: Article, rng: random.Random) -> Iterator[Window]:
    """Runs of paragraphs; the first one is short by chance, so that none begins as last time."""
    room = rng.randint(MAX_TOKENS // 4, MAX_TOKENS) - _SPECIAL
    first, after = 0, 0
    for paragraph in article.paragraphs:
        if paragraph.stop - first > room and after > first:
            yield Window(article, first, after)
            first, room = after, MAX_TOKENS - _SPECIAL
        while paragraph.stop - first > room:
            yield Window(article, first, first + room)
            first, room = first + room, MAX_TOKENS - _SPECIAL
        after = paragraph.stop
    if after > first:
        yield Window(article, first, after)


def make_batch(windows: Sequence[Window]) -> Batch:
    """Returns windows as a batch, padded to the longest."""
    count, size = len(windows), max(w.tokens for w in windows)
    ids = torch.zeros((count, size), dtype=torch.long)
    mask = torch.zeros_like(ids)
    labels = torch.full_like(ids, NO_LABEL)
    links = torch.zeros((count, len(LINKED), size, size), dtype=torch.bool)
    linked = torch.zeros((count, len(LINKED), size), dtype=torch.bool)
    for row, window in enumerate(windows):
        own = slice(window.first, window.after)
        ids[row, : window.tokens] = torch.tensor([CLS, *window.article.ids[own], SEP])
        mask[row, : window.tokens] = 1
        labels[row, 1 : window.tokens - 1] = torch.tensor(window.article.labels[own])
        for link in window.article.links:
            _link(window, link, links[row], linked[row])
    return Batch(ids, mask, labels, links, linked)


def _link(window: Window, link: Link, links: Tensor, linked: Tensor) -> None:
    content = _inside(window, link.content)
    for row, whole in enumerate((link.source, link.cue)):
        part = _inside(window, whole)
        if content and (part or not whole):
            linked[row, content] = True
            for token in content:
                links[row, token, part or [NOBODY]] = True


def _inside(window: Window, tokens: Sequence[int]) -> list[int]:
    """The places in the window of an article's tokens, as far as they are in it."""
    return [t - window.first + 1 for t in tokens if window.first <= t < window.after]

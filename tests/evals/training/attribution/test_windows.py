"""Stretches of articles to learn from, and batches of them."""

import random
from itertools import islice

import pytest
import torch

from evals.training.attribution.texts import Article, Link
from evals.training.attribution.windows import CLS, MAX_TOKENS, SEP, Window, make_batch, windows

ARTICLE = Article(
    ids=tuple(range(1000, 1010)),
    labels=(1, 3, 5, 6, 6, 0, 0, 5, 6, 0),
    links=(Link((0,), (1,), (2, 3, 4)), Link((), (1,), (7, 8))),
    paragraphs=(range(6), range(6, 10)),
)


def long(*sizes: int) -> Article:
    paragraphs: list[range] = []
    for size in sizes:
        start = paragraphs[-1].stop if paragraphs else 0
        paragraphs.append(range(start, start + size))
    count = paragraphs[-1].stop
    return Article((5,) * count, (0,) * count, (), tuple(paragraphs))


def test_a_batch_has_labels_and_links() -> None:
    batch = make_batch([Window(ARTICLE, 0, 10), Window(ARTICLE, 6, 10)])
    assert batch.input_ids[0].tolist() == [CLS, *ARTICLE.ids, SEP]
    assert batch.input_ids[1].tolist() == [CLS, *ARTICLE.ids[6:], SEP] + [0] * 6
    assert batch.attention_mask.sum(1).tolist() == [12, 6]
    assert batch.labels[0].tolist() == [-100, *ARTICLE.labels, -100]
    assert batch.labels[1].tolist() == [-100, 0, 5, 6, 0, -100] + [-100] * 6
    # Row 0 is the source, row 1 the cue; the first token stands for none.
    assert batch.linked[0].nonzero().tolist() == [
        *([0, t] for t in (3, 4, 5, 8, 9)),
        *([1, t] for t in (3, 4, 5, 8, 9)),
    ]
    assert batch.links[0, 0, 3].nonzero().flatten().tolist() == [1]
    assert batch.links[0, 0, 8].nonzero().flatten().tolist() == [0]
    assert batch.links[0, 1, 8].nonzero().flatten().tolist() == [2]


def test_a_part_outside_of_the_window_is_not_learnt() -> None:
    batch = make_batch([Window(ARTICLE, 6, 10)])
    assert batch.linked[0, 0].nonzero().flatten().tolist() == [2, 3]  # It has no source at all.
    assert not batch.linked[0, 1].any()  # Its cue is elsewhere.


def test_windows_have_all_tokens_once_and_are_not_too_long() -> None:
    article = long(100, 20, 700, 0, 90)
    for seed in range(20):
        rng = random.Random(seed)
        found: list[Window] = []
        for window in windows([[article]], rng):
            found.append(window)
            if window.after == 910:
                break
        assert [t for w in found for t in range(w.first, w.after)] == list(range(910))
        assert all(w.tokens <= MAX_TOKENS for w in found)


def test_windows_come_without_end_from_all_articles_and_variants() -> None:
    articles = [[long(10), long(11)], [long(12)]]
    found = {w.after for w in islice(windows(articles, random.Random(3)), 60)}
    assert found == {10, 11, 12}


@pytest.mark.parametrize("first", [0, 6])
def test_a_batch_is_padded_to_its_longest(first: int) -> None:
    batch = make_batch([Window(ARTICLE, first, 10)])
    assert batch.input_ids.shape == (1, 12 - first)
    assert torch.equal(batch.attention_mask, torch.ones_like(batch.input_ids))

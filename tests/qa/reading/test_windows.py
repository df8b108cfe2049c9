from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.exported import TOKENIZER_FILE
from index.model import PACKAGED_MODEL, locate_model
from index.types import Article, Hit, Passage, Span
from qa.reading.windows import (
    CLS,
    PASSAGE_TOKENS,
    READ_TOKENS,
    SEP,
    WINDOW_TOKENS,
    Window,
    pack,
)
from tests.qa.hits import make_hit

LONG = " ".join(["lighthouse"] * 100) + "."
"""101 tokens."""


@cache
def network_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(locate_model(PACKAGED_MODEL).folder / TOKENIZER_FILE))
    tokenizer.enable_truncation(PASSAGE_TOKENS)
    tokenizer.no_padding()
    return tokenizer


@pytest.fixture
def tokenizer() -> Tokenizer:
    return network_tokenizer()


def hit_at(start: int, *sentences: str, passage_id: int = 1) -> Hit:
    """A passage that stands at a place of its article."""
    text = " ".join(sentences)
    spans, at = [], start
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    passage = Passage(passage_id, 1, start, start + len(text), text, tuple(spans))
    article = Article("key", "source", " " * start + text, "title", id=1)
    return Hit(passage, article, 0.0, 0.0, 0.0, (0.0,) * len(sentences))


def words(tokenizer: Tokenizer, window: Window) -> str:
    return str(tokenizer.decode(list(window.ids), skip_special_tokens=False))


def test_a_window_is_the_question_and_the_passages_in_the_order_of_reading(
    tokenizer: Tokenizer,
) -> None:
    hits = [hit_at(100, "It sank.", passage_id=2), hit_at(0, "The boat left.", passage_id=1)]
    [window] = pack("What sank?", hits, tokenizer)
    assert words(tokenizer, window) == "[CLS] what sank? [SEP] the boat left. it sank. [SEP]"
    assert (window.ids[0], window.ids[window.text_from - 1], window.ids[-1]) == (CLS, SEP, SEP)
    assert [(s.hit, s.number) for s in window.sentences] == [(1, 0), (0, 0)]


def test_what_does_not_fit_is_read_in_another_window(tokenizer: Tokenizer) -> None:
    hits = [make_hit(i, LONG) for i in range(3)]
    windows = pack("Which?", hits, tokenizer)
    assert [[s.hit for s in w.sentences] for w in windows] == [[0, 1], [2]]
    assert all(len(w.ids) <= WINDOW_TOKENS for w in windows)


def test_the_best_passages_are_read_up_to_the_budget(tokenizer: Tokenizer) -> None:
    windows = pack("Which?", [make_hit(i, LONG) for i in range(12)], tokenizer)
    read = [s.hit for w in windows for s in w.sentences]
    assert read == list(range(READ_TOKENS // 101))


def test_the_best_passage_is_read_although_it_is_longer_than_a_window(
    tokenizer: Tokenizer,
) -> None:
    [window] = pack("Which?", [make_hit(1, LONG, LONG, LONG)], tokenizer)
    assert [s.number for s in window.sentences] == [0, 1, 2]
    assert len(window.ids) > WINDOW_TOKENS


def test_a_passage_of_too_many_tokens_is_read_as_far_as_the_network_can(
    tokenizer: Tokenizer,
) -> None:
    [window] = pack("why " * 2000, [make_hit(1, *[LONG] * 9)], tokenizer)
    assert [s.number for s in window.sentences] == [0, 1, 2, 3]
    assert len(window.ids) <= 512


def test_nothing_found_is_no_window(tokenizer: Tokenizer) -> None:
    assert pack("Which?", [], tokenizer) == []


SENTENCES = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=40
    ).filter(lambda text: text == text.strip() and bool(text)),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(SENTENCES, st.integers(0, 1000))
def test_each_token_stands_where_it_says_in_its_own_sentence(
    sentences: list[str], start: int
) -> None:
    hit = hit_at(start, *sentences)
    for window in pack("Which?", [hit], network_tokenizer()):
        for each in window.sentences:
            span = hit.passage.sentences[each.number]
            assert each.last - each.first + 1 == len(each.offsets)
            assert all(span.start <= token.start for token in each.offsets)
            assert all(token.start < token.end <= span.end for token in each.offsets)


def test_an_accent_is_a_part_of_its_letter(tokenizer: Tokenizer) -> None:
    name = "Jose\u0301"
    [window] = pack("Who?", [hit_at(0, f"Then {name}")], tokenizer)
    [sentence] = window.sentences
    assert sentence.offsets[-1].end == len(f"Then {name}")

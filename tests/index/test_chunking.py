import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.chunking import chunk
from index.encoder import OnnxEncoder, load_encoder
from index.sentences import split_paragraphs
from index.types import Document, PassageSpan, Span
from tests.index.samples import assert_divides, odd_texts

SENTENCE = "The harbour bridge will close on Monday."


def document(text: str) -> Document:
    paragraphs = tuple(split_paragraphs(text, Span(0, len(text))))
    return Document(key="k", source="s", text=text, title="t", paragraphs=paragraphs)


def chunks(text: str, encoder: OnnxEncoder, max_tokens: int = 256) -> list[PassageSpan]:
    return chunk(document(text), encoder.count_tokens, max_tokens)


def texts(text: str, passages: list[PassageSpan]) -> list[str]:
    return [text[passage.start : passage.end] for passage in passages]


def test_a_paragraph_that_fits_is_one_passage(encoder: OnnxEncoder) -> None:
    text = f"{SENTENCE} Ferries run.\nNobody minds."
    found = chunks(text, encoder)
    assert texts(text, found) == [f"{SENTENCE} Ferries run.", "Nobody minds."]
    assert found[0].sentences == (Span(0, 40), Span(41, 53))


def test_a_long_paragraph_is_cut_between_sentences(encoder: OnnxEncoder) -> None:
    (one,) = encoder.count_tokens([SENTENCE])
    text = " ".join([SENTENCE] * 5)
    found = chunks(text, encoder, max_tokens=2 * one)
    assert texts(text, found) == [f"{SENTENCE} {SENTENCE}", f"{SENTENCE} {SENTENCE}", SENTENCE]


def test_a_long_sentence_is_cut_between_words(encoder: OnnxEncoder) -> None:
    text = "one two three four five six seven eight"
    found = chunks(text, encoder, max_tokens=6)
    assert texts(text, found) == ["one two three four", "five six seven eight"]


def test_text_without_spaces_is_cut_anywhere(encoder: OnnxEncoder) -> None:
    text = "x,." * 50
    found = chunks(text, encoder, max_tokens=32)
    assert "".join(texts(text, found)) == text
    assert len(found) > 1


def test_white_space_has_no_passages(encoder: OnnxEncoder) -> None:
    assert chunks(" \n\t\r\n ", encoder) == []


@settings(deadline=None)
@given(st.one_of(odd_texts, st.text("0123456789,", max_size=200)), st.integers(8, 40))
def test_passages_and_their_sentences_divide_any_text(
    encoder: OnnxEncoder, text: str, max_tokens: int
) -> None:
    found = chunks(text, encoder, max_tokens)
    assert_divides(text, Span(0, len(text)), [Span(p.start, p.end) for p in found])
    for passage in found:
        assert_divides(text, Span(passage.start, passage.end), passage.sentences)
    assert all(n <= max_tokens for n in encoder.count_tokens(texts(text, found)))


@pytest.mark.parametrize("unit", ["'", "A. ", "word ", f"{SENTENCE} "])
def test_a_line_of_a_hundred_thousand_characters_takes_no_time(
    encoder: OnnxEncoder, unit: str
) -> None:
    text = unit * (100_000 // len(unit))
    started = time.perf_counter()
    found = chunks(text, encoder)
    assert time.perf_counter() - started < 3
    assert_divides(text, Span(0, len(text)), [Span(p.start, p.end) for p in found])


def test_tokens_at_the_seams_are_counted(encoder: OnnxEncoder) -> None:
    """The two halves of this number take fewer tokens apart than together."""
    text = "97098888"
    found = texts(text, chunks(text, encoder, max_tokens=8))
    assert "".join(found) == text
    assert max(encoder.count_tokens(found)) <= 8


def test_the_passage_prompt_takes_its_tokens(small_model: Path) -> None:
    encoder = load_encoder(str(small_model))
    tokenizer = Tokenizer.from_file(str(encoder.folder / "tokenizer.json"))
    tokenizer.no_truncation()
    text = "ab cd. " * 20
    for passage in texts(text, chunks(text, encoder, encoder.max_tokens)):
        assert len(tokenizer.encode(encoder.passage_prompt + passage).ids) <= encoder.max_tokens

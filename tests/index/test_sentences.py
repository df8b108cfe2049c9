import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import sentences as splitting
from index.sentences import split_paragraphs, split_sentences, trim
from index.types import Span
from tests.index.samples import assert_divides, odd_texts


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in split_paragraphs(text, Span(0, len(text)))]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. and the E.U. agreed.", "Nobody else did."],
        ["He lives in the U.S.", "She does not."],
        ["Mr. Putin met Dr. Berg and Gen. Li.", "They spoke."],
        ["The bridge cost $60 million.", "It is new."],
        ["J. R. Ortiz called Sergey V. Petrov.", "No one answered."],
        ["They waited... and went home.", "It rained."],
        ['"We left early."', "She said so twice.", '"Stay," he said.'],
        ["“Will you go?” asked Ann.", "Bob did not."],
        ["The doors open at 5 p.m. on Monday.", "They close at 6."],
        ["The doors open at 5 p.m.", "They close at 6."],
        ["On Jan. 5 the No. 10 bus stopped.", "It was cold."],
        ["Acme Inc. grew by 2.5 percent.", "Shares rose."],
        ["No! said Petrov.", "Yes! said Ortiz."],
        ["Is it over? asked one of them.", "It was."],
        ["Émile came. and went.", "İstanbul waited 😀.", "Done."],
    ],
)
def test_sentences_end_where_they_end(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_sentences_of_white_space_are_none() -> None:
    assert sentences(" \t\u2028 ") == []


@settings(deadline=None)
@given(odd_texts)
def test_sentences_divide_any_text(text: str) -> None:
    assert_divides(text, Span(0, len(text)), split_sentences(text, Span(0, len(text))))


@settings(deadline=None)
@given(odd_texts, st.sampled_from(["", "Before. ", "😀 é\n"]), st.sampled_from(["", " After."]))
@example("One. Two.", "Zero! ", "")
def test_offsets_count_from_the_start_of_the_text(text: str, before: str, after: str) -> None:
    outer = Span(len(before), len(before) + len(text))
    alone = split_sentences(text, Span(0, len(text)))
    inside = split_sentences(before + text + after, outer)
    assert inside == [Span(outer.start + start, outer.start + end) for start, end in alone]


@pytest.mark.parametrize("window", [60, 100, 333])
def test_a_long_text_has_the_sentences_of_its_parts(
    monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    expected = ["The U.S. and the E.U. agreed.", '"Stay," said Mr. Li.', "No! said Petrov."] * 50
    text = " ".join(expected)
    assert sentences(text) == expected
    monkeypatch.setattr(splitting, "_WINDOW", window)
    assert sentences(text) == expected


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = "word " * 5_000
    found = sentences(text)
    assert len(found) > 1
    assert max(map(len, found)) <= splitting._WINDOW
    assert " ".join(found) == text.strip()


@settings(deadline=None)
@given(odd_texts, st.integers(1, 60))
def test_any_window_divides_any_text(text: str, window: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splitting, "_WINDOW", window)
        assert_divides(text, Span(0, len(text)), split_sentences(text, Span(0, len(text))))


@pytest.mark.parametrize("unit", ["'", '"', ".", "a", "(", "A. ", "word ", " "])
def test_odd_texts_take_no_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    started = time.perf_counter()
    assert_divides(text, Span(0, len(text)), split_sentences(text, Span(0, len(text))))
    assert time.perf_counter() - started < 5


def test_every_line_of_a_feed_is_a_paragraph() -> None:
    text = "One sentence. Another one.\nA third.\n\n  A fourth.  \n"
    assert paragraphs(text) == ["One sentence. Another one.", "A third.", "A fourth."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_that_break_inside_sentences_are_one_paragraph(end: str) -> None:
    lines = ["The bridge was closed on", "Monday, and the ferries", "ran all night.", ""]
    second = ["Nobody minded, since the", "weather was good."]
    text = end.join(lines + second)
    assert paragraphs(text) == [end.join(lines[:3]), end.join(second)]


def test_a_blank_line_with_spaces_ends_a_wrapped_paragraph() -> None:
    text = "The bridge was closed on\nMonday.\n \t\nThe ferries ran and ran\nall night.\n"
    assert paragraphs(text) == [
        "The bridge was closed on\nMonday.",
        "The ferries ran and ran\nall night.",
    ]


def test_a_line_too_long_to_be_wrapped_makes_every_line_a_paragraph() -> None:
    long = "The bridge was closed " * 6
    assert paragraphs(f"no full stop here\n{long}\nand none here") == [
        "no full stop here",
        long.strip(),
        "and none here",
    ]


@settings(deadline=None)
@given(odd_texts)
def test_paragraphs_divide_any_text(text: str) -> None:
    assert_divides(text, Span(0, len(text)), split_paragraphs(text, Span(0, len(text))))


@pytest.mark.parametrize(
    ("span", "expected"),
    [(Span(0, 7), Span(2, 5)), (Span(0, 2), Span(2, 2)), (Span(2, 5), Span(2, 5))],
)
def test_trim_takes_white_space_off_both_ends(span: Span, expected: Span) -> None:
    assert trim("  abc  ", span) == expected

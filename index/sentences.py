"""Paragraphs and sentences of a text, as exact spans."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from index.types import Span

_LINE = re.compile(r"[^\r\n]+")
_BLOCK = re.compile(r"[^\r\n]+(?:(?:\r\n|\r|\n)(?![^\S\r\n]*(?:\r|\n|$))[^\r\n]+)*")
ENDS_SENTENCE = re.compile(r"[.!?…:;]['\"”’)\]]*\s*$")
_UP_TO_SPACE = re.compile(r".*\s", re.DOTALL)
_WRAP_WIDTH = 100
"""No line of a hard-wrapped text is longer: editors and mailers wrap at 65 to 100."""

_WINDOW = 4000
"""How many characters are split at once: sentencex's time can grow with their square."""


def trim(text: str, span: Span) -> Span:
    """Returns the span without the white space at its two ends (it may become empty)."""
    piece = text[span.start : span.end]
    left = len(piece) - len(piece.lstrip())
    return Span(span.start + left, max(span.start + left, span.start + len(piece.rstrip())))


def split_paragraphs(text: str, span: Span) -> list[Span]:
    """Splits a stretch of text into paragraphs.

    A paragraph is a line, as feeds deliver articles; in a text whose lines were wrapped at a
    fixed width, it is a run of lines between blank ones.
    """
    pattern = _BLOCK if _is_hard_wrapped(text[span.start : span.end]) else _LINE
    return list(_spans(pattern, text, span))


def split_sentences(text: str, span: Span) -> list[Span]:
    """Splits a stretch of text into sentences, none empty, in order, without overlap."""
    sentences: list[Span] = []
    start = span.start
    while start < span.end:
        end = _window_end(text, Span(start, span.end))
        found = _split(text, Span(start, end))
        # The last one may go on behind the window: the next one begins with it.
        goes_on = end < span.end and len(found) > 1
        start = found.pop().start if goes_on else end
        sentences.extend(found)
    return sentences


def _window_end(text: str, span: Span) -> int:
    """Where to stop reading: at the end, or else after the last white space that is near enough."""
    limit = span.start + _WINDOW
    if limit >= span.end:
        return span.end
    match = _UP_TO_SPACE.match(text, span.start, limit)
    return match.end() if match else limit


def _split(text: str, span: Span) -> list[Span]:
    """Splits one window into sentences."""
    piece = text[span.start : span.end]
    sentences: list[Span] = []
    for boundary in get_sentence_boundaries("en", piece):
        sentence = trim(
            text, Span(span.start + boundary["start_index"], span.start + boundary["end_index"])
        )
        if sentence.start == sentence.end:
            continue
        # 'No! said Ryabkov': with its quotation marks stripped, one sentence looks like two.
        if sentences and text[sentence.start].islower():
            sentences[-1] = Span(sentences[-1].start, sentence.end)
        else:
            sentences.append(sentence)
    return sentences


def _spans(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[Span]:
    for match in pattern.finditer(text, span.start, span.end):
        paragraph = trim(text, Span(*match.span()))
        if paragraph.start < paragraph.end:
            yield paragraph


def _is_hard_wrapped(text: str) -> bool:
    """Tells whether lines mostly end in the middle of sentences.

    Where no blank lines say where paragraphs end, they must also end where the next word would not
    have fitted any more: a headline with short lines below it is not wrapped.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    width = max(map(len, lines), default=0)
    inner = [(line, after.split()) for line, after in pairwise(lines) if line and after.strip()]
    if width > _WRAP_WIDTH or not inner:
        return False
    full = sum(len(line) + 1 + len(words[0]) > width for line, words in inner)
    broken = sum(not ENDS_SENTENCE.search(line) for line, _ in inner)
    has_blank_lines = any(not line for line in lines[: len(lines) - 1])
    return (broken if has_blank_lines else min(full, broken)) * 2 > len(inner)

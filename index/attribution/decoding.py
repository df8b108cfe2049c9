"""From the network's logits to attributions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.attribution.labels import CONTENT, CUE, LINKED, NOBODY, PARTS, SOURCE, begins, goes_on
from index.attribution.windows import Tokens, Window
from index.types import Attribution, Span

Logits = NDArray[np.float32]


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


def attributions(
    tokens: Tokens, window: Window, labels: Logits, links: Logits
) -> Iterator[Attribution]:
    """Yields the attributions of a window whose contents it decides.

    Args:
        tokens: Of the article.
        window: What of it was read.
        labels: Of its tokens, shape (tokens with the special ones, labels).
        links: Shape (2, tokens, tokens); see ``AttributionNetwork.forward``.
    """
    stretches = _stretches(tokens, window, labels)
    weights = _softmax(links)
    found: dict[tuple[Stretch | None, ...], list[Stretch]] = {}
    for content in (s for s in stretches if s.part == CONTENT and s.is_decided):
        source, cue = (
            _linked(_near(tokens, stretches, part, content), content, window, weights[row])
            for row, part in enumerate(LINKED)
        )
        # What hangs on one cue is one content; without a cue, what one source says in a row.
        key = (cue,) if cue else (source, None) if source else (content, None, None)
        found.setdefault(key, []).append(content)
    for contents in found.values():
        yield _attribution(tokens, window, stretches, contents, weights)


def _attribution(
    tokens: Tokens,
    window: Window,
    stretches: Sequence[Stretch],
    contents: Sequence[Stretch],
    weights: Logits,
) -> Attribution:
    whole = Stretch(CONTENT, range(contents[0].tokens.start, contents[-1].tokens.stop), True)
    parts: dict[int, tuple[Span, ...]] = {}
    for row, part in enumerate(LINKED):
        linked = _linked(_near(tokens, stretches, part, whole), whole, window, weights[row])
        parts[part] = (_span(tokens, linked),) if linked else ()
    return Attribution(parts[SOURCE], parts[CUE], tuple(_span(tokens, c) for c in contents))


def _stretches(tokens: Tokens, window: Window, labels: Logits) -> list[Stretch]:
    """The stretches of a window, of whole words, none of which goes over a paragraph's end."""
    scores = _softmax(labels[1:-1])
    found: list[Stretch] = []
    going: tuple[int, list[int]] | None = None
    starts = {paragraph.start for paragraph in tokens.paragraphs}
    words = [list(group) for _, group in groupby(window.read, key=tokens.words.__getitem__)]
    for word in words:
        own = scores[word[0] - window.read.start : word[-1] + 1 - window.read.start]
        part = _part(own)
        if going and (part != going[0] or _is_begin(own[0], part) or word[0] in starts):
            found.append(_stretch(*going, window))
            going = None
        if part is not None:
            going = (part, [*(going[1] if going else []), *word])
    if going:
        found.append(_stretch(*going, window))
    return found


def _part(word: Logits) -> int | None:
    """The part that a word is of, by the mean of its tokens."""
    mean = word.mean(axis=0)
    parts = [mean[begins(part)] + mean[goes_on(part)] for part in PARTS]
    best = int(np.argmax(parts))
    return best if parts[best] > mean[0] else None


def _is_begin(token: Logits, part: int | None) -> bool:
    return part is not None and bool(token[begins(part)] > token[goes_on(part)])


def _stretch(part: int, tokens: Sequence[int], window: Window) -> Stretch:
    return Stretch(part, range(tokens[0], tokens[-1] + 1), tokens[0] in window.decided)


def _near(
    tokens: Tokens, stretches: Sequence[Stretch], part: int, content: Stretch
) -> list[Stretch]:
    """The stretches of a part at which a content may point: of its paragraph, if there are any.

    Paragraphs can have been moved.
    """
    choices = [s for s in stretches if s.part == part]
    own = next(p for p in tokens.paragraphs if content.tokens.start in p)
    return [s for s in choices if s.tokens.start in own] or choices


def _linked(
    choices: Sequence[Stretch], content: Stretch, window: Window, weights: Logits
) -> Stretch | None:
    """The stretch at which the tokens of a content point; None where they point at none."""
    base = window.read.start - 1
    rows = weights[content.tokens.start - base : content.tokens.stop - base].mean(axis=0)
    masses = [rows[c.tokens.start - base : c.tokens.stop - base].sum() for c in choices]
    if not choices or max(masses) < rows[NOBODY]:
        return None
    return choices[int(np.argmax(masses))]


def _span(tokens: Tokens, stretch: Stretch) -> Span:
    first, last = stretch.tokens[0], stretch.tokens[-1]
    return Span(tokens.offsets[first].start, tokens.offsets[last].end)


def _softmax(logits: Logits) -> Logits:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Logits = powers / powers.sum(axis=-1, keepdims=True)
    return shares

"""From the network's logits to attributions."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.attribution.labels import CONTENT, CUE, LINKED, NOBODY, SOURCE
from index.attribution.stretches import Logits, Stretch, find_stretches
from index.attribution.windows import Tokens, Window
from index.types import Attribution, Span

_GAP = 2
"""Over how many words that are of no part a content goes on: a comma, or words misread."""


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
    stretches = find_stretches(tokens, window, labels)
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
    content = _joined(tokens, stretches, contents)
    return Attribution(parts[SOURCE], parts[CUE], tuple(_span(tokens, c) for c in content))


def _joined(
    tokens: Tokens, stretches: Sequence[Stretch], contents: Sequence[Stretch]
) -> list[Stretch]:
    """The stretches of a content, over small gaps made one."""
    joined = [contents[0]]
    for content in contents[1:]:
        before = joined[-1]
        gap = range(before.tokens.stop, content.tokens.start)
        words = {tokens.words[token] for token in gap}
        if len(words) <= _GAP and not any(s.tokens.start in gap for s in stretches):
            whole = range(before.tokens.start, content.tokens.stop)
            joined[-1] = Stretch(CONTENT, whole, before.is_decided)
        else:
            joined.append(content)
    return joined


def _near(
    tokens: Tokens, stretches: Sequence[Stretch], part: int, content: Stretch
) -> list[Stretch]:
    """The stretches of a part at which a content may point: of its paragraphs, if there are any.

    Paragraphs can have been moved.
    """
    choices = [s for s in stretches if s.part == part]
    first, last = content.tokens[0], content.tokens[-1]
    own = [p for p in tokens.paragraphs if p.start <= last and first < p.stop]
    return [s for s in choices if any(s.tokens.start in p for p in own)] or choices


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

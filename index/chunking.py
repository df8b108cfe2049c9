"""Passages: paragraphs, and the parts of those that are too long for the embedding model."""

from collections.abc import Callable, Sequence

from index.sentences import split_sentences, trim
from index.types import Document, PassageSpan, Span

CountTokens = Callable[[Sequence[str]], list[int]]
MAX_TOKENS = 256
"""The longest passage, in tokens of the embedding model; shorter where the model takes less."""


def chunk(document: Document, count_tokens: CountTokens, max_tokens: int) -> list[PassageSpan]:
    """Cuts a document into passages.

    Args:
        document: What to cut.
        count_tokens: Counts the tokens of each text, those included that the model adds.
        max_tokens: The most tokens that a passage may have, those included.

    Returns:
        The passages in order. They do not overlap, and each is exactly its sentences with
        what stands between them.
    """
    text = document.text
    added = count_tokens([""])[0]
    passages: list[PassageSpan] = []
    for paragraph in document.paragraphs:
        fitting = _fit(text, split_sentences(text, paragraph), count_tokens, max_tokens)
        for group in _pack(fitting, added, max_tokens):
            passages.extend(_checked(text, group, count_tokens, max_tokens))
    return passages


def _fit(
    text: str, spans: list[Span], count_tokens: CountTokens, max_tokens: int
) -> list[tuple[Span, int]]:
    """Sentences with their numbers of tokens; those that are too long are halved until they fit."""
    fitting: list[tuple[Span, int]] = []
    counts = count_tokens([text[span.start : span.end] for span in spans])
    for span, count in zip(spans, counts, strict=True):
        if count > max_tokens and span.end - span.start > 1:
            fitting.extend(_fit(text, _halves(text, span), count_tokens, max_tokens))
        else:
            fitting.append((span, count))
    return fitting


def _halves(text: str, span: Span) -> list[Span]:
    """Two parts, cut at the white space nearest to the middle, or in the middle without any."""
    middle = (span.start + span.end) // 2
    spaces = [i for i in range(span.start + 1, span.end - 1) if text[i].isspace()]
    cut = min(spaces, key=lambda i: abs(i - middle), default=middle)
    parts = (trim(text, Span(span.start, cut)), trim(text, Span(cut, span.end)))
    return [part for part in parts if part.start < part.end]


def _pack(
    sentences: list[tuple[Span, int]], added_tokens: int, max_tokens: int
) -> list[list[Span]]:
    """Joins neighbouring sentences as long as they fit by the sum of their tokens."""
    groups: list[list[Span]] = []
    used = max_tokens
    for sentence, count in sentences:
        own = count - added_tokens
        if groups and used + own <= max_tokens:
            groups[-1].append(sentence)
            used += own
        else:
            groups.append([sentence])
            used = count
    return groups


def _checked(
    text: str, group: list[Span], count_tokens: CountTokens, max_tokens: int
) -> list[PassageSpan]:
    """One passage, or two where the tokens at the seams made the whole longer than its parts."""
    passage = PassageSpan(group[0].start, group[-1].end, tuple(group))
    if len(group) == 1 or count_tokens([text[passage.start : passage.end]])[0] <= max_tokens:
        return [passage]
    middle = len(group) // 2
    halves = (group[:middle], group[middle:])
    return [p for half in halves for p in _checked(text, half, count_tokens, max_tokens)]

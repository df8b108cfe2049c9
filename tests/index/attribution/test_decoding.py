"""From logits that a test writes down to attributions."""

from collections.abc import Mapping

import numpy as np

from index.attribution.decoding import attributions
from index.attribution.labels import CONTENT, CUE, LABELS, SOURCE, begins, goes_on
from index.attribution.windows import Tokens, Window
from index.types import Attribution, Span

WORDS = "Orr said rain fell , he added , and snow".split()


def tokens_of(words: list[str]) -> Tokens:
    """Words of one token each, with a space between."""
    offsets: list[Span] = []
    for word in words:
        start = offsets[-1].end + 1 if offsets else 0
        offsets.append(Span(start, start + len(word)))
    count = len(words)
    return Tokens(
        tuple(range(count)), tuple(offsets), tuple(range(count)), (range(count),), frozenset([0])
    )


def decode(
    labels: Mapping[int, int],
    links: Mapping[int, tuple[int | None, int | None]],
    decided: range | None = None,
) -> list[Attribution]:
    """The attributions where tokens have these labels, and point at these tokens."""
    tokens = tokens_of(WORDS)
    count = len(WORDS)
    label_logits = np.full((count + 2, LABELS), -5.0, dtype=np.float32)
    label_logits[:, 0] = 0
    link_logits = np.full((2, count + 2, count + 2), -5.0, dtype=np.float32)
    for token, label in labels.items():
        label_logits[token + 1, label] = 5
    for token, pair in links.items():
        for row, target in enumerate(pair):
            link_logits[row, token + 1, 0 if target is None else target + 1] = 5
    window = Window(range(count), decided or range(count))
    return list(attributions(tokens, window, label_logits, link_logits))


def words(attribution: Attribution) -> tuple[list[str], list[str], list[str]]:
    text = " ".join(WORDS)
    source, cue, content = (
        [text[start:end] for start, end in part]
        for part in (attribution.source, attribution.cue, attribution.content)
    )
    return source, cue, content


LABELS_OF = {
    0: begins(SOURCE), 1: begins(CUE), 2: begins(CONTENT), 3: goes_on(CONTENT),
    5: begins(SOURCE), 6: begins(CUE), 9: begins(CONTENT),
}  # fmt: skip


def test_a_content_is_linked_to_its_source_and_cue() -> None:
    links = {2: (0, 1), 3: (0, 1), 9: (5, 6)}
    first, second = decode(LABELS_OF, links)
    assert words(first) == (["Orr"], ["said"], ["rain fell"])
    assert words(second) == (["he"], ["added"], ["snow"])


def test_contents_of_one_cue_are_one() -> None:
    links = {2: (0, 6), 3: (0, 6), 9: (0, 6)}
    [found] = decode(LABELS_OF, links)
    assert words(found) == (["Orr"], ["added"], ["rain fell", "snow"])


def test_what_points_at_nothing_has_no_source_and_no_cue() -> None:
    [found, _] = decode(LABELS_OF, {2: (None, None), 3: (None, None), 9: (5, 6)})
    assert words(found) == ([], [], ["rain fell"])


def test_the_tokens_of_a_content_decide_together() -> None:
    [first, _] = decode(LABELS_OF, {2: (0, 1), 3: (0, 1), 9: (5, 6)})
    assert words(first)[0] == ["Orr"]


def test_what_begins_anew_is_another_stretch() -> None:
    labels = LABELS_OF | {3: begins(CONTENT)}
    found = decode(labels, {2: (0, 1), 3: (5, 6), 9: (5, 6)})
    assert [words(each)[2] for each in found] == [["rain"], ["fell", "snow"]]


def test_a_content_goes_on_over_a_word_that_is_of_no_part() -> None:
    labels = LABELS_OF | {4: begins(CONTENT)}
    found = decode({**labels, 3: 0}, {2: (0, 1), 4: (0, 1), 9: (5, 6)})
    assert words(found[0])[2] == ["rain fell ,"]


def test_what_is_not_decided_here_is_left_to_another_window() -> None:
    links = {2: (0, 1), 3: (0, 1), 9: (0, 1)}
    [found] = decode(LABELS_OF, links, decided=range(5, 10))
    assert words(found) == (["Orr"], ["said"], ["snow"])


def test_nothing_is_found_in_nothing() -> None:
    assert decode({}, {}) == []

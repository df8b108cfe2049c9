"""Attributions that were found, held against annotated ones."""

import pytest

from evals.metrics.attribution import (
    Counts,
    exact_contents,
    exact_sources,
    matched,
    part_tokens,
)
from index.types import Attribution, Span

TEXT = "Orr said “it rained.” Moe, too, feared snow."


def attribution(source: str, *content: str) -> Attribution:
    return Attribution(_spans(source), (), _spans(*content))


def _spans(*words: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(w), TEXT.index(w) + len(w)) for w in words if w)


RAIN = attribution("Orr", "“it rained.”")
SNOW = attribution("Moe", "feared snow")


def test_tokens_of_a_part_are_counted_over_all_attributions() -> None:
    found = [attribution("Orr", "it rained"), SNOW]
    assert part_tokens(TEXT, found, [RAIN, SNOW], "content") == Counts(4, 4, 7)
    assert part_tokens(TEXT, found, [RAIN], "source") == Counts(1, 2, 1)
    assert part_tokens(TEXT, [], [RAIN], "cue") == Counts(0, 0, 0)


def test_an_exact_content_has_all_tokens_of_all_parts_and_no_other() -> None:
    split = attribution("Moe", "feared", "snow")
    assert exact_contents(TEXT, [RAIN, split], [RAIN, SNOW]) == Counts(2, 2, 2)
    assert exact_contents(TEXT, [attribution("Orr", "it rained")], [RAIN]) == Counts(0, 1, 1)
    assert exact_contents(TEXT, [attribution("Orr")], [RAIN]) == Counts(0, 0, 1)


def test_sources_are_held_against_each_other_where_contents_overlap_by_half() -> None:
    assert exact_sources(TEXT, [attribution("Orr", "it")], [RAIN]) == Counts(0, 0, 0)
    assert exact_sources(TEXT, [attribution("Orr", "“it rained")], [RAIN]) == Counts(1, 1, 1)
    assert exact_sources(TEXT, [attribution("Moe", "“it rained.”")], [RAIN]) == Counts(0, 1, 1)
    assert exact_sources(TEXT, [attribution("", "“it rained.”")], [RAIN]) == Counts(0, 0, 1)


def test_each_is_matched_once() -> None:
    assert list(matched(TEXT, [RAIN, RAIN], [RAIN])) == [(RAIN, RAIN)]
    assert list(matched(TEXT, [], [RAIN])) == []


@pytest.mark.parametrize(
    ("counts", "f1"), [(Counts(0, 0, 0), 1), (Counts(1, 1, 1), 1), (Counts(1, 2, 4), 1 / 3)]
)
def test_f1_is_of_right_found_and_wanted(counts: Counts, f1: float) -> None:
    assert counts.f1 == pytest.approx(f1)

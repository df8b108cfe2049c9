"""How figures are written, and what a suite's part holds."""

import pytest

from evals.report.figures import shown, suite_views
from tests.evals.report.made import NEWS, ODD, OTHER, OURS, made_run


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.5, "0.500"), (1, "1.000"), (0.9999, ">0.999"), (0, "0.000"), (0.0001, "<0.001")],
)
def test_what_is_not_quite_all_or_none_does_not_look_it(value: float, written: str) -> None:
    assert shown(value, "refused") == written


def test_words_are_counted_and_no_share() -> None:
    assert shown(23.44, "answer words") == "23.4"


def test_a_suite_has_what_was_measured_in_it() -> None:
    news, odd = suite_views(made_run())
    assert [news.name, odd.name] == [NEWS, ODD]
    assert [summary.system for summary in news.summaries] == [OURS, OTHER]
    assert list(news.groups) == ["finding", "answers", "refusing", "confidence"]
    assert [metric.name for metric in odd.groups["finding"]] == ["hit@1", "MRR@10"]
    assert len(news.plots) == 2
    assert not odd.plots


def test_kinds_count_also_what_failed() -> None:
    news, _ = suite_views(made_run())
    assert [(row.system, row.n) for row in news.kinds["date"]] == [(OURS, 1), (OTHER, 1)]
    assert [row.system for row in news.kinds["<b>hostile</b>"]] == [OURS]
    names = [metric.name for metric in news.kind_metrics]
    assert names == ["refused", "wrongly refused", "right outcome"]

"""The JSON that is embedded in the page."""

import json
from dataclasses import replace

from evals.report.data import LIMIT, Cut, as_json, cuts, embedded
from evals.report.outcomes import OUTCOMES, outcome
from evals.types import Run
from tests.evals.report.made import (
    DOCUMENTS,
    FERRY,
    NEWS,
    ODD,
    OTHER,
    OURS,
    RIGHT,
    RIGHTLY_REFUSED,
    SCORED,
    SCRIPT,
    WRONG,
    made_run,
    searched,
)


def test_no_markup_is_left_to_the_browser() -> None:
    written = as_json(made_run())
    assert "<" not in written
    assert json.loads(written)["documents"][NEWS]["mayor"]["text"].count(SCRIPT) == 1


def test_failures_come_first() -> None:
    order = [OUTCOMES.index(outcome(each)) for each in embedded(SCORED)]
    assert order == sorted(order)


def test_where_answers_are_not_judged_what_was_found_worst_comes_first() -> None:
    kept = embedded([searched("good", 1.0), searched("bad", 0.1)])
    assert [each.sample.id for each in kept] == ["bad", "good"]


def test_of_many_the_failures_are_embedded() -> None:
    many = [RIGHT] * LIMIT + [WRONG] + [replace(RIGHT, system=OTHER)] * 2
    kept = embedded(many)
    assert kept[0] == WRONG
    assert len([each for each in kept if each.system == OURS]) == LIMIT
    assert len([each for each in kept if each.system == OTHER]) == 2
    assert cuts(many) == [Cut(NEWS, OURS, LIMIT, LIMIT + 1)]


def test_only_the_needed_articles_are_embedded_each_once() -> None:
    page = json.loads(as_json(Run([], [RIGHT, WRONG, RIGHTLY_REFUSED], DOCUMENTS)))
    title = FERRY.partition("\n")[0]
    assert page["documents"] == {
        NEWS: {"ferry": {"title": title, "published": None, "text": FERRY}}
    }


def test_the_article_that_was_to_be_read_is_needed_without_citations() -> None:
    page = json.loads(as_json(Run([], [RIGHTLY_REFUSED], DOCUMENTS)))
    assert list(page["documents"][NEWS]) == ["ferry"]


def test_quotes_bring_their_text_only_where_the_article_has_other_words_there() -> None:
    rows = json.loads(as_json(made_run()))["rows"]
    texts = {
        row["id"]: [(quote["start"] is None, quote["text"]) for quote in row["cited"]]
        for row in rows
        if row["system"] == OTHER
    }
    assert texts["start"] == [(True, "from nowhere")]
    assert texts["price"] == [(True, "from anywhere")]
    assert texts["follow-up"] == [(False, "Fairy"), (True, "lost")]
    assert texts["weather"] == [(False, None)]


def test_the_filters_know_all_suites_and_kinds_in_their_order() -> None:
    facets = json.loads(as_json(made_run()))["facets"]
    assert facets["suite"] == [NEWS, ODD]
    assert facets["system"] == [OURS, OTHER]
    assert facets["kind"][:2] == ["date", "number"]

"""The planted faults and the true statements beside them are sound in form."""

from collections import Counter
from dataclasses import dataclass
from importlib.resources import as_file, files

import pytest

from evals.loaders.files import read_json_lines
from evals.metrics.answers import answer_tokens
from evals.packaged import ARTICLES, load_article
from evals.types import Part
from index.sentences import split_sentences
from index.types import Span

PARTS: tuple[Part, Part] = ("tune", "test")
KINDS = frozenset(
    "number date name speaker negation merged-quotes false-quotation wrong-citation invented"
    " over-generalisation swapped-roles".split()
)


@dataclass(frozen=True)
class Planted:
    """A line of the data."""

    id: str
    article: str
    statement: str
    cited: list[tuple[int, int]]
    fault: str | None


def planted(part: Part) -> list[Planted]:
    with as_file(files("evals").joinpath("data", f"planted-{part}.jsonl")) as path:
        return [row for _, row in read_json_lines(path, Planted)]


def words(row: Planted) -> str:
    """A statement without case and marks."""
    return " ".join(answer_tokens(row.statement))


def sentences(article: str) -> list[Span]:
    document = load_article(article)
    return [s for p in document.paragraphs for s in split_sentences(document.text, p)]


@pytest.mark.parametrize("part", PARTS)
def test_what_is_cited_are_whole_sentences_in_order(part: Part) -> None:
    bounds = {name: {(s.start, s.end) for s in sentences(name)} for name in ARTICLES}
    for row in planted(part):
        assert row.cited, row
        assert set(row.cited) <= bounds[row.article], row
        assert row.cited == sorted(set(row.cited)), row


@pytest.mark.parametrize("part", PARTS)
def test_no_statement_is_a_copy_of_what_it_cites(part: Part) -> None:
    for row in planted(part):
        text = load_article(row.article).text
        assert all(row.statement != text[start:end] for start, end in row.cited), row


@pytest.mark.parametrize(("part", "least"), [("tune", 80), ("test", 100)])
def test_every_kind_of_fault_is_there_and_every_article(part: Part, least: int) -> None:
    rows = planted(part)
    faults = Counter(row.fault for row in rows if row.fault)
    assert set(faults) == KINDS
    assert min(faults.values()) >= 6
    assert sum(faults.values()) >= least
    assert len(rows) - sum(faults.values()) >= least
    seen = {(row.article, row.fault is None) for row in rows}
    assert seen == {(name, true) for name in ARTICLES for true in (True, False)}


def test_negations_and_speakers_are_many_enough_to_measure() -> None:
    faults = Counter(row.fault for row in planted("test"))
    assert min(faults["negation"], faults["speaker"]) >= 14


def test_ids_are_unique_and_the_parts_share_no_statement() -> None:
    rows = [row for part in PARTS for row in planted(part)]
    assert len({row.id for row in rows}) == len(rows)
    assert len({words(row) for row in rows}) == len(rows)

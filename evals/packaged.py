"""The question sets that come with the project, on its five articles."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files

from evals.rows import PlacedRow, make_collection, read_rows
from evals.types import Collection, Part, Sample, Suite
from index.formats import extract
from index.readers import BUNDLED_ARTICLE, bundled_document, read_file
from index.types import Document

WRITTEN_ARTICLES = ("grain-export", "harbour-tunnel", "valley-fire", "hospital-records")
ARTICLES = (BUNDLED_ARTICLE, *WRITTEN_ARTICLES)
"""The names of the article that comes with the program, and of those invented for this."""


def bundled_suite(part: Part = "test") -> Suite:
    """Questions on the article that comes with the program."""
    return Suite("bundled", (_collection(BUNDLED_ARTICLE, part),))


def written_suite(part: Part = "test") -> Suite:
    """Questions on the invented articles, each of which is asked alone."""
    return Suite("written", tuple(_collection(name, part) for name in WRITTEN_ARTICLES))


def together_suite(part: Part = "test") -> Suite:
    """The questions of both, asked over all articles at once, where they say which is meant."""
    rows = [placed for name in ARTICLES for placed in question_rows(name, part)]
    clear = [(place, row) for place, row in rows if not row.alone]
    return Suite("together", (make_collection("all articles", clear, load_article),))


def conversation_suite(part: Part = "test") -> Suite:
    """Follow-ups as they are typed, each turn after those before it."""
    return Suite("conversations", tuple(map(_with_rewriting, _conversations(part))))


def standalone_suite(part: Part = "test") -> Suite:
    """The same turns, each rewritten by hand so that it stands alone."""
    alone = [replace(c, samples=tuple(map(_alone, c.samples))) for c in _conversations(part)]
    return Suite("standalone", tuple(alone))


def tune_suite() -> Suite:
    """All that may be fitted on, and looked at to see what fails."""
    return Suite("tune", tuple(_collection(name, "tune") for name in ARTICLES))


@cache
def load_article(name: str) -> Document:
    """Loads one of ``ARTICLES``."""
    if name == BUNDLED_ARTICLE:
        return replace(bundled_document(), key=name)
    with as_file(files("evals").joinpath("data", "articles", f"{name}.txt")) as path:
        return replace(extract(read_file(path)), key=name, source=name)


def question_rows(article: str, part: Part) -> list[PlacedRow]:
    """Loads the questions about one article. Fit on ``tune`` alone; report ``test``."""
    return _rows(f"questions/{article}-{part}.jsonl")


def conversation_rows(part: Part) -> list[PlacedRow]:
    """Loads the conversations, a turn a row."""
    return _rows(f"conversations-{part}.jsonl")


def _rows(name: str) -> list[PlacedRow]:
    with as_file(files("evals").joinpath("data", name)) as path:
        return read_rows(path)


def _collection(article: str, part: Part) -> Collection:
    return make_collection(article, question_rows(article, part), load_article)


def _conversations(part: Part) -> Iterator[Collection]:
    rows = conversation_rows(part)
    for article in ARTICLES:
        if own := [(place, row) for place, row in rows if row.article == article]:
            yield make_collection(article, own, load_article)


def _with_rewriting(plain: Collection) -> Collection:
    return replace(plain, tasks=plain.tasks | {"rewriting"})


def _alone(turn: Sample) -> Sample:
    return replace(turn, question=turn.standalone or turn.question, history=())

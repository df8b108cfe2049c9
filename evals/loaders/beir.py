"""Data sets in BEIR's format: a corpus, queries, and which documents are relevant to which."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from evals.loaders.files import folder_of, located, make_document, read_json_lines, read_table
from evals.types import Collection, Evidence, Sample
from index.types import Document

_Id = Annotated[str, Field(alias="_id")]


@dataclass(frozen=True)
class _Page:
    id: _Id
    text: str
    title: str = ""


@dataclass(frozen=True)
class _Query:
    id: _Id
    text: str


@dataclass(frozen=True)
class _Judgement:
    query: Annotated[str, Field(alias="query-id")]
    page: Annotated[str, Field(alias="corpus-id")]
    score: int


def load_beir(path: Path) -> Collection:
    """Loads the corpus with the queries of the test part that have a relevant document.

    Args:
        path: The folder with corpus.jsonl, queries.jsonl and qrels/test.tsv, or the first of them.

    Raises:
        SourceError: One of them cannot be read or is of another format, or a document that is
            judged is not in the corpus.
    """
    folder = folder_of(path)
    pages = [page for _, page in read_json_lines(folder / "corpus.jsonl", _Page)]
    # Some have pages without a word; none can be found.
    documents = {p.id: _document(p) for p in pages if p.title.strip() or p.text.strip()}
    relevant = _relevant(folder / "qrels" / "test.tsv", documents)
    samples = tuple(
        Sample(query.id, query.text, "query", answerable=True, alternatives=(relevant[query.id],))
        for _, query in read_json_lines(folder / "queries.jsonl", _Query)
        if query.id in relevant
    )
    name = folder.resolve().name
    return Collection(name, tuple(documents.values()), samples, frozenset({"retrieval"}))


def _document(page: _Page) -> Document:
    return make_document(page.id, [each for each in (page.title, page.text) if each], page.title)


def _relevant(path: Path, documents: Mapping[str, Document]) -> Mapping[str, tuple[Evidence, ...]]:
    """The whole of each relevant document, by query."""
    relevant: defaultdict[str, tuple[Evidence, ...]] = defaultdict(tuple)
    for place, row in read_table(path, _Judgement):
        if row.score > 0:
            with located(place):
                relevant[row.query] += (_evidence(row, documents),)
    return relevant


def _evidence(row: _Judgement, documents: Mapping[str, Document]) -> Evidence:
    if row.page not in documents:
        raise ValueError(f"there is no document {row.page!r} in the corpus")
    return Evidence(row.page, 0, len(documents[row.page].text), row.score)

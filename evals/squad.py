"""Question sets in SQuAD's JSON format (1.1 and 2.0), by path: paragraphs and who answers what."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.metrics import hit_at, reciprocal_rank
from index.article_index import ArticleIndex
from index.errors import SourceError
from index.types import Document, Span

_DEPTH = 50
"""Passages looked at, so that there are ten different paragraphs among them."""


@dataclass(frozen=True)
class SquadQuestion:
    """A question about the paragraph of this position in the collection."""

    question: str
    paragraph: int


@dataclass(frozen=True)
class SquadCollection:
    """All different paragraphs of a file, and its answerable questions."""

    paragraphs: tuple[str, ...]
    questions: tuple[SquadQuestion, ...]


def load_squad(path: Path) -> SquadCollection:
    """Loads a file in SQuAD's format. Questions marked impossible are left out.

    Raises:
        SourceError: It cannot be read, is of another format, or has no question.
    """
    try:
        collection = _parse(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise SourceError(f"{path}: not in SQuAD's format ({error})") from error
    if not collection.questions:
        raise SourceError(f"{path}: there are no answerable questions in it")
    return collection


def _parse(content: Any) -> SquadCollection:  # noqa: ANN401 - any JSON
    positions: dict[str, int] = {}
    questions = []
    for article in content["data"]:
        for paragraph in article["paragraphs"]:
            position = positions.setdefault(paragraph["context"], len(positions))
            questions += [
                SquadQuestion(asked["question"], position)
                for asked in paragraph["qas"]
                if not asked.get("is_impossible")
            ]
    return SquadCollection(tuple(positions), tuple(questions))


def add_paragraphs(index: ArticleIndex, paragraphs: Sequence[str]) -> None:
    """Adds each paragraph as an article whose key is its position."""
    for position, text in enumerate(paragraphs):
        key = str(position)
        span = Span(0, len(text))
        index.add(Document(key=key, source=key, text=text, title=key, paragraphs=(span,)))


def evaluate_retrieval(
    index: ArticleIndex, questions: Sequence[SquadQuestion]
) -> Mapping[str, float]:
    """Returns hit@1, hit@10 and MRR@10 of the paragraph that a question was asked about."""
    position_of = {article.id: int(article.key) for article in index.articles()}
    ranked = [_paragraphs(index, asked.question, position_of) for asked in questions]
    relevant = [
        [position == asked.paragraph for position in found]
        for asked, found in zip(questions, ranked, strict=True)
    ]
    count = len(questions)
    return {
        "questions": count,
        "hit@1": sum(hit_at(1, r) for r in relevant) / count,
        "hit@10": sum(hit_at(10, r) for r in relevant) / count,
        "MRR@10": sum(reciprocal_rank(r) for r in relevant) / count,
    }


def _paragraphs(index: ArticleIndex, question: str, position_of: Mapping[int, int]) -> list[int]:
    hits = index.search(question, _DEPTH)
    return list(dict.fromkeys(position_of[hit.passage.article_id] for hit in hits))

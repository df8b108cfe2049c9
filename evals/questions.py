"""Question sets written for this project, and the articles that they ask about."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Literal

from index.formats import extract
from index.readers import BUNDLED_ARTICLE, bundled_document, read_file
from index.types import Document, Span

Split = Literal["tune", "test"]
ARTICLES = (BUNDLED_ARTICLE, "grain-export", "harbour-tunnel", "valley-fire")


@dataclass(frozen=True)
class Question:
    """A question with what answers it.

    Attributes:
        article: The name of the article that it asks about.
        kind: What sort of question it is; says nothing to the program.
        evidence: Where the sentences that answer it stand; empty where the article does not.
        answers: Accepted short answers.
    """

    id: str
    article: str
    question: str
    kind: str
    evidence: tuple[Span, ...]
    answers: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the article answers it."""
        return bool(self.evidence)

    def is_evidence(self, start: int, end: int) -> bool:
        """Tells whether this stretch of the article overlaps with the evidence."""
        return any(start < span.end and span.start < end for span in self.evidence)


def load_questions(split: Split, article: str) -> list[Question]:
    """Loads the questions about one article. Fit on ``tune`` alone; report ``test``."""
    path = files("evals").joinpath("data", "questions", f"{article}-{split}.jsonl")
    return list(_parse(path.read_text("utf-8")))


def load_article(name: str) -> Document:
    """Loads one of ``ARTICLES``."""
    if name == BUNDLED_ARTICLE:
        return bundled_document()
    with as_file(files("evals").joinpath("data", "articles", f"{name}.txt")) as path:
        return extract(read_file(path))


def _parse(lines: str) -> Iterator[Question]:
    for line in lines.splitlines():
        fields = json.loads(line)
        fields["evidence"] = tuple(Span(*span) for span in fields["evidence"])
        fields["answers"] = tuple(fields["answers"])
        yield Question(**fields)

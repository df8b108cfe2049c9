"""Marks as questions for ``article-qa eval``, with the articles that they are about.

Only what users call right says what is right: its quotes are the evidence of a question, and a
refusal is a question without any. All else is for a person to complete.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from index.article_index import ArticleIndex
from index.errors import SourceError
from index.formats import extract
from index.readers import read_file
from index.types import Article
from qa.cli import to_json
from qa.types import Citation
from ui.feedback import FeedbackError, Mark

QUESTIONS_FILE = "questions.jsonl"
TO_COMPLETE_FILE = "to-complete.jsonl"

_KIND = "marked"
"""By this the questions are known in the figures of the eval suite."""

Row = dict[str, Any]


class Exported(NamedTuple):
    """How many lines each file has."""

    questions: int
    to_complete: int


def export_marks(marks: Sequence[Mark], index: ArticleIndex, folder: Path) -> Exported:
    """Writes marks, and the text of each article that they cite and the index still has.

    Args:
        marks: Oldest first. Of several that call the same question right, the last one is written.
        index: What was asked.
        folder: Is made where there is none; its files of the same names are replaced.

    Raises:
        FeedbackError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        cited = {c.article_id for mark in marks for c in mark.answer.shown}
        articles = dict(_write_articles(cited, index, folder))
        questions, to_complete = _sorted_out(marks, articles)
        _write_lines(folder / QUESTIONS_FILE, questions)
        _write_lines(folder / TO_COMPLETE_FILE, to_complete)
    except OSError as error:
        raise FeedbackError(f"{folder}: cannot be written ({error.strerror})") from error
    return Exported(len(questions), len(to_complete))


def _write_articles(
    ids: Collection[int], index: ArticleIndex, folder: Path
) -> Iterator[tuple[int, Article]]:
    """Yields those that are in the index and are read back from their files as they are."""
    for article in index.articles():
        if article.id in ids:
            path = folder / _file_of(article.id)
            path.write_bytes(article.text.encode())
            with suppress(SourceError):
                if extract(read_file(path)).text == article.text:
                    yield article.id, article


def _file_of(article_id: int) -> str:
    return f"article-{article_id}.txt"


def _sorted_out(
    marks: Iterable[Mark], articles: Mapping[int, Article]
) -> tuple[list[Row], list[Row]]:
    """The questions, and what is to be completed."""
    questions: dict[tuple[str, ...], Row] = {}
    to_complete: list[Row] = []
    for mark in marks:
        rows = _questions(mark, articles)
        for row in rows:
            questions[row["article"], *row["history"], row["question"]] = row
        if not rows:
            to_complete.append(_shown(mark, articles))
    return list(questions.values()), to_complete


def _questions(mark: Mark, articles: Mapping[int, Article]) -> list[Row]:
    """A question to each article that is shown; none where the mark does not say what is right.

    None either where the text of one is gone.
    """
    cited: dict[int, list[Citation]] = {}
    for citation in mark.answer.shown:
        cited.setdefault(citation.article_id, []).append(citation)
    if mark.verdict != "right" or not cited.keys() <= articles.keys():
        return []
    return [_question(mark, articles[article_id], own) for article_id, own in cited.items()]


def _question(mark: Mark, article: Article, citations: Sequence[Citation]) -> Row:
    """A row as ``evals.rows`` reads it. Who speaks is left out: users judge what is said."""
    answer, short = mark.answer, mark.answer.short
    return {
        "question": answer.question,
        "article": _file_of(article.id),
        "kind": _KIND,
        "answers": [short.quote] if short and short.article_id == article.id else [],
        "evidence": [_evidence(article, c) for c in citations] if answer.answered else [],
        "history": mark.history if answer.is_rewritten else (),
        "standalone": answer.standalone_question if answer.is_rewritten else None,
    }


def _evidence(article: Article, citation: Citation) -> str | tuple[int, int]:
    """The quote, or where the article says the same before, its positions."""
    first = article.text.find(citation.quote)
    return citation.quote if first == citation.start else (citation.start, citation.end)


def _shown(mark: Mark, articles: Mapping[int, Article]) -> Row:
    cited = {c.article_id for c in mark.answer.shown}
    return {
        "verdict": mark.verdict,
        "citation": mark.citation,
        "time": mark.time.isoformat(),
        "history": mark.history,
        "articles": {article_id: _file_of(article_id) for article_id in cited & articles.keys()},
        "shown": to_json(mark.answer),
    }


def _write_lines(path: Path, rows: Iterable[Row]) -> None:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")

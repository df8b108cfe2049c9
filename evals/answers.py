"""How good the answers to our own question sets are: found, chosen, refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from sklearn.metrics import brier_score_loss, roc_auc_score

from evals.metrics import hit_at, reciprocal_rank, sentence_f1
from evals.questions import Question, Split, load_article, load_questions
from index.article_index import ArticleIndex
from index.types import Article, Hit, Span
from qa.service import RETRIEVED, ArticleQA
from qa.types import Answer


@dataclass(frozen=True)
class Asked:
    """A question with what was found and answered.

    Attributes:
        article: The article it is about, as it was in the index.
    """

    question: Question
    article: Article
    hits: Sequence[Hit]
    answer: Answer


def ask_all(article: str, split: Split, directory: Path) -> list[Asked]:
    """Asks all questions about one article, indexed alone in an empty directory."""
    index = ArticleIndex.open(directory, create=True)
    index.add(load_article(article))
    with ArticleQA(index) as articles:
        stored = articles.articles()[0]
        return [
            Asked(q, stored, index.search(q.question, RETRIEVED), articles.ask(q.question))
            for q in load_questions(split, article)
        ]


def summarize(asked: Sequence[Asked]) -> Mapping[str, float]:
    """Returns the figures of answered questions, over all questions of the list.

    Retrieval leaves out questions about headline, date and URL, which are no passages'. 'shown'
    is what a user sees: an answer if there is one, the refusal otherwise.
    """
    answerable = [a for a in asked if a.question.answerable]
    unanswerable = [a for a in asked if not a.question.answerable]
    searched = [_relevance(a) for a in answerable if a.question.kind != "metadata"]
    labels = [a.question.answerable for a in asked]
    confidences = [a.answer.confidence for a in asked]
    return {
        "answerable": len(answerable),
        "unanswerable": len(unanswerable),
        "passage hit@1": fmean(hit_at(1, r) for r in searched),
        "passage MRR@10": fmean(reciprocal_rank(r) for r in searched),
        "answered": fmean(a.answer.answered for a in answerable),
        "right where answered": fmean(
            _first_is_evidence(a) for a in answerable if a.answer.answered
        ),
        "sentence F1, shown": fmean(
            sentence_f1([Span(c.start, c.end) for c in a.answer.citations], a.question)
            for a in answerable
        ),
        "refused": fmean(not a.answer.answered for a in unanswerable),
        "AUROC": float(roc_auc_score(labels, confidences)),
        "Brier": float(brier_score_loss(labels, confidences)),
        "quotes exact": fmean(_is_exact(a) for a in asked),
    }


def _relevance(asked: Asked) -> list[bool]:
    passages = [hit.passage for hit in asked.hits]
    return [asked.question.is_evidence(p.start, p.end) for p in passages]


def _first_is_evidence(asked: Asked) -> bool:
    first = asked.answer.citations[0]
    return asked.question.is_evidence(first.start, first.end)


def _is_exact(asked: Asked) -> bool:
    shown = [*asked.answer.citations, *asked.answer.closest]
    return all(asked.article.text[c.start : c.end] == c.quote for c in shown)

"""Fits the plain reader's two logistic models on the ``tune`` questions.

    python -m evals.training.plain_reader

writes ``qa/data/plain_reader.json``. It is deterministic. What it prints is leave-one-article-out
cross-validation: each article's questions judged by models fitted on the others.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from evals.metrics import sentence_f1
from evals.questions import ARTICLES, Question, load_article, load_questions
from index.article_index import ArticleIndex
from qa.features import Candidate, SentenceFeatures, candidates
from qa.plain_reader import (
    ANSWER_FEATURE_NAMES,
    Logistic,
    answer_features,
    choose,
    probability,
    rank,
)
from qa.service import RETRIEVED

TARGET = Path(__file__).parents[2] / "qa" / "data" / "plain_reader.json"
_MORE = np.arange(0.05, 0.95, 0.05)


@dataclass(frozen=True)
class Example:
    """A question with every sentence that was found for it, and whether each is evidence."""

    question: Question
    candidates: list[Candidate]
    labels: list[bool]


def main() -> None:
    """Fits, reports and writes."""
    examples = [e for article in ARTICLES for e in _examples(article)]
    _report(examples)
    evidence, answerable = fit(examples)
    more = _best_more(examples, evidence)
    stored = {
        "made_by": "evals.training.plain_reader",
        "fitted_on": f"{len(examples)} tune questions on {', '.join(ARTICLES)}",
        "evidence": _named(evidence, SentenceFeatures._fields),
        "answerable": _named(answerable, ANSWER_FEATURE_NAMES),
        "more": more,
    }
    TARGET.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def fit(examples: Sequence[Example]) -> tuple[Logistic, Logistic]:
    """Fits both models: which sentence is evidence, and whether the best one answers."""
    answerable = [e for e in examples if e.question.answerable]
    evidence = _logistic(
        [c.features for e in answerable for c in e.candidates],
        [label for e in answerable for label in e.labels],
        strength=5.0,
    )
    answered = _logistic(
        [answer_features(*rank(e.candidates, evidence)[0]) for e in examples],
        [e.question.answerable for e in examples],
        strength=1.0,
    )
    return evidence, answered


def _examples(article: str) -> list[Example]:
    # Headline, date and URL are answered by rule, before the reader.
    questions = [q for q in load_questions("tune", article) if q.kind != "metadata"]
    with (
        tempfile.TemporaryDirectory() as folder,
        ArticleIndex.open(Path(folder), create=True) as index,
    ):
        index.add(load_article(article))
        return [_example(index, question) for question in questions]


def _example(index: ArticleIndex, question: Question) -> Example:
    hits = index.search(question.question, RETRIEVED)
    found = candidates(question.question, hits, index.term_weights)
    return Example(question, found, [question.is_evidence(*c.span) for c in found])


def _logistic(
    features: Sequence[Sequence[float]], labels: Sequence[bool], strength: float
) -> Logistic:
    model = LogisticRegression(C=strength, max_iter=5000).fit(np.array(features), labels)
    return Logistic(tuple(model.coef_[0].tolist()), float(model.intercept_[0]))


def _best_more(examples: Sequence[Example], evidence: Logistic) -> float:
    """The share of the best probability that gives the best mean F1 of cited sentences."""
    answerable = [e for e in examples if e.question.answerable]
    means = [np.mean([_f1(e, evidence, more) for e in answerable]) for more in _MORE]
    return round(float(_MORE[int(np.argmax(means))]), 2)


def _f1(example: Example, evidence: Logistic, more: float) -> float:
    shown = choose(rank(example.candidates, evidence), more)
    return sentence_f1([e.span for e in shown], example.question)


def _report(examples: Sequence[Example]) -> None:
    hits, confidences, labels = [], [], []
    for article in ARTICLES:
        evidence, answerable = fit([e for e in examples if e.question.article != article])
        for example in (e for e in examples if e.question.article == article):
            logit, best = rank(example.candidates, evidence)[0]
            confidences.append(probability(answerable.logit(answer_features(logit, best))))
            labels.append(example.question.answerable)
            if example.question.answerable:
                hits.append(example.question.is_evidence(*best.span))
    print(f"best sentence is evidence: {np.mean(hits):.3f} of {len(hits)}")
    print(f"AUROC of confidence: {roc_auc_score(labels, confidences):.3f} of {len(labels)}")
    print(f"Brier score: {brier_score_loss(labels, confidences):.3f}")


def _named(model: Logistic, names: Sequence[str]) -> dict[str, object]:
    return {"weights": dict(zip(names, model.weights, strict=True)), "bias": model.bias}


if __name__ == "__main__":
    main()

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

from evals.metrics.citations import Sentence, evidence_sentences, sentences_of
from evals.packaged import ARTICLES, load_article, question_rows
from evals.types import Sample
from index.article_index import ArticleIndex
from index.types import Document
from qa import metadata
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

    document: Document
    sample: Sample
    candidates: list[Candidate]
    labels: list[bool]

    @property
    def article(self) -> str:
        """The name of its article."""
        return self.document.key


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
    answerable = [e for e in examples if e.sample.answerable]
    evidence = _logistic(
        [c.features for e in answerable for c in e.candidates],
        [label for e in answerable for label in e.labels],
        strength=5.0,
    )
    answered = _logistic(
        [answer_features(*rank(e.candidates, evidence)[0]) for e in examples],
        [e.sample.answerable for e in examples],
        strength=1.0,
    )
    return evidence, answered


def _examples(article: str) -> list[Example]:
    document = load_article(article)
    samples = [row.sample(document) for _, row in question_rows(article, "tune")]
    with (
        tempfile.TemporaryDirectory() as folder,
        ArticleIndex.open(Path(folder), create=True) as index,
    ):
        index.add(document)
        # Headline, date and URL are answered by rule, before the reader.
        read = (s for s in samples if not metadata.asked_field(s.question))
        return [_example(index, document, sample) for sample in read]


def _example(index: ArticleIndex, document: Document, sample: Sample) -> Example:
    hits = index.search(sample.question, RETRIEVED)
    found = candidates(sample.question, hits, index.term_weights)
    return Example(document, sample, found, [_is_evidence(c, sample) for c in found])


def _is_evidence(candidate: Candidate, sample: Sample) -> bool:
    return any(evidence.overlaps(*candidate.span) for evidence in sample.evidence)


def _logistic(
    features: Sequence[Sequence[float]], labels: Sequence[bool], strength: float
) -> Logistic:
    model = LogisticRegression(C=strength, max_iter=5000).fit(np.array(features), labels)
    return Logistic(tuple(model.coef_[0].tolist()), float(model.intercept_[0]))


def _best_more(examples: Sequence[Example], evidence: Logistic) -> float:
    """The share of the best probability that gives the best mean F1 of cited sentences."""
    answerable = [e for e in examples if e.sample.answerable]
    means = [np.mean([_f1(e, evidence, more) for e in answerable]) for more in _MORE]
    return round(float(_MORE[int(np.argmax(means))]), 2)


def _f1(example: Example, evidence: Logistic, more: float) -> float:
    """F1 of the sentences shown and the evidence."""
    shown: set[Sentence] = set()
    for chosen in choose(rank(example.candidates, evidence), more):
        shown |= sentences_of(example.document, *chosen.span)
    expected = evidence_sentences(example.sample.evidence, {example.article: example.document})
    return 2 * len(shown & expected) / (len(shown) + len(expected))


def _report(examples: Sequence[Example]) -> None:
    hits, confidences, labels = [], [], []
    for article in ARTICLES:
        evidence, answerable = fit([e for e in examples if e.article != article])
        for example in (e for e in examples if e.article == article):
            logit, best = rank(example.candidates, evidence)[0]
            confidences.append(probability(answerable.logit(answer_features(logit, best))))
            labels.append(example.sample.answerable)
            if example.sample.answerable:
                hits.append(_is_evidence(best, example.sample))
    print(f"best sentence is evidence: {np.mean(hits):.3f} of {len(hits)}")
    print(f"AUROC of confidence: {roc_auc_score(labels, confidences):.3f} of {len(labels)}")
    print(f"Brier score: {brier_score_loss(labels, confidences):.3f}")


def _named(model: Logistic, names: Sequence[str]) -> dict[str, object]:
    return {"weights": dict(zip(names, model.weights, strict=True)), "bias": model.bias}


if __name__ == "__main__":
    main()

"""Fits what turns a reader's numbers into a choice of sentences and a confidence.

    python -m evals.training.calibration

writes ``qa/data/plain_reader.json`` and ``qa/data/reader.json``. It is deterministic. Fitted is on
the ``tune`` questions and on those of our own training news that the reader was not trained on.
What is printed is leave-one-article-out cross-validation: each article's questions judged by
models fitted on the others.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from evals.metrics.answers import token_f1
from evals.metrics.citations import Sentence, evidence_sentences, sentences_of
from evals.packaged import ARTICLES, load_article, question_rows
from evals.rows import load_questions
from evals.training.reader.recipe import news_files
from evals.types import Sample
from index.article_index import ArticleIndex
from index.exported import digest_of
from index.types import Document, Hit
from qa import metadata
from qa.reading import plain, trained
from qa.reading.choice import (
    Candidate,
    ChoiceModel,
    answer_feature_names,
    answer_features,
    choose,
    rank,
)
from qa.reading.features import SentenceFeatures, candidates
from qa.reading.graph import packaged_reader
from qa.reading.logistic import Logistic, probability
from qa.reading.trained import read_candidates
from qa.retrieving import RETRIEVED
from qa.short import short_answer
from qa.types import Evidence

DATA = Path(__file__).parents[2] / "qa" / "data"
NETWORK = DATA / "reader.safetensors"
_SHARES = np.arange(0.05, 0.95, 0.05)

Candidates = Callable[[ArticleIndex, str, Sequence[Hit]], list[Candidate]]


@dataclass(frozen=True)
class Example:
    """A question with every sentence that was read for it, and whether each is evidence."""

    document: Document
    sample: Sample
    candidates: list[Candidate]
    labels: list[bool]

    @property
    def article(self) -> str:
        """The name of its article."""
        return self.document.key


@dataclass(frozen=True)
class Fitted:
    """A reader whose models are fitted here."""

    name: str
    features: tuple[str, ...]
    candidates: Candidates
    network: Path | None = None

    def write(self, examples: Sequence[Example]) -> None:
        """Fits on what it read, and writes what was fitted."""
        model = fit(examples)
        stored: dict[str, object] = {
            "made_by": "evals.training.calibration",
            "fitted_on": f"{len(examples)} questions on {len(_articles(examples))} articles",
            "evidence": _named(model.evidence, self.features),
            "answerable": _named(model.answerable, answer_feature_names(self.features)),
            "more": model.more,
            "sure": model.sure,
        }
        if self.network:
            stored["network_sha256"] = digest_of(self.network)
        text = json.dumps(stored, indent=1) + "\n"
        (DATA / f"{self.name}.json").write_text(text, encoding="utf-8")


def _plain(index: ArticleIndex, question: str, hits: Sequence[Hit]) -> list[Candidate]:
    return candidates(question, hits, index.term_weights)


def _trained(index: ArticleIndex, question: str, hits: Sequence[Hit]) -> list[Candidate]:
    return read_candidates(packaged_reader(), question, hits, index.term_weights)


READERS = (
    Fitted(plain.MODEL, SentenceFeatures._fields, _plain),
    Fitted(trained.MODEL, trained.FEATURE_NAMES, _trained, NETWORK),
)


def main() -> None:
    """Fits the models of both readers."""
    for reader, examples in zip(READERS, read_all(), strict=True):
        print(reader.name)
        report(examples)
        reader.write(examples)


def read_all() -> list[list[Example]]:
    """Returns what each of ``READERS`` reads for all questions."""
    read: list[list[Example]] = [[] for _ in READERS]
    for document, samples in questions():
        for sample, each in _read(document, samples):
            for examples, found in zip(read, each, strict=True):
                labels = [_is_evidence(candidate, sample) for candidate in found]
                examples.append(Example(document, sample, found, labels))
    return read


def questions() -> Iterator[tuple[Document, Sequence[Sample]]]:
    """Yields the articles with the questions about each that models may be fitted on."""
    for name in ARTICLES:
        document = load_article(name)
        yield document, [row.sample(document) for _, row in question_rows(name, "tune")]
    for path in news_files(held_out=True):
        for collection in load_questions(path):
            yield collection.documents[0], collection.samples


def fit(examples: Sequence[Example]) -> ChoiceModel:
    """Fits which sentence is evidence, whether the best one answers, and how many are shown."""
    answerable = [e for e in examples if e.sample.answerable]
    evidence = _logistic(
        [c.features for e in answerable for c in e.candidates],
        [label for e in answerable for label in e.labels],
        strength=5.0,
    )
    answered = _logistic(
        [answer_features(rank(e.candidates, evidence)) for e in examples],
        [e.sample.answerable for e in examples],
        strength=1.0,
    )
    more = _best_more(answerable, evidence)
    return ChoiceModel(evidence, answered, more, _best_sure(answerable, evidence))


def _read(
    document: Document, samples: Sequence[Sample]
) -> Iterator[tuple[Sample, list[list[Candidate]]]]:
    """The questions about an article, with what each reader makes of what is found for them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ArticleIndex.open(Path(folder), create=True) as index,
    ):
        index.add(document)
        for sample in samples:
            # Headline, date and URL are answered by rule, before the reader.
            if not metadata.asked_field(sample.question):
                hits = index.search(sample.question, RETRIEVED)
                yield sample, [r.candidates(index, sample.question, hits) for r in READERS]


def _articles(examples: Sequence[Example]) -> list[str]:
    return list(dict.fromkeys(e.article for e in examples))


def _is_evidence(candidate: Candidate, sample: Sample) -> bool:
    return any(evidence.overlaps(*candidate.span) for evidence in sample.evidence)


def _logistic(
    features: Sequence[Sequence[float]], labels: Sequence[bool], strength: float
) -> Logistic:
    model = LogisticRegression(C=strength, max_iter=5000).fit(np.array(features), labels)
    return Logistic(tuple(model.coef_[0].tolist()), float(model.intercept_[0]))


def _best_more(answerable: Sequence[Example], evidence: Logistic) -> float:
    """The share of the best probability that gives the best mean F1 of cited sentences.

    Of several that are as good to two digits it is the smallest: what needs several sentences is
    better answered then.
    """
    means = [np.mean([_f1(e, evidence, more) for e in answerable]) for more in _SHARES]
    return round(float(_SHARES[int(np.argmax(np.round(means, 2)))]), 2)


def _best_sure(answerable: Sequence[Example], evidence: Logistic) -> float:
    """The probability from which short answers are more often right than wrong, all in all."""
    given = [pair for e in answerable for pair in _short(e, evidence)]
    gains = [sum(2 * f1 - 1 for sure, f1 in given if sure >= least) for least in _SHARES]
    return round(float(_SHARES[int(np.argmax(gains))]), 2)


def _short(example: Example, evidence: Logistic) -> Iterator[tuple[float, float]]:
    """The short answer of the best sentence, if it has one: how sure it is, and its F1."""
    _, best = rank(example.candidates, evidence)[0]
    shown = Evidence(best.passage, best.span, 1.0, best.answer.span if best.answer else None)
    span = short_answer(example.sample.question, shown)
    if span and best.answer:
        yield (
            best.answer.sure,
            token_f1(example.document.text[slice(*span)], example.sample.answers),
        )


def _f1(example: Example, evidence: Logistic, more: float) -> float:
    """F1 of the sentences shown and the evidence."""
    shown: set[Sentence] = set()
    for _, chosen in choose(rank(example.candidates, evidence), more):
        shown |= sentences_of(example.document, *chosen.span)
    expected = evidence_sentences(example.sample.evidence, {example.article: example.document})
    return 2 * len(shown & expected) / (len(shown) + len(expected))


def report(examples: Sequence[Example]) -> None:
    """Prints how well each article's questions are judged by what is fitted on the others."""
    hits, f1, confidences, labels = [], [], [], []
    for article in _articles(examples):
        model = fit([e for e in examples if e.article != article])
        for example in (e for e in examples if e.article == article):
            ranked = rank(example.candidates, model.evidence)
            confidences.append(probability(model.answerable.logit(answer_features(ranked))))
            labels.append(example.sample.answerable)
            if example.sample.answerable:
                hits.append(_is_evidence(ranked[0][1], example.sample))
                f1.append(_f1(example, model.evidence, model.more))
    print(f"best sentence is evidence: {np.mean(hits):.3f} of {len(hits)}")
    print(f"F1 of cited sentences: {np.mean(f1):.3f}")
    print(f"AUROC of confidence: {roc_auc_score(labels, confidences):.3f} of {len(labels)}")
    print(f"Brier score: {brier_score_loss(labels, confidences):.3f}")


def _named(model: Logistic, names: Sequence[str]) -> dict[str, object]:
    return {"weights": dict(zip(names, model.weights, strict=True)), "bias": model.bias}


if __name__ == "__main__":
    main()

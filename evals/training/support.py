"""Fits the score of how well what a language model wrote is supported by what it cites.

    python -m evals.training.support --data BENCHMARKS

writes ``qa/data/support.json``. It is deterministic. Fitted is on half of WiCE's dev set, on the
planted ``tune`` statements and on our own about training news (``support.jsonl``); each true
statement is also held against sentences of its article that it does not cite. Of the planted
faults those count that no rule catches: the score is for what rules let through. What is printed
is measured on the other half of WiCE.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from evals.loaders.wice import load_wice
from evals.metrics.confidence import auroc
from evals.planted import Planted, load_planted, read_planted
from evals.types import Collection, Part
from evals.uncertainty import interval, mean
from index.console import errors_reported
from index.encoder import load_encoder
from index.formats import extract
from index.readers import read_file
from index.types import Document, Span
from qa.checking.checker import SupportModel, fault
from qa.checking.support import Support, support
from qa.checking.types import Cited
from qa.checking.vectors import RecentVectors
from qa.reading.logistic import Logistic

DATA = Path(__file__).parents[2] / "qa" / "data"
NEWS = Path(__file__).with_name("news")
PAIRS = Path(__file__).with_name("support.jsonl")
"""Our own statements about training news."""

_STRENGTH = 0.3
_LEFT_OUT = 0.01
"""The share of true statements that may be left out because of the score alone."""

_FOLDS = 5
_CLOSEST = 3
"""Sentences that a claim of WiCE cites for which nobody found support."""

_LEAST_CHARACTERS = 20
_SUPPORTED = "supported"


@dataclass(frozen=True)
class Example:
    """A statement with what the score looks at.

    Attributes:
        article: By which the folds are cut.
        is_news: Whether it is a planted statement or one of ours.
    """

    article: str
    statement: str
    cited: tuple[Cited, ...]
    features: Support
    is_supported: bool
    is_news: bool = False


def main(
    data: Annotated[Path, typer.Option(help="The folder of the benchmarks.")],
) -> None:
    """Fits the support score, writes it, and prints what it reaches."""
    with errors_reported():
        vectors = RecentVectors(load_encoder())
        wice = data / "wice" / "dev.jsonl"
        examples = [*news_examples(vectors), *wice_examples(wice, "tune", vectors)]
        write(examples, DATA / "support.json")
        SupportModel.packaged.cache_clear()
        for line in report(wice_examples(wice, "test", vectors), SupportModel.packaged()):
            print(line)


def news_examples(vectors: RecentVectors) -> list[Example]:
    """Returns the planted statements and our own, and the true ones with wrong citations."""
    return list(pairs_examples([*load_planted("tune"), *own_pairs()], vectors))


def own_pairs() -> list[Planted]:
    """Returns our own statements about training news."""
    return read_planted(PAIRS, _news_article)


def wice_examples(path: Path, part: Part, vectors: RecentVectors) -> list[Example]:
    """Returns the claims of half of WiCE's dev set with the sentences that support them most.

    Raises:
        SourceError: It cannot be read.
    """
    return [_wice_example(each, vectors) for each in load_wice(path, part)]


def fit(examples: Sequence[Example]) -> SupportModel:
    """Fits the score, and its threshold on what models fitted on other articles say."""
    features = np.array([each.features for each in examples])
    labels = np.array([each.is_supported for each in examples])
    scale = features.std(axis=0) + 1e-6
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=5000)
    said = cross_val_predict(
        model,
        features / scale,
        labels,
        groups=[each.article for each in examples],
        cv=GroupKFold(_FOLDS),
        method="predict_proba",
    )[:, 1]
    true_news = np.array([each.is_news and each.is_supported for each in examples])
    threshold = float(np.quantile(said[true_news], _LEFT_OUT))
    model.fit(features / scale, labels)
    weights = (model.coef_[0] / scale).tolist()
    return SupportModel(Logistic(tuple(weights), float(model.intercept_[0])), round(threshold, 3))


def write(examples: Sequence[Example], target: Path) -> None:
    """Fits on the examples, and writes what was fitted."""
    model = fit(examples)
    stored = {
        "made_by": "evals.training.support",
        "fitted_on": f"{len(examples)} statements on {len({e.article for e in examples})} articles",
        "support": {
            "weights": dict(zip(Support._fields, model.logistic.weights, strict=True)),
            "bias": model.logistic.bias,
        },
        "threshold": model.threshold,
    }
    target.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def report(examples: Sequence[Example], model: SupportModel) -> Iterator[str]:
    """Yields what the score alone, and the rules with it, reach on claims that were not seen."""
    labels = np.array([each.is_supported for each in examples], dtype=float)
    scores = np.array([model.score(each.features) for each in examples])
    over = scores >= model.threshold
    unbroken = np.array([fault(each.statement, each.cited) is None for each in examples])
    yield f"{len(examples)} claims, {labels.sum():.0f} of them supported"
    yield _figure("AUROC", auroc(labels, scores), interval(auroc, labels, scores))
    for name, shown in (("score", over), ("score and rules", over & unbroken)):
        for figure, values in (("precision", labels[shown]), ("recall", shown[labels == 1])):
            numbers = values.astype(float)
            yield _figure(f"{figure} of {name}", float(numbers.mean()), interval(mean, numbers))


def _figure(name: str, value: float, ends: tuple[float, float]) -> str:
    return f"{name}: {value:.3f}, {ends[0]:.3f} to {ends[1]:.3f}"


def pairs_examples(planted: Sequence[Planted], vectors: RecentVectors) -> Iterator[Example]:
    """Yields the true ones, the faults that no rule catches, and wrong citations made of both."""
    for each in planted:
        if each.fault is None or fault(each.statement, each.cited) is None:
            yield _example(each, each.cited, each.fault is None, vectors)
    true = [each for each in planted if each.fault is None]
    for each in true:
        for others in _elsewhere(each, true):
            yield _example(each, others, False, vectors)


def _elsewhere(planted: Planted, true: Sequence[Planted]) -> Iterator[tuple[Cited, ...]]:
    """What other statements about the same article cite, and nothing that this one does."""
    for other in true:
        if other.article != planted.article or set(other.cited) & set(planted.cited):
            continue
        if fault(planted.statement, other.cited) is None:
            yield other.cited


def _example(
    planted: Planted, cited: tuple[Cited, ...], is_supported: bool, vectors: RecentVectors
) -> Example:
    features = support(planted.statement, cited, vectors)
    return Example(planted.article, planted.statement, cited, features, is_supported, is_news=True)


def _wice_example(collection: Collection, vectors: RecentVectors) -> Example:
    [document], [sample] = collection.documents, collection.samples
    if sample.alternatives:
        spans = sorted({Span(e.start, e.end) for e in sample.alternatives[0]})
    else:
        spans = _closest(document, sample.question, vectors)
    cited = tuple(Cited(document.text[slice(*span)]) for span in spans)
    features = support(sample.question, cited, vectors)
    return Example(collection.name, sample.question, cited, features, sample.kind == _SUPPORTED)


def _closest(document: Document, claim: str, vectors: RecentVectors) -> list[Span]:
    long = [s for s in document.paragraphs if s.end - s.start >= _LEAST_CHARACTERS]
    embedded = vectors.of([claim, *(document.text[slice(*span)] for span in long)])
    best = np.argsort(-(embedded[1:] @ embedded[0]))[:_CLOSEST]
    return [long[i] for i in sorted(best)]


def _news_article(name: str) -> Document:
    return extract(read_file(NEWS / f"{name}.txt"))


if __name__ == "__main__":
    typer.run(main)

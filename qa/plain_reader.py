"""Reads by similarity and shared words: two logistic models over ``qa.features``.

Their weights are in ``data/plain_reader.json``, made by ``evals.training.plain_reader``.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.types import Hit
from qa.features import Candidate, SentenceFeatures, TermWeights, candidates
from qa.types import Evidence, Reading

MAX_SENTENCES = 4


@dataclass(frozen=True)
class Logistic:
    """A logistic model: probability = 1 / (1 + exp(-(bias + weights . features)))."""

    weights: tuple[float, ...]
    bias: float

    def logit(self, features: Sequence[float]) -> float:
        """Returns the log odds."""
        return self.bias + sum(w * x for w, x in zip(self.weights, features, strict=True))


@dataclass(frozen=True)
class PlainModel:
    """What was fitted.

    Attributes:
        evidence: Of a sentence's features: does it answer?
        answerable: Of ``answer_features``: does the best sentence answer?
        more: The share of the best sentence's probability from which further ones are shown.
    """

    evidence: Logistic
    answerable: Logistic
    more: float

    @classmethod
    @cache
    def packaged(cls) -> "PlainModel":
        """Returns the model that the project ships."""
        text = files("qa").joinpath("data", "plain_reader.json").read_text("utf-8")
        stored = json.loads(text)
        models = {
            name: Logistic(tuple(stored[name]["weights"].values()), stored[name]["bias"])
            for name in ("evidence", "answerable")
        }
        return cls(**models, more=stored["more"])


class PlainReader:
    """A ``Reader`` that needs no model of language: fast, and blind to paraphrase."""

    def __init__(self, term_weights: TermWeights, model: PlainModel | None = None) -> None:
        """Makes a reader.

        Args:
            term_weights: Says how telling each stem is, in the index that is searched.
            model: What was fitted; the packaged one if None.
        """
        self._term_weights = term_weights
        self._model = model or PlainModel.packaged()

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        """Reads the passages found for a question."""
        ranked = rank(candidates(question, hits, self._term_weights), self._model.evidence)
        if not ranked:
            return Reading((), 0.0)
        best_logit, best = ranked[0]
        confidence = probability(self._model.answerable.logit(answer_features(best_logit, best)))
        return Reading(tuple(choose(ranked, self._model.more)), confidence)


def choose(ranked: Sequence[tuple[float, Candidate]], more: float) -> list[Evidence]:
    """Returns the best sentence and those nearly as likely, at most four, none of them twice.

    Args:
        ranked: As ``rank`` returns them, at least one.
        more: See ``PlainModel``.
    """
    least = more * probability(ranked[0][0])
    chosen: dict[str, Evidence] = {}
    for logit, candidate in ranked:
        support = probability(logit)
        if support < least or len(chosen) == MAX_SENTENCES:
            break
        evidence = Evidence(candidate.hit.passage, candidate.span, support)
        chosen.setdefault(candidate.text, evidence)
    return _in_reading_order(list(chosen.values()))


def _in_reading_order(evidence: list[Evidence]) -> list[Evidence]:
    """The best first; the others by passage, those of one passage as they stand in it."""
    best, *others = evidence
    passages = list(dict.fromkeys(e.passage.id for e in evidence))
    others.sort(key=lambda e: (passages.index(e.passage.id), e.span))
    return [best, *others]


def rank(found: Sequence[Candidate], evidence: Logistic) -> list[tuple[float, Candidate]]:
    """Returns the candidates with their log odds of being evidence, the best first."""
    scored = [(evidence.logit(candidate.features), candidate) for candidate in found]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].hit.passage.id, pair[1].span))


def answer_features(best_logit: float, best: Candidate) -> tuple[float, ...]:
    """Returns what the confidence is computed from: the best sentence's log odds and features."""
    return (best_logit, *best.features)


ANSWER_FEATURE_NAMES = ("best_logit", *SentenceFeatures._fields)
"""The names of what ``answer_features`` returns."""


def probability(logit: float) -> float:
    """Returns the probability of these log odds, without overflow."""
    return 1 / (1 + math.exp(-logit)) if logit > 0 else math.exp(logit) / (1 + math.exp(logit))

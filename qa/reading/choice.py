"""From numbers about sentences to the sentences that answer, and how sure that is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from index.errors import ModelError, in_one_line
from index.types import Passage, Span
from qa.reading.logistic import Logistic, probability
from qa.types import Evidence, Reading

MAX_SENTENCES = 4


class ShortAnswer(NamedTuple):
    """A few words of a sentence.

    Attributes:
        span: In positions of the article.
        sure: The probability that it is these, among all words of the sentence.
    """

    span: Span
    sure: float


@dataclass(frozen=True)
class Candidate:
    """A sentence of a found passage that may answer the question.

    Attributes:
        features: What the models look at.
        answer: The short answer in it, where one was looked for.
    """

    passage: Passage
    span: Span
    features: tuple[float, ...]
    answer: ShortAnswer | None = None

    @property
    def text(self) -> str:
        """Its text."""
        return self.passage.sentence(self.span)


@dataclass(frozen=True)
class ChoiceModel:
    """What was fitted.

    Attributes:
        evidence: Of a sentence's features: does it answer?
        answerable: Of ``answer_features``: is there an answer?
        more: The share of the best sentence's probability from which further ones are shown.
        sure: The probability from which a short answer is given.
    """

    evidence: Logistic
    answerable: Logistic
    more: float
    sure: float

    @classmethod
    @cache
    def packaged(cls, name: str, features: tuple[str, ...]) -> "ChoiceModel":
        """Returns one that the project ships.

        Args:
            name: Of its file.
            features: The names of what it looks at, in their order.

        Raises:
            ModelError: Its file is missing or damaged, or was made for other features.
        """
        file = f"{name}.json"
        try:
            stored = json.loads(files("qa").joinpath("data", file).read_text("utf-8"))
            return cls(
                Logistic.stored(stored["evidence"], features),
                Logistic.stored(stored["answerable"], answer_feature_names(features)),
                stored["more"],
                stored["sure"],
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"qa/data/{file}: it is missing or damaged ({in_one_line(error)}); reinstall "
                "article-qa"
            ) from error

    def read(self, candidates: Sequence[Candidate]) -> Reading:
        """Returns the sentences that answer, and how sure it is that they do."""
        ranked = rank(candidates, self.evidence)
        if not ranked:
            return Reading((), 0.0)
        confidence = probability(self.answerable.logit(answer_features(ranked)))
        chosen = (self._evidence(*pair) for pair in choose(ranked, self.more))
        return Reading(tuple(chosen), confidence)

    def _evidence(self, logit: float, candidate: Candidate) -> Evidence:
        answer = candidate.answer
        short = answer.span if answer and answer.sure >= self.sure else None
        return Evidence(candidate.passage, candidate.span, probability(logit), short)


Ranked = Sequence[tuple[float, Candidate]]
"""Candidates after their log odds of being evidence, the best first."""


def rank(candidates: Sequence[Candidate], evidence: Logistic) -> Ranked:
    """Returns the candidates with their log odds of being evidence, the best first."""
    scored = [(evidence.logit(candidate.features), candidate) for candidate in candidates]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].passage.id, pair[1].span))


def choose(ranked: Ranked, more: float) -> Ranked:
    """Returns the best sentence and those nearly as likely, at most four, none of them twice.

    Args:
        ranked: At least one.
        more: See ``ChoiceModel``.
    """
    least = more * probability(ranked[0][0])
    chosen: dict[str, tuple[float, Candidate]] = {}
    for logit, candidate in ranked:
        if probability(logit) < least or len(chosen) == MAX_SENTENCES:
            break
        chosen.setdefault(candidate.text, (logit, candidate))
    return _in_reading_order(list(chosen.values()))


def _in_reading_order(chosen: Ranked) -> Ranked:
    """The best first; the others by passage, those of one passage as they stand in it."""
    best, *others = chosen
    passages = list(dict.fromkeys(c.passage.id for _, c in chosen))
    others.sort(key=lambda pair: (passages.index(pair[1].passage.id), pair[1].span))
    return [best, *others]


def answer_features(ranked: Ranked) -> tuple[float, ...]:
    """Returns what the confidence is computed from: the best sentence's log odds and features."""
    logit, best = ranked[0]
    return (logit, *best.features)


def answer_feature_names(features: Sequence[str]) -> tuple[str, ...]:
    """Returns the names of what ``answer_features`` returns."""
    return ("best_logit", *features)

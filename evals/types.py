"""What is asked, what came of it, and how it is scored. Everything else imports these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from index.types import Document

Part = Literal["tune", "test"]
"""Fit on ``tune`` alone; report ``test``."""

Task = Literal["retrieval", "answers", "rewriting"]
"""What a data set can measure: finding passages, answering, and making follow-ups stand alone."""


class Evidence(NamedTuple):
    """A stretch of an article that answers a question: ``text[start:end]``.

    Attributes:
        article: The key of the document.
        grade: How relevant it is, 1 or more; counts in nDCG.
    """

    article: str
    start: int
    end: int
    grade: int = 1

    def overlaps(self, start: int, end: int) -> bool:
        """Tells whether it shares a character with this stretch of its article."""
        return start < self.end and self.start < end


@dataclass(frozen=True)
class Sample:
    """A question with what answers it.

    Attributes:
        id: Unique in its suite.
        kind: What sort of question it is; the report breaks figures down by it.
        answerable: Whether the articles answer it.
        alternatives: Sets of evidence, each of which suffices; empty where it is not known.
        answers: Accepted short answers; any one of them is right.
        speaker: Accepted names of who says the evidence; empty where that is not asked.
        within: The key of the one document that the answer is read from; None for the passages
            that are found among all of the collection.
        history: The earlier questions of a conversation, the first one first.
        standalone: The question rewritten so that it can be understood without the history.
    """

    id: str
    question: str
    kind: str
    answerable: bool
    alternatives: tuple[tuple[Evidence, ...], ...] = ()
    answers: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    within: str | None = None
    history: tuple[str, ...] = ()
    standalone: str | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence of all alternatives, each stretch once, in their order."""
        return tuple(dict.fromkeys(e for each in self.alternatives for e in each))


@dataclass(frozen=True)
class Collection:
    """Documents that are indexed together, and what is asked of them.

    Attributes:
        tasks: What is measured on it.
    """

    name: str
    documents: tuple[Document, ...]
    samples: tuple[Sample, ...]
    tasks: frozenset[Task] = frozenset({"retrieval", "answers"})


@dataclass(frozen=True)
class Suite:
    """What is reported as one table."""

    name: str
    collections: tuple[Collection, ...]

    @property
    def samples(self) -> list[Sample]:
        """All that is asked, in its order."""
        return [sample for collection in self.collections for sample in collection.samples]


@dataclass(frozen=True)
class Quote:
    """What a system shows of an article.

    Attributes:
        article: The key of the document; None where the system does not say.
        start: Where it stands in the document; None where the system does not say.
        text: What is shown. Whether it stands there is for the scoring to find out.
    """

    article: str | None
    start: int | None
    end: int | None
    text: str
    speaker: str | None = None

    def is_on(self, evidence: Evidence) -> bool:
        """Tells whether it overlaps this evidence; what is from nowhere does not."""
        if self.start is None or self.end is None or self.article != evidence.article:
            return False
        return evidence.overlaps(self.start, self.end)


@dataclass(frozen=True)
class Response:
    """What a system made of a question.

    Attributes:
        answered: Whether it shows an answer; False where it says that the articles do not.
        text: What it shows, or where it refuses, would have shown; without citation markers.
        short: The shortest answer inside it, where the system gives one.
        cited: What the text rests on, the best first.
        closest: Passages that are shown beside a refusal.
        retrieved: The passages found, the best first.
        confidence: How sure it is that the articles answer, 0 to 1; None where it does not say.
        standalone: The question as it was searched for; None where the system does not say.
    """

    answered: bool
    text: str
    short: str | None = None
    cited: tuple[Quote, ...] = ()
    closest: tuple[Quote, ...] = ()
    retrieved: tuple[Quote, ...] = ()
    confidence: float | None = None
    standalone: str | None = None


Scores = Mapping[str, float]
"""The scores of one sample by the names of ``evals.metrics``; what is missing is not scored."""


@dataclass(frozen=True)
class Scored:
    """One sample of one system, as it is reported and compared.

    Attributes:
        answered: None where the system failed.
        right: Whether what it answers, or would, rests on evidence; None where nothing tells.
        answer: What it shows, or where it refuses, would have shown.
        error: What went wrong where it failed; nothing is scored then.
    """

    suite: str
    system: str
    sample: Sample
    answered: bool | None = None
    confidence: float | None = None
    right: bool | None = None
    answer: str = ""
    cited: Sequence[Quote] = ()
    scores: Scores = field(default_factory=dict)
    error: str | None = None


class Figure(NamedTuple):
    """A value over ``n`` samples with its bootstrap 95% interval."""

    value: float
    n: int
    low: float
    high: float


Figures = Mapping[str, Figure]
"""By the names of ``evals.metrics``, in their order; what was not scored is missing."""


class Bin(NamedTuple):
    """Samples of like confidence: its mean, and the share of them that the articles answer."""

    confidence: float
    share: float
    n: int


class Point(NamedTuple):
    """The share of wrong answers among the surest samples, which are this share of all."""

    coverage: float
    risk: float


@dataclass(frozen=True)
class Summary:
    """What one system reached on one suite.

    Attributes:
        samples: How many were asked.
        errors: How many of them failed. They are in no figure.
        floors: What refusing all and answering all would reach, by metric.
        kinds: The figures of each kind of question.
        risk_coverage: The curve, by rising coverage; empty where there is no confidence.
        reliability: By rising confidence; empty where there is none.
    """

    suite: str
    system: str
    samples: int
    errors: int
    figures: Figures
    floors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    kinds: Mapping[str, Figures] = field(default_factory=dict)
    risk_coverage: Sequence[Point] = ()
    reliability: Sequence[Bin] = ()


@dataclass(frozen=True)
class Run:
    """All that one evaluation found.

    Attributes:
        documents: What the samples' evidence and quotes are slices of, by suite and key.
    """

    summaries: Sequence[Summary]
    scored: Sequence[Scored]
    documents: Mapping[str, Mapping[str, Document]]

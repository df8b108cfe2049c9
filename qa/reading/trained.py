"""Reads with the trained network, next to what the plain reader looks at.

The network's weights are in ``qa/data/reader.safetensors``, made by ``evals.training.reader``;
those of the two logistic models in ``qa/data/reader.json``, by ``evals.training.calibration``.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.types import Hit
from qa.reading.choice import Candidate, ChoiceModel
from qa.reading.features import SentenceFeatures, TermWeights, candidates
from qa.reading.graph import ReaderGraph, packaged_reader
from qa.reading.signals import Signals
from qa.types import Reading

MODEL = "reader"
FEATURE_NAMES = (*SentenceFeatures._fields, *Signals._fields)
"""Of what its models look at."""


class TrainedReader:
    """A ``Reader`` that was trained to find what answers, and to see that nothing does."""

    def __init__(
        self,
        term_weights: TermWeights,
        graph: ReaderGraph | None = None,
        model: ChoiceModel | None = None,
    ) -> None:
        """Makes a reader.

        Args:
            term_weights: Says how telling each stem is, in the index that is searched.
            graph: The network; the packaged one if None.
            model: What was fitted; the packaged one if None.

        Raises:
            ModelError: The packaged network is damaged, or cannot be prepared.
        """
        self._term_weights = term_weights
        self._graph = graph or packaged_reader()
        self._model = model or ChoiceModel.packaged(MODEL, FEATURE_NAMES)

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        """Reads the passages found for a question."""
        return self._model.read(read_candidates(self._graph, question, hits, self._term_weights))


def read_candidates(
    graph: ReaderGraph, question: str, hits: Sequence[Hit], term_weights: TermWeights
) -> list[Candidate]:
    """Returns every sentence that is read, with what the models look at: ``FEATURE_NAMES``."""
    read = {(s.hit, s.number): s for s in graph.read(question, hits)}
    places = [(i, n) for i, h in enumerate(hits) for n in range(len(h.passage.sentences))]
    return [
        replace(
            candidate,
            features=(*candidate.features, *read[place].signals),
            answer=read[place].answer,
        )
        for place, candidate in zip(places, candidates(question, hits, term_weights), strict=True)
        if place in read
    ]

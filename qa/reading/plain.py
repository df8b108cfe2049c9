"""Reads by similarity and shared words: two logistic models over ``qa.reading.features``.

Their weights are in ``qa/data/plain_reader.json``, made by ``evals.training.calibration``.
"""

from collections.abc import Sequence

from index.types import Hit
from qa.reading.choice import ChoiceModel
from qa.reading.features import SentenceFeatures, TermWeights, candidates
from qa.types import Reading

MODEL = "plain_reader"


class PlainReader:
    """A ``Reader`` that needs no model of language: fast, and blind to paraphrase."""

    def __init__(self, term_weights: TermWeights, model: ChoiceModel | None = None) -> None:
        """Makes a reader.

        Args:
            term_weights: Says how telling each stem is, in the index that is searched.
            model: What was fitted; the packaged one if None.
        """
        self._term_weights = term_weights
        self._model = model or ChoiceModel.packaged(MODEL, SentenceFeatures._fields)

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        """Reads the passages found for a question."""
        return self._model.read(candidates(question, hits, self._term_weights))

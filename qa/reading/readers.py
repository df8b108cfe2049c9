"""Readers by name."""

from qa.reading.features import TermWeights
from qa.reading.plain import PlainReader
from qa.types import Reader

PLAIN = "none"
"""The name of the reader that reads with no network."""


def make_reader(name: str | None, term_weights: TermWeights) -> Reader:
    """Returns a reader.

    Args:
        name: None for the one that this project trained; ``none`` for the plain one; or a
            cross-encoder or question-answering model, by folder or Hugging Face name.
        term_weights: Says how telling each stem is, in the index that is searched.

    Raises:
        ModelError: The model is missing or damaged.
    """
    if name is None:
        from qa.reading.trained import TrainedReader

        return TrainedReader(term_weights)
    if name == PLAIN:
        return PlainReader(term_weights)
    from qa.reading.hub import load_hub_reader

    return load_hub_reader(name)

"""Readers by name."""

from collections.abc import Callable

from qa.reading.features import TermWeights
from qa.reading.plain import PlainReader
from qa.types import Reader

PLAIN = "none"
"""The name of the reader that reads with no network."""

MakeReader = Callable[[TermWeights], Reader]
"""Takes what says how telling each stem is, in the index that is searched."""


def reader_maker(name: str | None) -> MakeReader:
    """Returns what makes a reader for an index; its model is loaded by then.

    Args:
        name: None for the one that this project trained; ``none`` for the plain one; or a
            cross-encoder or question-answering model, by folder or Hugging Face name.

    Raises:
        ModelError: The model is missing or damaged.
    """
    if name is None:
        from qa.reading.graph import packaged_reader
        from qa.reading.trained import TrainedReader

        packaged_reader()
        return TrainedReader
    if name == PLAIN:
        return PlainReader
    from qa.reading.hub import load_hub_reader

    reader = load_hub_reader(name)
    return lambda _: reader

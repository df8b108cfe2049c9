"""Finds who says what in an article."""

from index.attribution.graph import packaged_graph
from index.attribution.speakers import with_speakers
from index.types import Attribution, Document


def find_attributions(document: Document) -> list[Attribution]:
    """Returns the attributions of a document with their speakers, in the order of their contents.

    Raises:
        ModelError: The packaged network is damaged, or cannot be prepared.
    """
    return with_speakers(document, packaged_graph().find(document))

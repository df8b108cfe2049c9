"""What of the public data the project's reader was trained on: it is not reported on.

It is left out for every system, so that all are asked the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evals.loaders.squad import load_squad
from evals.types import Collection

SQUAD_ARTICLES = frozenset(
    {"French_and_Indian_War", "Imperialism", "Packet_switching", "Yuan_dynasty"}
)
"""Of SQuAD, and so of XQuAD, by title: every second one of the part that was trained on."""

SQUADSHIFTS_FILES = frozenset({"new_wiki", "reddit"})
"""Without their endings; the third, amazon_reviews, is reported on."""


def load_unseen_squad(path: Path) -> Sequence[Collection]:
    """Loads what is left of a file in SQuAD's format; nothing where all of it was trained on.

    Raises:
        SourceError: See ``load_squad``.
    """
    collection = load_squad(path)
    if collection.name in SQUADSHIFTS_FILES:
        return ()
    documents = tuple(d for d in collection.documents if d.title not in SQUAD_ARTICLES)
    kept = {document.key for document in documents}
    samples = tuple(s for s in collection.samples if s.within in kept)
    return (replace(collection, documents=documents, samples=samples),) if samples else ()

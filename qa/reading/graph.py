"""The trained network as it is run: by ONNX Runtime, without torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.exported import TOKENIZER_FILE, open_graph
from index.prepared import prepared
from index.types import Hit
from qa.reading.signals import ReadSentence, read_sentences
from qa.reading.windows import PASSAGE_TOKENS, Window, pack

_EXPORT_VERSION = 1
"""Part of the folder's name: raise it when what is exported changes."""


@dataclass(frozen=True)
class ReaderGraph:
    """An exported reader, in memory."""

    folder: Path
    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer

    @classmethod
    def load(cls, folder: Path) -> "ReaderGraph":
        """Loads it from the folder of its export."""
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        tokenizer.enable_truncation(PASSAGE_TOKENS)
        tokenizer.no_padding()
        return cls(folder, open_graph(folder), tokenizer)

    def read(self, question: str, hits: Sequence[Hit]) -> list[ReadSentence]:
        """Reads the passages found, the best first, as many as the budget allows."""
        windows = pack(question, hits, self.tokenizer)
        if not windows:
            return []
        tokens, answerable = self.session.run(["tokens", "answerable"], _inputs(windows))
        return list(read_sentences(windows, tokens, answerable))


def packaged_reader() -> ReaderGraph:
    """Returns the project's reader, exported first where that has not been done or is damaged.

    It is loaded once a process, and all who ask share it.

    Raises:
        ModelError: It, or the packaged encoder, is damaged, or the cache cannot be written.
    """
    with _loading:
        return _load_packaged()


_loading = Lock()


@cache
def _load_packaged() -> ReaderGraph:
    with as_file(files("qa").joinpath("data", "reader.safetensors")) as weights:
        return load_reader(weights)


def load_reader(weights: Path) -> ReaderGraph:
    """Returns the reader of these trained weights; see ``packaged_reader``."""
    return ReaderGraph.load(prepared("reader", weights, _EXPORT_VERSION, _export))


def _export(weights: Path, fingerprint: str, folder: Path) -> None:
    from qa.reading.export import export_reader

    export_reader(weights, fingerprint, folder)


def _inputs(windows: Sequence[Window]) -> dict[str, np.ndarray]:
    """What the graph takes: windows padded to the longest."""
    shape = (len(windows), max(len(w.ids) for w in windows))
    inputs = {
        name: np.zeros(shape, dtype=np.int64)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    }
    for row, window in enumerate(windows):
        size = len(window.ids)
        inputs["input_ids"][row, :size] = window.ids
        inputs["attention_mask"][row, :size] = 1
        inputs["token_type_ids"][row, window.text_from : size] = 1
    return inputs

"""The trained network as it is run: by ONNX Runtime, without torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.exported import TOKENIZER_FILE, open_graph
from index.prepared import ShippedNetwork
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


def _export(weights: Path, fingerprint: str, folder: Path) -> None:
    from qa.reading.export import export_reader

    export_reader(weights, fingerprint, folder)


_NETWORK = ShippedNetwork(
    "reader", "qa", "reader.safetensors", _EXPORT_VERSION, _export, ReaderGraph.load
)
packaged_reader = _NETWORK.packaged
load_reader = _NETWORK.of


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

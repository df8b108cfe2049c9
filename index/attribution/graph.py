"""The network that finds attributions as it is run: by ONNX Runtime, without torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.attribution.decoding import attributions
from index.attribution.tidying import tidied
from index.attribution.windows import CLS, SEP, SPECIAL, Tokens, Window, tokens_of, windows_of
from index.exported import TOKENIZER_FILE, open_graph
from index.prepared import ShippedNetwork
from index.types import Attribution, Document

_EXPORT_VERSION = 1
"""Part of the folder's name: raise it when what is exported changes."""


@dataclass(frozen=True)
class AttributionGraph:
    """An exported network, in memory."""

    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer

    @classmethod
    def load(cls, folder: Path) -> "AttributionGraph":
        """Loads it from the folder of its export."""
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(open_graph(folder), tokenizer)

    def find(self, document: Document) -> list[Attribution]:
        """Returns the attributions of a document, in the order of their contents."""
        tokens = tokens_of(document, self.tokenizer)
        found = [
            tidied(document.text, attribution)
            for window in windows_of(tokens.paragraphs)
            for attribution in self._find(tokens, window)
        ]
        return sorted(found, key=lambda a: a.content)

    def _find(self, tokens: Tokens, window: Window) -> Sequence[Attribution]:
        ids = [CLS, *tokens.ids[window.read.start : window.read.stop], SEP]
        inputs = {
            "input_ids": np.array([ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(window.read) + SPECIAL), dtype=np.int64),
        }
        labels, links = self.session.run(["labels", "links"], inputs)
        return list(attributions(tokens, window, labels[0], links[0]))


def _export(weights: Path, fingerprint: str, folder: Path) -> None:
    from index.attribution.export import export_attribution

    export_attribution(weights, fingerprint, folder)


_NETWORK = ShippedNetwork(
    "tagger", "index", "attribution.safetensors", _EXPORT_VERSION, _export, AttributionGraph.load
)
packaged_graph = _NETWORK.packaged
load_graph = _NETWORK.of

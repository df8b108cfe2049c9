"""The network that finds attributions as it is run: by ONNX Runtime, without torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.attribution.decoding import attributions
from index.attribution.tidying import tidied
from index.attribution.windows import CLS, SEP, SPECIAL, Tokens, Window, tokens_of, windows_of
from index.exported import TOKENIZER_FILE, open_graph
from index.prepared import prepared
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


def packaged_graph() -> AttributionGraph:
    """Returns the project's network, exported first where that has not been done or is damaged.

    It is loaded once a process, and all who add share it.

    Raises:
        ModelError: It, or the packaged encoder, is damaged, or the cache cannot be written.
    """
    with _loading:
        return _load_packaged()


_loading = Lock()


@cache
def _load_packaged() -> AttributionGraph:
    with as_file(files("index").joinpath("data", "attribution.safetensors")) as weights:
        return load_graph(weights)


def load_graph(weights: Path) -> AttributionGraph:
    """Returns the network of these trained weights; see ``packaged_graph``."""
    return AttributionGraph.load(prepared("tagger", weights, _EXPORT_VERSION, _export))


def _export(weights: Path, fingerprint: str, folder: Path) -> None:
    from index.attribution.export import export_attribution

    export_attribution(weights, fingerprint, folder)

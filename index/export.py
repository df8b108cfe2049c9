"""Writes a sentence-transformers model as ONNX, once a user and model.

Importing this module imports torch (seconds); asking imports only what is exported.
"""

import json
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

import onnx
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

from index.chunking import MAX_TOKENS
from index.errors import ModelError, in_one_line
from index.exported import GRAPH_FILE, MANIFEST_FILE, TOKENIZER_FILE, digest_of
from index.model import ModelFiles

_OPSET = 17
_SCRATCH_SUFFIX = ".tmp"
_SCRATCH_SECONDS = 3600
"""How old a scratch folder must be to be one of a process that was killed."""

_exporting = Lock()
"""torch's exporter keeps its state in globals: threads take turns."""

MakeExport = Callable[[Path], Mapping[str, Any]]
"""Writes graph and tokenizer to a folder, and returns what the manifest is to say of them."""


class _Embed(nn.Module):
    """The model's own modules, pooling included, and then length 1."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
        return nn.functional.normalize(features["sentence_embedding"], dim=-1)


def export_encoder(files: ModelFiles, target: Path) -> None:
    """Exports a model to a folder; see ``write_export``.

    Raises:
        ModelError: The model has no fast tokenizer, cannot be exported, or the cache directory
            cannot be written.
    """
    model = files.load()
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        raise ModelError(
            f"{files.name}: it has no fast tokenizer, which is what runs without torch"
        )

    def make(folder: Path) -> Mapping[str, Any]:
        inputs = ("input_ids", "attention_mask")
        outputs = {"embedding": ("texts",)}
        write_graph(_Embed(model), inputs, outputs, files.name, folder / GRAPH_FILE)
        (folder / TOKENIZER_FILE).write_text(tokenizer.to_str(), encoding="utf-8")
        return {
            "model": files.name,
            "fingerprint": files.fingerprint,
            "dimension": model.get_embedding_dimension(),
            "max_tokens": min(MAX_TOKENS, model.max_seq_length or MAX_TOKENS),
            "question_prompt": model.prompts.get("query", ""),
            "passage_prompt": model.prompts.get("document", ""),
        }

    write_export(target, make)


def write_export(target: Path, make: MakeExport) -> None:
    """Writes a folder of a graph, a tokenizer, and a manifest with their SHA-256.

    The folder appears whole or not at all; one that is there already is replaced.

    Raises:
        ModelError: The folder cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(target.parent)
        with tempfile.TemporaryDirectory(dir=target.parent, suffix=_SCRATCH_SUFFIX) as scratch:
            folder = Path(scratch) / "export"
            folder.mkdir()
            manifest = dict(make(folder))
            manifest["sha256"] = {n: digest_of(folder / n) for n in (GRAPH_FILE, TOKENIZER_FILE)}
            text = json.dumps(manifest, indent=1)
            (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")
            _move(folder, target)
    except OSError as error:
        raise ModelError(f"{target}: the model cannot be written there: {error}") from error


def _remove_leftovers(folder: Path) -> None:
    """Removes the scratch folders of processes that were killed, a whole model each."""
    for scratch in folder.glob(f"*{_SCRATCH_SUFFIX}"):
        with suppress(FileNotFoundError):  # Another process may finish meanwhile.
            if scratch.stat().st_mtime < time.time() - _SCRATCH_SECONDS:
                shutil.rmtree(scratch, ignore_errors=True)


def write_graph(
    network: nn.Module,
    inputs: Sequence[str],
    outputs: Mapping[str, Sequence[str]],
    name: str,
    path: Path,
) -> None:
    """Writes a network as an ONNX graph.

    Args:
        network: Takes whole numbers, each of shape (texts, tokens).
        inputs: The names of what it takes.
        outputs: The names of what it returns, each with those of its axes that may be of any
            length: "texts", "tokens".
        name: Of the network, for the error.
        path: Of the graph.

    Raises:
        ModelError: It cannot be written in ONNX.
        OSError: The file cannot be written.
    """
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {**dict.fromkeys(inputs, ("texts", "tokens")), **outputs}
    try:
        with _exporting, warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")  # The tracer's, about shapes that are checked below.
            torch.onnx.export(
                network.eval(),
                (example,) * len(inputs),
                str(path),
                input_names=list(inputs),
                output_names=list(outputs),
                dynamic_axes={name: dict(enumerate(names)) for name, names in axes.items()},
                opset_version=_OPSET,
                dynamo=False,
            )
        onnx.checker.check_model(str(path))
    except OSError:  # It is the folder's: the model is in memory.
        raise
    except Exception as error:  # The model's own code runs here, and may raise anything.
        raise ModelError(f"{name}: it cannot be exported: {in_one_line(error)}") from error


def _move(folder: Path, target: Path) -> None:
    """Puts a folder in its place. Where another process was faster, its export is as good."""
    if target.exists():
        with suppress(OSError):
            target.rename(folder.with_name("torn"))
    try:
        folder.rename(target)
    except OSError:
        if not target.exists():
            raise
        shutil.rmtree(folder)

"""Writes a sentence-transformers model as ONNX, once a user and model.

Importing this module imports torch (seconds); asking imports only what is exported.
"""

import json
import shutil
import tempfile
import time
import warnings
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

import onnx
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

from index.chunking import MAX_TOKENS
from index.errors import ModelError, in_one_line
from index.model import ModelFiles

GRAPH_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"
MANIFEST_FILE = "manifest.json"
_OPSET = 17
_SCRATCH_SUFFIX = ".tmp"
_SCRATCH_SECONDS = 3600
"""How old a scratch folder must be to be one of a process that was killed."""


class _Embed(nn.Module):
    """The model's own modules, pooling included, and then length 1."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
        return nn.functional.normalize(features["sentence_embedding"], dim=-1)


def export_encoder(files: ModelFiles, target: Path) -> None:
    """Exports a model to a folder: graph, tokenizer, and a manifest with their SHA-256.

    The folder appears whole or not at all; one that is there already is replaced.

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
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(target.parent)
        with tempfile.TemporaryDirectory(dir=target.parent, suffix=_SCRATCH_SUFFIX) as scratch:
            folder = Path(scratch) / "encoder"
            folder.mkdir()
            _write_graph(model, files.name, folder / GRAPH_FILE)
            (folder / TOKENIZER_FILE).write_text(tokenizer.to_str(), encoding="utf-8")
            _write_manifest(model, files, folder)
            _move(folder, target)
    except OSError as error:
        raise ModelError(f"{target}: the encoder cannot be written there: {error}") from error


def _remove_leftovers(folder: Path) -> None:
    """Removes the scratch folders of processes that were killed, a whole model each."""
    for scratch in folder.glob(f"*{_SCRATCH_SUFFIX}"):
        with suppress(FileNotFoundError):  # Another process may finish meanwhile.
            if scratch.stat().st_mtime < time.time() - _SCRATCH_SECONDS:
                shutil.rmtree(scratch, ignore_errors=True)


def _write_graph(model: SentenceTransformer, name: str, path: Path) -> None:
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "texts", 1: "tokens"}
    try:
        with warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")  # The tracer's, about shapes that are checked below.
            torch.onnx.export(
                _Embed(model),
                (example, example),
                str(path),
                input_names=["input_ids", "attention_mask"],
                output_names=["embedding"],
                dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "texts"}},
                opset_version=_OPSET,
                dynamo=False,
            )
        onnx.checker.check_model(str(path))
    except OSError:  # It is the folder's: the model is in memory.
        raise
    except Exception as error:  # The model's own code runs here, and may raise anything.
        raise ModelError(f"{name}: it cannot be exported: {in_one_line(error)}") from error


def _write_manifest(model: SentenceTransformer, files: ModelFiles, folder: Path) -> None:
    manifest = {
        "model": files.name,
        "fingerprint": files.fingerprint,
        "dimension": model.get_embedding_dimension(),
        "max_tokens": min(MAX_TOKENS, model.max_seq_length or MAX_TOKENS),
        "question_prompt": model.prompts.get("query", ""),
        "passage_prompt": model.prompts.get("document", ""),
        "sha256": {name: _digest(folder / name) for name in (GRAPH_FILE, TOKENIZER_FILE)},
    }
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


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

"""Embeds texts with ONNX Runtime: 0.2 s to start where importing torch takes seconds."""

import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from weakref import WeakValueDictionary

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.errors import ModelError
from index.exported import TOKENIZER_FILE, open_graph, read_manifest
from index.locations import cache_directory
from index.model import PACKAGED_MODEL, locate_model, packaged_fingerprint
from index.types import Vectors

_log = logging.getLogger(__name__)
_BATCH_TOKENS = 256
"""Padding included. An article is embedded alone: in larger batches much would be padding."""

_EXPORT_VERSION = 2
"""Part of the folder's name: raise it when what is exported changes."""


@dataclass(frozen=True)
class OnnxEncoder:
    """An exported model. See ``index.types.Encoder`` for what its methods return."""

    folder: Path
    model: str
    fingerprint: str
    dimension: int
    max_tokens: int
    question_prompt: str
    passage_prompt: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embeds passages or sentences, those of like length together."""
        prompted = [self.passage_prompt + text for text in texts]
        batches = list(_batches(self.count_tokens(texts)))

        def run(batch: list[int]) -> Vectors:
            return self._run(self._bulk_session, [prompted[i] for i in batch])

        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for batch, embedded in zip(batches, pool.map(run, batches), strict=True):
                vectors[batch] = embedded
        return vectors

    def encode_question(self, question: str) -> Vectors:
        """Embeds one question."""
        vector: Vectors = self._run(self._session, [self.question_prompt + question])[0]
        return vector

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Counts tokens, special ones and the passage prompt included, nothing cut off."""
        prompted = [self.passage_prompt + text for text in texts]
        return [len(e.ids) for e in self._counter.encode_batch_fast(prompted)]

    def _run(self, session: onnxruntime.InferenceSession, texts: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        inputs = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
        }
        vectors: Vectors = session.run(["embedding"], inputs)[0]
        return vectors

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        """For one text: all cores work on it together."""
        return open_graph(self.folder)

    @cached_property
    def _bulk_session(self) -> onnxruntime.InferenceSession:
        """For many texts: each core works on its own, a sixth faster on two cores."""
        return open_graph(self.folder, threads=1)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        # As packaged it pads every text to 128 tokens and cuts at 128.
        tokenizer = self._plain_tokenizer()
        pad = tokenizer.padding or {}
        tokenizer.enable_truncation(self.max_tokens)
        tokenizer.enable_padding(
            pad_id=pad.get("pad_id", 0), pad_token=pad.get("pad_token", "[PAD]")
        )
        return tokenizer

    @cached_property
    def _counter(self) -> Tokenizer:
        tokenizer = self._plain_tokenizer()
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def _plain_tokenizer(self) -> Tokenizer:
        return Tokenizer.from_file(str(self.folder / TOKENIZER_FILE))


def load_encoder(
    model: str = PACKAGED_MODEL, fingerprint: str | None = None, *, download: bool = False
) -> OnnxEncoder:
    """Returns a model's encoder, exported first where that has not been done or is damaged.

    Args:
        model: ``all-MiniLM-L6-v2`` for the packaged model, a folder, or a hub name.
        fingerprint: The model's, where it is known; saves reading its files.
        download: Whether a hub model that is not on this machine may be fetched.

    Raises:
        ModelError: The model is missing, damaged, or not the one of this fingerprint.
    """
    if fingerprint is None and model == PACKAGED_MODEL:
        fingerprint = packaged_fingerprint()
    if fingerprint is not None and (encoder := _read(_folder(fingerprint))):
        return _shared(replace(encoder, model=model))
    files = locate_model(model, download=download)
    if fingerprint not in (None, files.fingerprint):
        raise ModelError(f"{model}: its files changed since the index was built with it")
    folder = _folder(files.fingerprint)
    if encoder := _read(folder):
        return _shared(replace(encoder, model=files.name))
    _log.info("preparing the embedding model %s, which takes some seconds, once", model)
    from index.export import export_encoder

    export_encoder(files, folder)
    if encoder := _read(folder):
        return _shared(encoder)
    raise ModelError(f"{folder}: the encoder cannot be read back; is the disk full?")


def _shared(encoder: OnnxEncoder) -> OnnxEncoder:
    """Returns the equal one that is in use already, which has the model in memory."""
    return _in_use.setdefault((encoder.folder, encoder.model), encoder)


_in_use: WeakValueDictionary[tuple[Path, str], OnnxEncoder] = WeakValueDictionary()


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yields positions of texts, those of like length together, so many as may be run at once."""
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[i] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _folder(fingerprint: str) -> Path:
    return cache_directory() / "encoders" / f"{fingerprint}-{_EXPORT_VERSION}"


def _read(folder: Path) -> OnnxEncoder | None:
    """Reads an exported encoder; None where it is missing or not what its manifest says."""
    manifest = read_manifest(folder)
    try:
        encoder = OnnxEncoder(folder, **manifest) if manifest else None
    except TypeError:
        return None
    # A whole export of another model, in this one's place, would give other vectors.
    return encoder if encoder and _folder(encoder.fingerprint) == folder else None

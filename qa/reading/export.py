"""Writes the trained reader as ONNX, once a user: the packaged encoder with what was trained.

Importing this module imports torch (seconds); asking imports only what is exported.
"""

import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic

from index.errors import ModelError, in_one_line
from index.export import write_export, write_graph
from index.exported import GRAPH_FILE, TOKENIZER_FILE
from index.model import PACKAGED_MODEL, locate_model
from qa.reading.network import ReaderNetwork

_TOKEN_AXES, _TEXT_AXES = ("texts", "tokens"), ("texts",)


def export_reader(weights: Path, fingerprint: str, target: Path) -> None:
    """Exports the reader to a folder; see ``index.export.write_export``.

    Args:
        weights: What was trained.
        fingerprint: What the manifest is to say that it was made from.
        target: The folder.

    Raises:
        ModelError: The packaged encoder is damaged, the weights are none of the network, or the
            folder cannot be written.
    """
    network = ReaderNetwork()
    try:
        network.load(weights)
    except Exception as error:  # Each way of damage has an error of its own.
        raise ModelError(
            f"{weights}: the reader's weights are damaged ({in_one_line(error)}); reinstall "
            "article-qa"
        ) from error

    def make(folder: Path) -> Mapping[str, str]:
        inputs = ("input_ids", "attention_mask", "token_type_ids")
        outputs = {"tokens": _TOKEN_AXES, "answerable": _TEXT_AXES}
        whole = folder / "float.onnx"
        write_graph(network, inputs, outputs, "the reader", whole)
        _quantize(whole, folder / GRAPH_FILE)
        whole.unlink()
        tokenizer = locate_model(PACKAGED_MODEL).folder / TOKENIZER_FILE
        shutil.copyfile(tokenizer, folder / TOKENIZER_FILE)
        return {"fingerprint": fingerprint}

    write_export(target, make)


def _quantize(whole: Path, target: Path) -> None:
    """Writes the matrices as 8-bit numbers, which halves the time that reading takes.

    Weights get 7 of the 8 bits: a processor without VNNI adds two products of an 8-bit activation
    and a weight in 16 bits, where 2 * 255 * 127 would not fit, and 2 * 255 * 64 does.
    """
    with _without_warning():
        quantize_dynamic(
            whole,
            target,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )


@contextmanager
def _without_warning() -> Iterator[None]:
    """Where nobody has set up logging, ONNX Runtime's advice to preprocess would do so."""
    root, nowhere = logging.getLogger(), logging.NullHandler()
    root.addHandler(nowhere)
    try:
        yield
    finally:
        root.removeHandler(nowhere)

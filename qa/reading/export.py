"""Writes the trained reader as ONNX, once a user: the packaged encoder with what was trained.

Importing this module imports torch (seconds); asking imports only what is exported.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic

from index.export import write_graph
from index.trained import export_trained
from qa.reading.network import ReaderNetwork

_TOKEN_AXES, _TEXT_AXES = ("texts", "tokens"), ("texts",)


def export_reader(weights: Path, fingerprint: str, target: Path) -> None:
    """Exports the reader to a folder; see ``index.trained.export_trained``."""
    network = ReaderNetwork()

    def write(graph: Path) -> None:
        inputs = ("input_ids", "attention_mask", "token_type_ids")
        outputs = {"tokens": _TOKEN_AXES, "answerable": _TEXT_AXES}
        whole = graph.with_name("float.onnx")
        write_graph(network, inputs, outputs, "the reader", whole)
        _quantize(whole, graph)
        whole.unlink()

    export_trained(network, weights, fingerprint, target, write)


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

"""Writes the network that finds attributions as ONNX, once a user.

Importing this module imports torch (seconds); indexing imports only what is exported.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from index.attribution.network import AttributionNetwork
from index.errors import ModelError, in_one_line
from index.export import write_export, write_graph
from index.exported import GRAPH_FILE, TOKENIZER_FILE
from index.model import PACKAGED_MODEL, locate_model

_LABEL_AXES, _LINK_AXES = ("texts", "tokens"), ("texts", "parts", "tokens", "tokens")


def export_attribution(weights: Path, fingerprint: str, target: Path) -> None:
    """Exports the network to a folder; see ``index.export.write_export``.

    Args:
        weights: What was trained.
        fingerprint: What the manifest is to say that it was made from.
        target: The folder.

    Raises:
        ModelError: The packaged encoder is damaged, the weights are none of the network, or the
            folder cannot be written.
    """
    network = AttributionNetwork()
    try:
        network.load(weights)
    except Exception as error:  # Each way of damage has an error of its own.
        raise ModelError(
            f"{weights}: the weights are damaged ({in_one_line(error)}); reinstall article-qa"
        ) from error
    network.merge()

    def make(folder: Path) -> Mapping[str, str]:
        outputs = {"labels": _LABEL_AXES, "links": _LINK_AXES}
        inputs = ("input_ids", "attention_mask")
        write_graph(network, inputs, outputs, "the attribution network", folder / GRAPH_FILE)
        tokenizer = locate_model(PACKAGED_MODEL).folder / TOKENIZER_FILE
        shutil.copyfile(tokenizer, folder / TOKENIZER_FILE)
        return {"fingerprint": fingerprint}

    write_export(target, make)

"""Writes the network that finds attributions as ONNX, once a user.

Importing this module imports torch (seconds); indexing imports only what is exported.
"""

from pathlib import Path

from index.attribution.network import AttributionNetwork
from index.export import write_graph
from index.trained import export_trained

_LABEL_AXES, _LINK_AXES = ("texts", "tokens"), ("texts", "parts", "tokens", "tokens")


def export_attribution(weights: Path, fingerprint: str, target: Path) -> None:
    """Exports the network to a folder; see ``index.trained.export_trained``."""
    network = AttributionNetwork()

    def write(graph: Path) -> None:
        network.merge()
        inputs = ("input_ids", "attention_mask")
        outputs = {"labels": _LABEL_AXES, "links": _LINK_AXES}
        write_graph(network, inputs, outputs, "the attribution network", graph)

    export_trained(network, weights, fingerprint, target, write)

"""The exported network: the same numbers as in torch, and damage told."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from index.attribution.graph import load_graph, packaged_graph
from index.attribution.labels import LABELS
from index.attribution.network import AttributionNetwork
from index.errors import ModelError

WEIGHTS = Path(__file__).parents[3] / "index" / "data" / "attribution.safetensors"


def test_it_gives_what_the_network_gives() -> None:
    network = AttributionNetwork()
    network.load(WEIGHTS)
    ids = np.array([[101, 2198, 2056, 2009, 15473, 102]], dtype=np.int64)
    mask = np.ones_like(ids)
    with torch.inference_mode():
        wanted = network.eval()(torch.tensor(ids), torch.tensor(mask))
    found = packaged_graph().session.run(
        ["labels", "links"], {"input_ids": ids, "attention_mask": mask}
    )
    assert found[0].shape == (1, 6, LABELS)
    assert found[1].shape == (1, 2, 6, 6)
    for own, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(own, other.numpy(), atol=2e-3)


def test_padding_changes_nothing() -> None:
    session = packaged_graph().session
    ids = np.array([[101, 2198, 2056, 2009, 15473, 102, 0, 0]], dtype=np.int64)
    mask = np.array([[1] * 6 + [0] * 2], dtype=np.int64)
    whole = session.run(["labels"], {"input_ids": ids, "attention_mask": mask})[0]
    bare = session.run(["labels"], {"input_ids": ids[:, :6], "attention_mask": mask[:, :6]})[0]
    np.testing.assert_allclose(whole[:, :6], bare, atol=1e-4)


def test_it_is_small() -> None:
    assert WEIGHTS.stat().st_size < 6e6


@pytest.mark.usefixtures("encoder")
def test_damaged_weights_are_told(tmp_path: Path) -> None:
    damaged = tmp_path / "attribution.safetensors"
    damaged.write_bytes(b"none")
    with pytest.raises(ModelError, match="weights are damaged"):
        load_graph(damaged)


def test_weights_of_another_network_are_told(tmp_path: Path) -> None:
    weights = load_file(WEIGHTS)
    weights.pop("labels.weight")
    save_file(weights, tmp_path / "attribution.safetensors")
    with pytest.raises(ModelError, match="weights are damaged"):
        load_graph(tmp_path / "attribution.safetensors")


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="weights are missing"):
        load_graph(tmp_path / "none.safetensors")

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from qa.reading.network import ReaderNetwork


@pytest.fixture(scope="module")
def network() -> ReaderNetwork:
    return ReaderNetwork().eval()


def test_the_word_embeddings_are_not_trained(network: ReaderNetwork) -> None:
    assert not [name for name in network.trained_state() if "embeddings" in name]
    assert [name for name in network.trained_state() if "encoder.layer.5" in name]


def test_what_is_saved_is_what_is_loaded(network: ReaderNetwork, tmp_path: Path) -> None:
    network.save(tmp_path / "saved.safetensors")
    other = ReaderNetwork()
    other.load(tmp_path / "saved.safetensors")
    for name, weights in network.trained_state().items():
        assert torch.allclose(other.trained_state()[name], weights, atol=1e-3), name


def test_weights_that_lack_some_or_have_others_are_refused(
    network: ReaderNetwork, tmp_path: Path
) -> None:
    network.save(tmp_path / "whole.safetensors")
    weights = load_file(tmp_path / "whole.safetensors")
    for wrong in ({**weights, "more": torch.ones(1)}, dict(list(weights.items())[1:])):
        save_file(wrong, tmp_path / "wrong.safetensors")
        with pytest.raises(ValueError, match="these are no weights of this network"):
            ReaderNetwork().load(tmp_path / "wrong.safetensors")


def test_there_are_three_logits_a_token_and_one_a_text(network: ReaderNetwork) -> None:
    ids = torch.ones(2, 7, dtype=torch.long)
    tokens, answerable = network(ids, ids, torch.zeros_like(ids))
    assert (tokens.shape, answerable.shape) == ((2, 7, 3), (2,))

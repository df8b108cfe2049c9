"""The training from end to end, on a tiny article."""

import math
import sys
from pathlib import Path

import pytest
import torch

from evals.training.attribution import __main__ as script
from evals.training.attribution.losses import _some_hidden, loss
from evals.training.attribution.texts import Article, Link
from evals.training.attribution.windows import CLS, SEP, Window, make_batch
from evals.training.loop import Schedule
from index.attribution.labels import LABELS
from index.attribution.network import AttributionNetwork
from tests.evals.training.reader.made import SPEECHES, write_attributions

BATCH = make_batch(
    [
        Window(
            Article(
                (2198, 2056, 2009, 15473), (1, 3, 5, 6), (Link((0,), (1,), (2, 3)),), (range(4),)
            ),
            0,
            4,
        )
    ]
)


@pytest.fixture(scope="module")
def network() -> AttributionNetwork:
    torch.manual_seed(5)
    return AttributionNetwork().eval()


def test_the_loss_of_a_network_that_knows_nothing(network: AttributionNetwork) -> None:
    for head in (network.labels, network.pointers, network.targets):
        torch.nn.init.zeros_(head.weight)
        torch.nn.init.zeros_(head.bias)
    # A label is one of 7; a link points at one of 6 tokens, the special ones included.
    assert loss(network, BATCH).item() == pytest.approx(math.log(LABELS) + math.log(6), rel=1e-4)


def test_in_training_some_tokens_are_hidden_and_no_special_one() -> None:
    window = Window(Article((2198,) * 200, (0,) * 200, (), (range(200),)), 0, 200)
    hidden = _some_hidden(make_batch([window, window]))
    own = hidden[:, 1:-1]
    assert (hidden[:, [0, -1]] == torch.tensor([CLS, SEP])).all()
    assert set(own.flatten().tolist()) == {2198, 103}
    assert 0.05 < (own == 103).float().mean().item() < 0.15


def test_a_window_without_contents_has_no_loss_of_links(network: AttributionNetwork) -> None:
    bare = make_batch([Window(Article((2198,), (0,), (), (range(1),)), 0, 1)])
    assert torch.isfinite(loss(network, bare))


def test_deltas_add_nothing_before_training_and_are_merged(network: AttributionNetwork) -> None:
    before = network(BATCH.input_ids, BATCH.attention_mask)[0]
    trained = network.trained_state()
    assert all("left" in n or "right" in n or n.endswith(("bias", "weight")) for n in trained)
    assert sum(t.numel() for t in trained.values()) * 2 < 6e6
    network.merge()
    assert torch.allclose(network(BATCH.input_ids, BATCH.attention_mask)[0], before, atol=1e-5)


def test_a_training_leaves_weights_that_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_attributions(
        tmp_path / "data" / "polnear" / "train.jsonl",
        SPEECHES,
        ("Mayor Orr", "said", "that the pier would close in March"),
        ("Ms Moe", "said", "that tickets cost more"),
    )
    work = tmp_path / "work"
    monkeypatch.setattr(script, "SCHEDULE", Schedule(1e-3, tokens=128, steps=2, warmup=0, decay=0))
    monkeypatch.setattr(
        sys, "argv", ["attribution", "--data", str(tmp_path / "data"), "--work", str(work)]
    )
    script.main()
    network = AttributionNetwork()
    network.load(work / "attribution.safetensors")
    changed = [
        name for name, t in network.trained_state().items() if name.endswith("left") and t.any()
    ]
    assert len(changed) == 36

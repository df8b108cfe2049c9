"""The training from end to end, on tiny data."""

import json
import sys
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from evals.seen import SQUAD_ARTICLES
from evals.training.loop import Schedule
from evals.training.reader import recipe
from evals.training.reader.__main__ import main
from evals.training.reader.recipe import Phase
from qa.reading.network import ReaderNetwork
from tests.evals.training.reader.made import write_public_data

TINY = Phase(
    "tiny",
    Schedule(rate=2e-4, tokens=128, steps=2, warmup=0.0, decay=0.0),
    {"squad2": 0.2, "new_wiki": 0.2, "reddit": 0.2, "attributions": 0.2, "news": 0.2},
)


@dataclass(frozen=True)
class Folders:
    data: Path
    work: Path

    def train(self) -> None:
        """Runs the command."""
        arguments = ["reader", "--data", str(self.data), "--work", str(self.work)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(recipe, "PHASES", (TINY,))
            patch.setattr(sys, "argv", arguments)
            main()

    def steps(self) -> list[int]:
        """The steps at which the training wrote a line in its log."""
        lines = (self.work / "tiny" / "log.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line)["step"] for line in lines]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """A training that ran to its end."""
    folders = Folders(tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("work"))
    write_public_data(folders.data, max(SQUAD_ARTICLES))
    folders.train()
    return folders


def test_a_training_leaves_weights_that_can_be_loaded(
    trained: Folders, packaged_network: ReaderNetwork
) -> None:
    network = deepcopy(packaged_network)
    network.load(trained.work / "tiny" / "reader.safetensors")
    before = packaged_network.trained_state()
    changed = [not torch.equal(t, before[name]) for name, t in network.trained_state().items()]
    assert all(torch.isfinite(t).all() for t in network.trained_state().values())
    assert all(changed)
    assert trained.steps()[-1] == 2


def test_a_training_that_ended_goes_on_with_nothing(trained: Folders, tmp_path: Path) -> None:
    weights = trained.work / "tiny" / "reader.safetensors"
    before = weights.read_bytes()
    # All data could be gone: none is read.
    Folders(tmp_path / "gone", trained.work).train()
    assert weights.read_bytes() == before
    assert trained.steps() == [2]


def test_data_and_work_must_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["reader"])
    with pytest.raises(SystemExit):
        main()
    assert "required: --data, --work" in capsys.readouterr().err

"""The weights that are shipped are the ones that the script makes."""

import json
import re
from pathlib import Path

import pytest

from evals.training import calibration
from evals.training.calibration import Example
from index.encoder import OnnxEncoder


@pytest.fixture(scope="module")
def examples(encoder: OnnxEncoder) -> list[list[Example]]:  # noqa: ARG001 - it is exported first
    """What both readers read for all questions."""
    return calibration.read_all()


def test_the_packaged_weights_can_be_made_again(
    examples: list[list[Example]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = calibration.DATA
    monkeypatch.setattr(calibration, "DATA", tmp_path)
    for reader, read in zip(calibration.READERS, examples, strict=True):
        reader.write(read)
        made, shipped = (
            json.loads((folder / f"{reader.name}.json").read_text("utf-8"))
            for folder in (tmp_path, packaged)
        )
        for model in ("evidence", "answerable"):
            wanted = shipped.pop(model)
            found = made.pop(model)
            assert found["weights"] == pytest.approx(wanted["weights"], rel=0.05, abs=0.05)
            assert found["bias"] == pytest.approx(wanted["bias"], rel=0.05, abs=0.05)
        assert made == shipped


def test_the_trained_reader_is_better_than_the_plain_one_on_articles_it_was_not_fitted_on(
    examples: list[list[Example]], capsys: pytest.CaptureFixture[str]
) -> None:
    some = dict.fromkeys(e.article for e in examples[0][::150])
    printed = []
    for read in examples:
        calibration.report([e for e in read if e.article in some])
        printed.append([float(n) for n in re.findall(r"[01]\.\d+", capsys.readouterr().out)])
    plain, trained = printed
    assert trained[0] > plain[0] + 0.05  # The best sentence is evidence.
    assert trained[2] > plain[2] + 0.1  # AUROC of the confidence.
    assert trained[3] < plain[3] - 0.05  # Brier score.

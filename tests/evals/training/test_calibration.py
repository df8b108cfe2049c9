"""What is shipped is fitted on what the script names, and fitting makes the reader better."""

import json
import re
from pathlib import Path

import pytest

from evals.training import calibration
from evals.training.calibration import Example
from index.encoder import OnnxEncoder
from index.exported import digest_of
from qa import metadata

FEW = 10
"""Every so many articles are read here: reading all takes minutes. ``test_baseline`` holds what the
weights that are fitted on all of them reach."""


@pytest.fixture(scope="module")
def examples(encoder: OnnxEncoder) -> list[list[Example]]:  # noqa: ARG001 - it is exported first
    """What both readers read for the questions about a few articles."""
    few = list(calibration.questions())[::FEW]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibration, "questions", lambda: iter(few))
        return calibration.read_all()


@pytest.mark.parametrize("reader", calibration.READERS, ids=lambda reader: str(reader.name))
def test_the_packaged_weights_are_fitted_on_all_questions_with_the_packaged_network(
    reader: calibration.Fitted,
) -> None:
    shipped = json.loads((calibration.DATA / f"{reader.name}.json").read_text("utf-8"))
    asked = [
        sample
        for _, samples in calibration.questions()
        for sample in samples
        if not metadata.asked_field(sample.question)
    ]
    assert shipped["fitted_on"].startswith(f"{len(asked)} questions on ")
    assert shipped.get("network_sha256") == (reader.network and digest_of(reader.network))


def test_fitting_twice_gives_the_same(
    examples: list[list[Example]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibration, "DATA", tmp_path)
    for reader, read in zip(calibration.READERS, examples, strict=True):
        reader.write(read)
        first = (tmp_path / f"{reader.name}.json").read_bytes()
        reader.write(read)
        assert (tmp_path / f"{reader.name}.json").read_bytes() == first


def test_the_trained_reader_is_better_than_the_plain_one_on_articles_it_was_not_fitted_on(
    examples: list[list[Example]], capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for read in examples:
        calibration.report(read)
        printed.append([float(n) for n in re.findall(r"[01]\.\d+", capsys.readouterr().out)])
    plain, trained = printed
    assert trained[0] > plain[0] + 0.05  # The best sentence is evidence.
    assert trained[2] > plain[2] + 0.1  # AUROC of the confidence.
    assert trained[3] < plain[3] - 0.05  # Brier score.

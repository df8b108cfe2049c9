"""The weights that are shipped are the ones that the script makes."""

import json
from pathlib import Path

import pytest

from evals.training import calibration


@pytest.mark.usefixtures("encoder")
def test_the_packaged_weights_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = {
        reader.name: json.loads((calibration.DATA / f"{reader.name}.json").read_text("utf-8"))
        for reader in calibration.READERS
    }
    monkeypatch.setattr(calibration, "DATA", tmp_path)
    calibration.main()
    for name, expected in shipped.items():
        made = json.loads((tmp_path / f"{name}.json").read_text("utf-8"))
        assert made.keys() == expected.keys()
        assert made["fitted_on"] == expected["fitted_on"]
        assert made.get("network_sha256") == expected.get("network_sha256")
        for model in ("evidence", "answerable"):
            assert made[model]["weights"] == pytest.approx(
                expected[model]["weights"], rel=0.05, abs=0.02
            )
            assert made[model]["bias"] == pytest.approx(expected[model]["bias"], rel=0.05, abs=0.02)
        assert made["more"] == expected["more"]
    assert capsys.readouterr().out.count("AUROC of confidence") == len(shipped)

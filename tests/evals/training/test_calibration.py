"""The weights that are shipped are the ones that the script makes."""

import json
from pathlib import Path

import pytest

from evals.training import plain_reader


@pytest.mark.usefixtures("encoder")
def test_the_packaged_weights_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = json.loads(plain_reader.TARGET.read_text("utf-8"))
    monkeypatch.setattr(plain_reader, "TARGET", tmp_path / "made.json")
    plain_reader.main()
    made = json.loads((tmp_path / "made.json").read_text("utf-8"))
    assert made.keys() == shipped.keys()
    for model in ("evidence", "answerable"):
        assert made[model]["weights"] == pytest.approx(
            shipped[model]["weights"], rel=0.05, abs=0.02
        )
        assert made[model]["bias"] == pytest.approx(shipped[model]["bias"], rel=0.05, abs=0.02)
    assert made["more"] == shipped["more"]

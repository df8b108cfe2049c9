"""``python -m evals.bench``: all processes are run, the figures printed and written."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.bench import cli
from evals.bench.measure import Run, plan
from evals.bench.process import Figures


@pytest.fixture
def performed(monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """What would have been run: the processes themselves take minutes, and have their own tests."""
    runs: list[Run] = []

    def noted(run: Run, folder: Path) -> Figures:
        assert folder.is_dir()
        runs.append(run)
        names = "import cold embed memory build peak disk passages texts vector".split()
        return dict.fromkeys([*names, "ask p50", "ask p95"], 7.0 if run.side == "ours" else 14.0)

    monkeypatch.setattr(cli, "perform", noted)
    return runs


def test_what_is_measured_is_printed_and_written(performed: list[Run], tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    result = CliRunner().invoke(cli.app, ["24", "12", "--json", str(file)])
    assert result.exit_code == 0
    assert performed == plan([12, 24])
    assert "import, s                                   7.00     14.00      0.50" in result.stdout
    report = json.loads(file.read_text())
    assert report["from 12 to 24 passages"]["warm ask p50, times"]["ours"] == 1


@pytest.mark.usefixtures("performed")
def test_a_file_that_cannot_be_written_is_told_after_the_figures(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "figures.json"
    result = CliRunner().invoke(cli.app, ["12", "--json", str(file)])
    assert result.exit_code == 2
    assert "import, s" in result.stdout
    assert f"{file}: No such file or directory" in result.stderr


@pytest.mark.usefixtures("performed")
def test_without_linux_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cli, "STATUS", tmp_path / "status")
    result = CliRunner().invoke(cli.app, ["12", "--json", str(tmp_path / "figures.json")])
    assert result.exit_code == 2
    assert "Linux" in result.stderr


def test_a_size_of_nothing_is_refused(performed: list[Run]) -> None:
    assert CliRunner().invoke(cli.app, ["0"]).exit_code == 2
    assert performed == []

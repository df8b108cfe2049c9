"""``article-qa eval``."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.cli import app


@pytest.mark.usefixtures("encoder")
def test_our_questions_are_asked_and_summed_up() -> None:
    result = CliRunner().invoke(app, ["--json"])
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert len(report) == 5
    assert report["all"]["answerable"] == report["all"]["unanswerable"] == 120
    assert report["all"]["quotes exact"] == 1


@pytest.mark.usefixtures("encoder")
def test_a_file_in_squads_format_is_measured(squad_file: Path) -> None:
    result = CliRunner().invoke(app, ["--squad", str(squad_file)])
    assert result.exit_code == 0
    assert "hit@1                      1.000" in result.stdout

"""``article-qa eval`` and ``article-qa eval compare``."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.cli import app
from index.command_line import app as article_qa


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A question on an article."""
    (tmp_path / "bridge.txt").write_text("Bridge closed\n\nIt opens in May.", encoding="utf-8")
    path = tmp_path / "mine.csv"
    path.write_text("question,article,answers\nWhen does it open?,bridge.txt,May\n", "utf-8")
    return path


@pytest.mark.usefixtures("encoder")
def test_run_needs_no_naming_and_writes_a_report(questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(article_qa, ["eval", "--data", str(questions), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "mine" in result.stdout
    assert f"The report is {out / 'report.html'}" in result.stdout.replace("\n", "")
    assert (out / "report.html").exists()


@pytest.mark.usefixtures("encoder")
def test_two_runs_are_compared(questions: Path, tmp_path: Path) -> None:
    runs = [str(tmp_path / name) for name in ("a", "b")]
    for out in runs:
        invoked = CliRunner().invoke(app, ["run", "--data", str(questions), "--out", out])
        assert invoked.exit_code == 0
    result = CliRunner().invoke(app, ["compare", *runs])
    assert result.exit_code == 0, result.output
    assert "difference" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "nonsense: there is no such suite"),
        (["xquad"], "xquad: its data is not there"),
        (["--data", "none.csv"], "none.csv: there is no such file or folder"),
        (["compare", "none", "none"], "No such file"),
    ],
)
def test_bad_use_is_one_clear_line(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_help_names_both_commands() -> None:
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    assert "run" in result.stdout
    assert "compare" in result.stdout

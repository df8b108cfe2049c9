"""What the README shows works as it is written."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from evals.llama_index import plain_engine
from evals.rows import load_questions

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def examples(language: str) -> list[str]:
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return found


@pytest.mark.usefixtures("encoder")
@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, "flat and plan no"), (1, "What did Ryabkov say about military action?")],
)
def test_the_python_examples_run_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, printed: str
) -> None:
    example = examples("python")[number]
    assert len(example.splitlines()) <= 10
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    run = subprocess.run(
        [sys.executable, "-c", example], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert printed in run.stdout


@pytest.mark.usefixtures("encoder")
def test_an_engine_of_ones_own_is_scored_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, example = examples("python")
    monkeypatch.chdir(tmp_path)
    few = example.replace('["bundled"]', '["bundled"], limit=20')
    assert few != example
    exec(few, {"my_engine": plain_engine})
    report = (tmp_path / "eval-report" / "report.html").read_text("utf-8")
    assert "mine" in report


def test_questions_of_ones_own_are_read_as_written(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    article = "Tunnel\n\nMr Renwick had proposed a pause. It opens in June 2027."
    (tmp_path / "news" / "tunnel.txt").write_text(article, encoding="utf-8")
    [rows] = examples("csv")
    assert len(rows.splitlines()) <= 5
    (tmp_path / "questions.csv").write_text(rows, encoding="utf-8")
    [loaded] = load_questions(tmp_path / "questions.csv")
    who, when, how_many = loaded.samples
    assert who.answers == ("Renwick", "Tobias Renwick")
    assert who.evidence
    assert when.answerable
    assert not how_many.answerable


def test_what_the_readme_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (Path(__file__).parents[1] / target).exists(), target

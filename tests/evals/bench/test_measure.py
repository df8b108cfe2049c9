"""What is run, and that a failure is told."""

import os
from pathlib import Path

import pytest

from evals.bench.measure import Run, perform, plan, summarize
from index.errors import ArticleQAError


def test_texts_come_first_and_the_sides_take_turns() -> None:
    runs = plan([12, 36])
    of_size = [run for run in runs if run.passages == 36]
    assert of_size[0] == Run("ours", "texts", 36)
    assert [run.side for run in of_size[1:]] == ["ours", "plain"] * (len(of_size) // 2)
    tasks = list(dict.fromkeys(run.task for run in of_size))
    assert tasks == ["texts", "build", "ask", "cold"]
    assert runs.count(Run("ours", "cold", 36)) == runs.count(Run("plain", "import", 0)) == 5


def test_figures_are_medians_of_equal_runs() -> None:
    cold = Run("ours", "cold", 12)
    performed = [(cold, {"cold": seconds}) for seconds in (3.0, 1.0, 50.0)]
    embedded = Run("plain", "ask", 12)
    assert summarize([*performed, (embedded, {"embed": 7.0})]) == {
        cold: {"cold": 3.0},
        embedded: {"embed": 7.0},
    }


@pytest.mark.usefixtures("encoder")
def test_processes_are_measured_in_a_folder_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "cache").symlink_to(os.environ["XDG_CACHE_HOME"])
    assert perform(Run("ours", "texts", 12), tmp_path)["passages"] == 12
    assert perform(Run("ours", "build", 12), tmp_path)["build"] > 0
    assert 0.1 < perform(Run("ours", "cold", 12), tmp_path)["cold"] < 60
    assert 0 < perform(Run("ours", "import", 0), tmp_path)["import"] < 60
    assert {path.name for path in tmp_path.iterdir()} == {"cache", "12"}


def test_a_process_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticleQAError, match=r"'build', passages=12\): .*embedded|passages.json"):
        perform(Run("plain", "build", 12), tmp_path)

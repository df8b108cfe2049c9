import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.command_line import app
from index.locations import default_index_directory

PROGRAM = Path(sys.executable).with_name("article-qa")
HEAVY = ["torch", "gradio", "llama_index", "faiss", "sentence_transformers", "onnxruntime"]
LOADED = """
import sys
from index.command_line import main
try:
    main()
except SystemExit as stopped:
    print(stopped.code)
print(*sys.modules, sep="\\n")
"""


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_version_is_the_packages() -> None:
    done = run(PROGRAM, "--version")
    assert (done.returncode, done.stdout) == (0, f"article-qa {version('article-qa')}\n")


def test_help_names_every_command() -> None:
    done = run(PROGRAM, "--help")
    assert done.returncode == 0
    assert all(f" {command} " in done.stdout for command in ("ask", "chat", "eval", "index"))


@pytest.mark.parametrize("arguments", [["--help"], ["index", "--help"], ["--version"], ["index"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    done = run(sys.executable, "-c", LOADED, *arguments)
    assert "index.command_line" in done.stdout.splitlines()
    assert not set(HEAVY) & set(done.stdout.splitlines())


def test_only_the_command_that_runs_is_imported() -> None:
    done = run(sys.executable, "-c", LOADED, "index", "list", "--help")
    loaded = set(done.stdout.splitlines())
    assert "index.cli" in loaded
    assert not {"qa.cli", "ui.cli", "evals.cli"} & loaded


@pytest.mark.parametrize("arguments", [["nope"], ["--nope"], ["index", "nope"], []])
def test_bad_use_is_exit_status_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.output
    assert isinstance(result.exception, SystemExit)


def test_options_and_commands_work_in_one_process() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout.startswith("article-qa ")
    assert "verify" in CliRunner().invoke(app, ["index", "--help"]).stdout


def test_the_index_command_is_a_module_too() -> None:
    done = run(sys.executable, "-m", "index", "--help")
    assert (done.returncode, "python -m index" in done.stdout) == (0, True)


def test_the_help_names_the_default_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "250")  # A path that is longer than its column is cut off.
    assert str(default_index_directory()) in run(PROGRAM, "index", "list", "--help").stdout

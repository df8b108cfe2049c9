"""``article-qa quotes`` and ``article-qa speakers``."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.command_line import app


def run(*arguments: str | Path) -> list[str]:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_quotes_are_printed_after_their_speaker(bundled_directory: Path) -> None:
    lines = run("quotes", "--speaker", "Moscow", "--about", "NATO", "--index", bundled_directory)
    assert lines
    assert all(line.startswith("Sergey Ryabkov (") for line in lines[::2])
    assert all("2022-01-10 · https://krdo.com/" in line for line in lines[1::2])
    assert "NATO" in lines[0]


def test_quotes_are_printed_as_json(bundled_directory: Path) -> None:
    lines = run("quotes", "--json", "--limit", "5", "--index", bundled_directory)
    rows = [json.loads(line) for line in lines]
    assert len(rows) == 5
    assert {"speaker", "quote", "start", "end", "content", "manner", "article"} <= rows[0].keys()


def test_speakers_are_printed_with_how_much_they_say(bundled_directory: Path) -> None:
    first, *_ = run("speakers", "--index", bundled_directory)
    count, name, titles = first.split("\t")
    assert int(count) > 10
    assert name == "Wendy Sherman"
    assert "Deputy Secretary of State" in titles


def test_speakers_are_printed_as_json(bundled_directory: Path) -> None:
    first, *_ = (
        json.loads(line) for line in run("speakers", "--json", "--index", bundled_directory)
    )
    assert first["name"] == "Wendy Sherman"
    assert first["statements"] > 10


@pytest.mark.parametrize("command", ["quotes", "speakers"])
def test_an_index_that_is_not_there_is_one_clear_line(command: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [command, "--index", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "there is no index" in result.stderr

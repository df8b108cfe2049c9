import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index.article_index import ArticleIndex
from index.cli import app
from index.locations import default_index_directory
from index.types import MAX_ORIGINAL_BYTES

pytestmark = pytest.mark.usefixtures("encoder")

FERRY = "Ferry breaks down\n\nThe ferry stopped at noon.\nNobody was hurt.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good article."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "ferry.txt").write_text(FERRY)
    return tmp_path / "news"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def on(directory: Path, command: str, *arguments: str | Path) -> Result:
    """Runs a command on the index in ``directory / 'index'``."""
    return run(command, *arguments, "--index", directory / "index")


def test_articles_are_added_listed_verified_and_removed(folder: Path, tmp_path: Path) -> None:
    ferry = folder / "ferry.txt"
    added = on(tmp_path, "add", folder)
    assert (added.exit_code, added.stdout, added.stderr) == (0, f"added: {ferry}\n", "")
    assert on(tmp_path, "list").stdout == f"{ferry}\tno date\tFerry breaks down\n"
    assert on(tmp_path, "verify").stdout == f"{tmp_path / 'index'}: sound, 1 articles\n"
    removed = on(tmp_path, "remove", ferry)
    assert (removed.exit_code, removed.stdout) == (0, f"removed: {ferry}\n")
    assert on(tmp_path, "list").stdout == ""


def test_adding_again_says_what_changed(folder: Path, tmp_path: Path) -> None:
    ferry = folder / "ferry.txt"
    on(tmp_path, "add", ferry)
    assert on(tmp_path, "add", ferry).stdout == f"unchanged: {ferry}\n"
    ferry.write_text(FERRY.replace("noon", "midnight"))
    assert on(tmp_path, "add", ferry).stdout == f"replaced: {ferry}\n"


def test_every_bad_input_has_one_line_and_the_good_ones_are_added(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "binary.txt").write_bytes(b"\x89PNG\x00")
    (folder / "empty.txt").touch()
    (folder / "table.csv").write_text("a,b")
    missing = tmp_path / "missing.txt"
    result = on(tmp_path, "add", missing, folder)
    assert result.exit_code == 2
    assert result.stdout == f"added: {folder / 'ferry.txt'}\n"
    lines = result.stderr.splitlines()
    assert [line.split(": ")[:2] for line in lines[:-1]] == [
        ["article-qa", str(path)]
        for path in (
            missing,
            folder / "binary.txt",
            folder / "empty.txt",
            folder / "table.csv",
        )
    ]
    assert lines[-1] == "article-qa: 4 could not be read"


def test_a_name_that_is_no_utf8_is_a_line_too(folder: Path, tmp_path: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(FERRY)
    done = subprocess.run(
        [sys.executable, "-m", "index", "add", folder, "--index", tmp_path / "index"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == f"added: {folder / 'ferry.txt'}\n".encode()
    first, count = done.stderr.splitlines()
    assert b"characters that are no text" in first
    assert count == b"article-qa: 1 could not be read"


@pytest.mark.parametrize("command", ["list", "verify", "remove"])
def test_a_missing_index_is_one_line(tmp_path: Path, command: str) -> None:
    result = on(tmp_path, command, *(["key"] if command == "remove" else []))
    assert (result.exit_code, result.stdout) == (2, "")
    path = tmp_path / "index" / "passages.sqlite"
    assert result.stderr == f"article-qa: {path}: there is no index; add articles to it first\n"


def test_a_missing_model_is_one_line(folder: Path, tmp_path: Path) -> None:
    result = on(tmp_path, "add", folder, "--model", tmp_path / "no-model")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        f"article-qa: {tmp_path / 'no-model'}: neither a folder nor a hub model's name"
    ]


def test_removing_what_is_not_there_is_one_line(folder: Path, tmp_path: Path) -> None:
    on(tmp_path, "add", folder)
    result = on(tmp_path, "remove", "tunnel")
    assert result.exit_code == 2
    assert result.stderr.startswith("article-qa: tunnel: no article of this key")
    assert len(result.stderr.splitlines()) == 1


def test_an_unsound_index_is_exit_status_1(two_articles: ArticleIndex) -> None:
    with two_articles._store.writing() as db:
        db.execute("UPDATE passages SET start = -1 WHERE id IN (1, 4)")
    two_articles.close()
    result = run("verify", "--index", two_articles.directory)
    assert (result.exit_code, result.stdout) == (1, "")
    assert all(line.startswith("article-qa: ") for line in result.stderr.splitlines())
    assert "bridge: passage 1: its offsets -1 to 33 are not in the text" in result.stderr
    assert "flood: passage 4: its offsets -1 to" in result.stderr


def test_a_headline_of_two_lines_is_listed_in_one(tmp_path: Path) -> None:
    wrapped = "Ferry breaks down in the\nharbour of Westmark\n\nIt stopped at\nnoon on Monday.\n"
    (tmp_path / "a.txt").write_text(wrapped)
    on(tmp_path, "add", tmp_path / "a.txt")
    (line,) = on(tmp_path, "list").stdout.splitlines()
    assert line.endswith("\tFerry breaks down in the harbour of Westmark")


def test_without_an_option_the_users_own_index_is_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert run("add", folder).exit_code == 0
    assert (default_index_directory() / "passages.sqlite").is_relative_to(tmp_path)
    assert run("list").stdout.endswith("Ferry breaks down\n")


@pytest.mark.parametrize(
    "arguments",
    [["add"], ["remove"], ["list", "--nope"], ["nope"], ["list", "--index"]],
)
def test_bad_use_is_exit_status_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_the_standard_input_is_added_as_what_it_looks_like(tmp_path: Path) -> None:
    page = (
        f"<!doctype html><html><body><article><p>{'The ferry stopped at noon. ' * 9}</p></article>"
    )
    arguments = ["add", "-", "--index", str(tmp_path)]
    first = CliRunner().invoke(app, arguments, input=page)
    assert first.stdout.startswith("added: pasted:")
    again = CliRunner().invoke(app, arguments, input=page)
    assert again.stdout == first.stdout.replace("added", "unchanged")
    with ArticleIndex.open(tmp_path) as index:
        (article,) = index.articles()
    assert article.text.startswith("The ferry stopped")


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"", "it is empty"), (b"\x00", "binary"), (b"x" * (MAX_ORIGINAL_BYTES + 2), "too large")],
)
def test_a_standard_input_that_cannot_be_read_does_not_stop_the_others(
    folder: Path, tmp_path: Path, content: bytes, what: str
) -> None:
    arguments = ["add", "-", str(folder), "--index", str(tmp_path / "index")]
    result = CliRunner().invoke(app, arguments, input=content)
    assert (result.exit_code, result.stdout) == (2, f"added: {folder / 'ferry.txt'}\n")
    assert re.match(rf"article-qa: pasted:\w+: {what}", result.stderr)
    assert result.stderr.endswith("article-qa: 1 could not be read\n")


def test_a_line_stays_one_and_does_nothing_to_the_terminal(tmp_path: Path) -> None:
    result = on(tmp_path, "add", "bad\nname\x1b[31m.txt")
    assert result.stderr.splitlines() == [
        "article-qa: bad?name?[31m.txt: there is no such file or folder",
        "article-qa: 1 could not be read",
    ]


def test_removing_a_link_to_itself_is_one_line(folder: Path, tmp_path: Path) -> None:
    on(tmp_path, "add", folder)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    result = on(tmp_path, "remove", tmp_path / "loop.txt")
    assert result.exit_code == 2
    assert result.stderr.endswith("loop.txt: this link leads to itself\n")

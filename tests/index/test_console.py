import os
import pty
import sys

import pytest
import typer

from index.console import BAD_INPUT, complain, errors_reported, progress_shown
from index.errors import SourceError


def test_a_terminal_shows_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, program = pty.openpty()
    monkeypatch.setenv("TERM", "xterm")
    with os.fdopen(program, "w") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with progress_shown() as show:
            for done in (1, 2, 3):
                show(done, 3)
        shown = os.read(terminal, 1 << 16).decode()
    os.close(terminal)
    assert "Embedding" in shown


def test_a_terminal_without_progress_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, program = pty.openpty()
    with os.fdopen(program, "w") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with progress_shown():
            print("end", file=stream, flush=True)
        assert os.read(terminal, 100).split() == [b"end"]
    os.close(terminal)


def test_what_is_no_terminal_shows_no_bar(capfd: pytest.CaptureFixture[str]) -> None:
    with progress_shown() as show:
        show(1, 3)
        show(3, 3)
    assert capfd.readouterr() == ("", "")


def test_an_error_of_ours_is_one_line_and_exit_status_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(typer.Exit) as stopped, errors_reported():
        raise SourceError("a.txt: it is empty")
    assert stopped.value.exit_code == BAD_INPUT == 2
    assert capsys.readouterr() == ("", "article-qa: a.txt: it is empty\n")


def test_another_error_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), errors_reported():
        raise ZeroDivisionError


def test_complaints_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    complain("it is late")
    assert capsys.readouterr() == ("", "article-qa: it is late\n")

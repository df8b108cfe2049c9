"""What every command of the command line shares: options, errors as one line, progress."""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import ArticleQAError, printable
from index.locations import default_index_directory

if TYPE_CHECKING:
    from index.readers import Source
    from index.types import Progress

BAD_INPUT = 2
"""Exit status for bad use and bad input."""

# Round brackets: the help takes square ones for markup, and leaves them out.
IndexOption = Annotated[
    Path | None,
    typer.Option(
        "--index",
        metavar="DIR",
        help=f"The index's directory (default: {default_index_directory()}).",
        show_default=False,
    ),
]


@contextmanager
def errors_reported() -> Iterator[None]:
    """Turns an error of ours into one line on standard error and exit status 2."""
    # What takes long without a bar is told in a line: the first use of a model.
    # Other libraries' warnings are no news to users: what goes wrong is raised.
    logging.basicConfig(format="article-qa: %(message)s", level=logging.CRITICAL)
    for package in ("index", "qa"):
        logging.getLogger(package).setLevel(logging.INFO)
    try:
        yield
    except ArticleQAError as error:
        complain(str(error))
        raise typer.Exit(BAD_INPUT) from error


def complain(line: str) -> None:
    """Prints a line to standard error, after the program's name."""
    typer.echo(f"article-qa: {printable(line)}", err=True)


def named_sources(names: Sequence[str]) -> "list[Source]":
    """Returns the sources of a command line, where ``-`` stands for the standard input."""
    from index.readers import pasted
    from index.types import MAX_ORIGINAL_BYTES

    return [
        pasted(sys.stdin.buffer.read(MAX_ORIGINAL_BYTES + 1)) if name == "-" else name
        for name in names
    ]


@contextmanager
def progress_shown() -> Iterator["Progress"]:
    """Shows a bar on standard error, where that is a terminal, while there is progress."""
    with ExitStack() as stack:
        update: Progress | None = None

        def show(done: int, total: int) -> None:
            nonlocal update
            update = update or _bar(stack)
            update(done, total)

        yield show if sys.stderr.isatty() else lambda _done, _total: None


def _bar(stack: ExitStack) -> "Progress":
    # Imported here: a question to an index that is up to date shows no bar and pays for none.
    from rich.console import Console
    from rich.progress import Progress as Bar

    bar = Bar(console=Console(stderr=True), transient=True)
    stack.callback(bar.stop)
    task = bar.add_task("Embedding")

    def update(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        # Between two articles it makes room for the lines that are printed.
        bar.start() if done < total else bar.stop()

    return update

"""``article-qa index``: add, list, remove and verify articles."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import ArticleQAError, SourceError
from index.locations import default_index_directory

if TYPE_CHECKING:
    from rich.progress import Progress

    from index.article_index import ArticleIndex
    from index.types import Document

BAD_INPUT = 2
"""Exit status for bad use and bad input."""

app = typer.Typer(no_args_is_help=True, help="Add, list, remove and verify articles.")

IndexOption = Annotated[
    Path | None,
    typer.Option(
        "--index",
        metavar="DIR",
        help=f"The index's directory.  [default: {default_index_directory()}]",
        show_default=False,
    ),
]


@contextmanager
def errors_reported() -> Iterator[None]:
    """Turns an error of ours into one line on standard error and exit status 2."""
    try:
        yield
    except ArticleQAError as error:
        typer.echo(f"article-qa: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from error


@app.command()
def add(
    sources: Annotated[list[str], typer.Argument(help="Files of text or Markdown, or folders.")],
    index: IndexOption = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="The embedding model of a new index: a folder or a Hugging Face name "
            "(fetched where it is not on this machine).  [default: all-MiniLM-L6-v2, packaged]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Add articles, or replace those that changed. What has not changed is not embedded again."""
    from index.article_index import ArticleIndex
    from index.readers import read_sources

    failed = 0
    with errors_reported(), _progress() as bar:
        directory = index or default_index_directory()
        with ArticleIndex.open(directory, model=model, create=True) as opened:
            for read in read_sources(sources):
                try:
                    if isinstance(read, SourceError):
                        raise read
                    typer.echo(f"{_add(opened, read, bar)}: {read.source}")
                except SourceError as error:
                    failed += 1
                    typer.echo(f"article-qa: {error}", err=True)
    if failed:
        typer.echo(f"article-qa: {failed} could not be read", err=True)
        raise typer.Exit(BAD_INPUT)


@app.command("list")
def list_articles(index: IndexOption = None) -> None:
    """List the articles: key, date and headline."""
    with errors_reported(), _opened(index) as opened:
        for article in opened.articles():
            title = " ".join(article.title.split())
            typer.echo(f"{article.key}\t{article.published or 'no date'}\t{title}")


@app.command()
def remove(
    keys: Annotated[list[str], typer.Argument(metavar="KEY...", help="As 'list' prints them.")],
    index: IndexOption = None,
) -> None:
    """Remove articles with all that came from them."""
    with errors_reported(), _opened(index) as opened:
        for key in keys:
            opened.remove(key)
            typer.echo(f"removed: {key}")


@app.command()
def verify(index: IndexOption = None) -> None:
    """Check that every offset is exact, counts are equal and vectors are sound."""
    with errors_reported(), _opened(index) as opened:
        faults = opened.verify()
        for fault in faults:
            typer.echo(f"article-qa: {fault}", err=True)
        if faults:
            raise typer.Exit(1)
        typer.echo(f"{opened.directory}: sound, {len(opened.articles())} articles")


def _opened(directory: Path | None) -> "ArticleIndex":
    from index.article_index import ArticleIndex

    return ArticleIndex.open(directory or default_index_directory())


def _add(index: "ArticleIndex", document: "Document", bar: "Progress") -> str:
    from rich.markup import escape

    task = bar.add_task(escape(document.title[:40]), total=None)
    try:
        return index.add(
            document, lambda done, total: bar.update(task, completed=done, total=total)
        )
    finally:
        bar.remove_task(task)


def _progress() -> "Progress":
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)

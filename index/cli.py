"""``article-qa index``: add, list, remove and verify articles."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.console import (
    BAD_INPUT,
    IndexOption,
    complain,
    errors_reported,
    named_sources,
    progress_shown,
)
from index.errors import IndexStateError, SourceError, printable
from index.locations import default_index_directory

if TYPE_CHECKING:
    from index.article_index import ArticleIndex

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Add, list, remove and verify articles."
)


@app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Files (text, Markdown, HTML, PDF, DOCX), folders, web addresses, or - for the "
            "standard input.",
        ),
    ],
    index: IndexOption = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="The embedding model of a new index: a folder or a Hugging Face name "
            "(fetched where it is not on this machine; default: the packaged all-MiniLM-L6-v2).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Add articles, or replace those that changed. What has not changed is not embedded again."""
    from index.article_index import ArticleIndex
    from index.ingestion import add_sources

    failed = 0
    with errors_reported(), progress_shown() as progress:
        directory = index or default_index_directory()
        with ArticleIndex.open(directory, model=model, create=True) as opened:
            for added in add_sources(opened, named_sources(sources), progress):
                if isinstance(added, SourceError):
                    failed += 1
                    complain(str(added))
                else:
                    typer.echo(printable(f"{added.change}: {added.source}"))
    if failed:
        complain(f"{failed} could not be read")
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
    keys: Annotated[
        list[str],
        typer.Argument(metavar="KEY...", help="As 'list' prints them, or the files' paths."),
    ],
    index: IndexOption = None,
) -> None:
    """Remove articles with all that came from them."""
    from index.readers import source_key

    with errors_reported(), _opened(index) as opened:
        for name in keys:
            key = next(filter(opened.remove, (name, source_key(name))), None)
            if key is None:
                raise IndexStateError(f"{name}: no article of this key is in {opened.directory}")
            typer.echo(f"removed: {key}")


@app.command()
def verify(index: IndexOption = None) -> None:
    """Check that every offset is exact, counts are equal and vectors are sound."""
    with errors_reported(), _opened(index) as opened:
        faults = opened.verify()
        for fault in faults:
            complain(fault)
        if faults:
            raise typer.Exit(1)
        typer.echo(f"{opened.directory}: sound, {opened.count()} articles")


def _opened(directory: Path | None) -> "ArticleIndex":
    from index.article_index import ArticleIndex

    return ArticleIndex.open(directory or default_index_directory())

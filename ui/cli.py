"""``article-qa chat``: the chat page, on this machine alone."""

import os
from pathlib import Path
from typing import Annotated

import typer

from index.cli import BAD_INPUT, IndexOption, errors_reported

DEFAULT_PORT = 7860

app = typer.Typer()


@app.command()
def chat(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Files of text or Markdown, or folders, to ask instead of the index.",
            show_default=False,
        ),
    ] = None,
    index: IndexOption = None,
    port: Annotated[int, typer.Option(help="Of the page's address.")] = DEFAULT_PORT,
) -> None:
    """Start the chat page and print its address; stop it with Ctrl-C."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import qa
    from ui.page import HOST, build_page, launch_options

    with errors_reported(), qa.open(sources, index_dir=index) as articles:
        for error in articles.skipped:
            typer.echo(f"article-qa: {error}", err=True)
        page = build_page(articles)
        try:
            page.launch(**launch_options(port), prevent_thread_lock=True)
        except OSError as error:
            typer.echo(f"article-qa: port {port} is taken; name another with --port", err=True)
            raise typer.Exit(BAD_INPUT) from error
        typer.echo(f"The chat is at http://{HOST}:{port} (stop it with Ctrl-C)")
        page.block_thread()

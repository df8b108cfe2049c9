"""``article-qa chat``: the chat page, on this machine alone."""

import os
from typing import Annotated

import typer

from index.console import (
    BAD_INPUT,
    IndexOption,
    complain,
    errors_reported,
    named_sources,
    progress_shown,
)
from qa.cli import ReaderOption

DEFAULT_PORT = 7860

app = typer.Typer(add_completion=False)


@app.command()
def chat(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Files (text, Markdown, HTML, PDF, DOCX), folders, web addresses, or - for the "
            "standard input, to ask instead of the index.",
            show_default=False,
        ),
    ] = None,
    index: IndexOption = None,
    reader: ReaderOption = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Of the page.")] = DEFAULT_PORT,
) -> None:
    """Start the chat page and print its address; stop it with Ctrl-C."""
    _keep_to_this_machine()
    import qa
    from ui.page import HOST, build_page, launch_options

    with errors_reported(), progress_shown() as progress:
        read = named_sources(sources) if sources else None
        with qa.open(read, index_dir=index, reader=reader, progress=progress) as articles:
            for error in articles.skipped:
                complain(str(error))
            page = build_page(articles)
            try:
                page.launch(**launch_options(port), prevent_thread_lock=True)
            except OSError as error:
                complain(
                    f"port {port} cannot be used, perhaps it is taken; name another with --port"
                )
                raise typer.Exit(BAD_INPUT) from error
            typer.echo(f"The chat is at http://{HOST}:{port} (stop it with Ctrl-C)")
            page.block_thread()


def _keep_to_this_machine() -> None:
    """Before Gradio is imported: no analytics, and no proxy between the page and itself."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    for name in ("NO_PROXY", "no_proxy"):
        known = os.environ.get(name)
        os.environ[name] = f"{known},127.0.0.1,localhost" if known else "127.0.0.1,localhost"

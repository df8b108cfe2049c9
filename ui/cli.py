"""``article-qa chat``: the chat page, on this machine alone unless it is told otherwise."""

import os
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
from qa.cli import LlmBaseUrlOption, LlmOption, ReaderOption
from ui.access import check_access, read_passwords
from ui.settings import HOST, MAX_UPLOAD_MB, PORT, Settings

if TYPE_CHECKING:
    from qa.service import ArticleQA

app = typer.Typer(add_completion=False)


def _checked_root_path(root_path: str) -> str:
    if root_path and not root_path.startswith(("/", "http://", "https://")):
        raise typer.BadParameter("it begins with / or is a whole address")
    return root_path.rstrip("/")


SourcesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Files (text, Markdown, HTML, PDF, DOCX), folders, web addresses, or - for the "
        "standard input, to ask instead of the index.",
        show_default=False,
    ),
]
HostOption = Annotated[
    str,
    typer.Option(help="What the page listens on; 0.0.0.0 for every network of this machine."),
]
PortOption = Annotated[int, typer.Option(min=1, max=65535, help="Of the page.")]
AuthFileOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Who may use the page: a line name:password each. It asks over plain HTTP; "
        "beyond this machine, put a proxy with TLS before it.",
        show_default=False,
    ),
]
RootPathOption = Annotated[
    str,
    typer.Option(
        metavar="PATH",
        callback=_checked_root_path,
        help="Under which a proxy serves the page: /news, or a whole address.",
        show_default=False,
    ),
]
MaxUploadOption = Annotated[
    int, typer.Option(min=1, max=MAX_UPLOAD_MB, help="The largest file that is taken, in MiB.")
]
McpOption = Annotated[
    bool, typer.Option("--mcp", help="Offer the articles to language models as MCP tools at /mcp.")
]
AllowAnonymousOption = Annotated[
    bool,
    typer.Option("--allow-anonymous", help="Let anybody in who reaches the host, unasked."),
]


@app.command()
def chat(
    sources: SourcesArgument = None,
    index: IndexOption = None,
    reader: ReaderOption = None,
    llm: LlmOption = None,
    llm_base_url: LlmBaseUrlOption = None,
    host: HostOption = HOST,
    port: PortOption = PORT,
    auth_file: AuthFileOption = None,
    root_path: RootPathOption = "",
    max_upload_mb: MaxUploadOption = MAX_UPLOAD_MB,
    mcp: McpOption = False,
    allow_anonymous: AllowAnonymousOption = False,
) -> None:
    """Start the chat page and print its address; stop it with Ctrl-C."""
    with errors_reported(), progress_shown() as progress:
        passwords = read_passwords(auth_file) if auth_file else None
        check_access(host, passwords, allow_anonymous=allow_anonymous)
        settings = Settings(host, port, root_path, max_upload_mb, passwords, mcp)
        _keep_to_this_machine(host)
        import qa

        model = qa.LlmSettings.from_environment(llm, llm_base_url)
        read = named_sources(sources) if sources else None
        with qa.open(
            read, index_dir=index, reader=reader, llm=model, progress=progress
        ) as articles:
            for error in articles.skipped:
                complain(str(error))
            _serve(articles, settings)


def _serve(articles: "ArticleQA", settings: Settings) -> None:
    """Starts the page, says where it is, and waits until it is stopped."""
    from ui.mcp_server import MCP_PATH
    from ui.page import build_page
    from ui.records import Records
    from ui.server import start

    with Records.open(articles.index.directory) as records:
        if records.problem:
            complain(f"{records.problem}; until then conversations last as long as the page")
        page = build_page(articles, records)
        try:
            start(page, articles, settings)
        except OSError as error:
            complain(
                f"port {settings.port} of {settings.host} cannot be used, perhaps it is taken; "
                "name another with --port"
            )
            raise typer.Exit(BAD_INPUT) from error
        typer.echo(f"The chat is at {settings.address} (stop it with Ctrl-C)")
        if settings.mcp:
            typer.echo(f"Its MCP tools are at {settings.address}{MCP_PATH}")
        page.block_thread()


def _keep_to_this_machine(host: str) -> None:
    """Before Gradio is imported: no analytics, and no proxy between the page and itself."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    for name in ("NO_PROXY", "no_proxy"):
        known = os.environ.get(name)
        own = f"127.0.0.1,localhost,{host}"
        os.environ[name] = f"{known},{own}" if known else own

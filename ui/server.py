"""Starting the page: its server's options, the queue of those who ask, and ``/healthz``."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

import gradio as gr
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from qa.service import ArticleQA
from ui.access import is_loopback
from ui.mcp_server import MCP_PATH, PasswordAsked, tool_sessions
from ui.settings import Settings

AT_ONCE = 8
"""How many run at the same time of each kind of event: asking, adding, opening an article."""

MAX_WAITING = 200
"""How many events wait for their turn; whoever comes then is told that the queue is full."""

_BYTES_PER_MB = 1024 * 1024
_STYLES = ("page.css", "evidence.css", "library.css")
_SCRIPTS = ("evidence.js", "copy.js", "tip.js")


def start(page: gr.Blocks, articles: ArticleQA, settings: Settings) -> None:
    """Starts the page in a thread of its own.

    Raises:
        OSError: The host or the port cannot be used.
        McpMissingError: The tools are wanted, and the package for them is not installed.
    """
    page.queue(default_concurrency_limit=AT_ONCE, max_size=MAX_WAITING)
    page.launch(**launch_options(articles, settings), prevent_thread_lock=True)


def launch_options(articles: ArticleQA, settings: Settings) -> dict[str, Any]:
    """Returns what ``Blocks.launch`` is to be called with.

    Nothing is shared, counted or recorded, whatever Gradio's environment variables say.
    """
    return {
        "server_name": settings.server_name,
        "server_port": settings.port,
        "root_path": settings.root_path,
        "max_file_size": settings.max_upload_mb * _BYTES_PER_MB,
        "auth": settings.passwords,
        "app_kwargs": _own_routes(articles, settings),
        "share": False,
        "mcp_server": False,
        "enable_monitoring": False,
        "run_history": False,
        "quiet": True,
        "footer_links": [],
        "css": _static(*_STYLES),
        "head": f"<script>{_static(*_SCRIPTS)}</script>",
    }


def _static(*names: str) -> str:
    return "\n".join(files("ui").joinpath("static", name).read_text("utf-8") for name in names)


def _own_routes(articles: ArticleQA, settings: Settings) -> dict[str, Any]:
    """What the application has besides the page. Its routes come first, and ask for no login."""
    routes = [Route("/healthz", _health(articles))]
    if not settings.mcp:
        return {"routes": routes}
    local = is_loopback(settings.host) and not settings.root_path
    sessions = tool_sessions(articles, local=local)
    tools = PasswordAsked(sessions.handle_request, settings.passwords)

    @asynccontextmanager
    async def running(_: object) -> AsyncIterator[None]:
        async with sessions.run():
            yield

    return {"routes": [*routes, Route(MCP_PATH, tools)], "lifespan": running}


def _health(articles: ArticleQA) -> Callable[[Request], JSONResponse]:
    def healthz(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "articles": articles.index.count()})

    return healthz

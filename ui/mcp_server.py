"""The tools for language models, over the Model Context Protocol: the endpoints, no page event.

Gradio's own MCP server is not used: it answers with Python's notation instead of JSON, types no
result, and asks nobody for a password.
"""

from importlib.util import find_spec
from inspect import getdoc
from typing import TYPE_CHECKING

from fastapi import HTTPException, Request
from fastapi.security import HTTPBasic
from starlette.types import ASGIApp, Receive, Scope, Send

from index.errors import ArticleQAError
from qa.service import ArticleQA
from ui.access import Passwords
from ui.endpoints import Endpoints

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

MCP_PATH = "/mcp"
_REALM = "article-qa"


class McpMissingError(ArticleQAError):
    """The package that speaks the protocol is not installed."""


def tool_sessions(articles: ArticleQA, *, local: bool) -> "StreamableHTTPSessionManager":
    """Returns what answers the protocol's requests while its ``run()`` is entered.

    Args:
        articles: Those that the tools ask.
        local: Whether it is reached from this machine alone, without a proxy: a request that
            names another host is then refused, for a web page could have sent it (DNS rebinding).

    Raises:
        McpMissingError: The package ``mcp`` is not installed.
    """
    if find_spec("mcp") is None:
        raise McpMissingError("--mcp needs one more package: pip install 'mcp>=1.21,<2'")
    from mcp.server.fastmcp import FastMCP
    from mcp.types import ToolAnnotations

    # The host is what it is told to take for this machine: with one it refuses other names.
    # Without sessions and streams it keeps nothing between two requests.
    server = FastMCP(
        "article-qa",
        host="127.0.0.1" if local else "",
        log_level="ERROR",
        json_response=True,
        stateless_http=True,
    )
    for endpoint in Endpoints(articles).all:
        server.add_tool(
            endpoint,
            description=getdoc(endpoint),
            annotations=ToolAnnotations(readOnlyHint=True),
        )
    server.streamable_http_app()
    return server.session_manager


class PasswordAsked:
    """Lets a request through to an application where it brings a name and its password."""

    def __init__(self, app: ASGIApp, passwords: Passwords | None) -> None:
        """Takes what is guarded, and the passwords; None lets anybody through."""
        self._app = app
        self._passwords = passwords
        self._basic = HTTPBasic(realm=_REALM)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request.

        Raises:
            HTTPException: 401, where it brings none, or a wrong one.
        """
        if self._passwords:
            given = await self._basic(Request(scope))
            if given is None or not self._passwords(given.username, given.password):
                challenge = {"WWW-Authenticate": f'Basic realm="{_REALM}"'}
                raise HTTPException(401, "a name and its password are needed", challenge)
        await self._app(scope, receive, send)

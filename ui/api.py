"""The typed endpoints of the page, for ``gradio_client`` and whoever speaks Gradio's HTTP."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from gradio.events import api

from qa.service import ArticleQA
from ui.endpoints import Endpoints
from ui.telling import telling_errors

_P = ParamSpec("_P")
_T = TypeVar("_T")


def add_endpoints(articles: ArticleQA) -> None:
    """Adds ``/ask_articles``, ``/search_passages`` and ``/list_articles`` to the page being built.

    To be called in the context of its ``gr.Blocks``.
    """
    for endpoint in Endpoints(articles).all:
        api(_errors_told(endpoint))


def _errors_told(endpoint: Callable[_P, Awaitable[_T]]) -> Callable[_P, Awaitable[_T]]:
    """Returns an endpoint whose errors are told, those while it is awaited too."""

    @wraps(endpoint)
    async def told(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        with telling_errors():
            return await endpoint(*args, **kwargs)

    return told

"""The typed endpoints of the page, for ``gradio_client`` and whoever speaks Gradio's HTTP."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import gradio as gr
from gradio.events import api

from index.errors import ArticleQAError
from qa.service import ArticleQA
from ui.endpoints import Endpoints

_P = ParamSpec("_P")
_T = TypeVar("_T")


def add_endpoints(articles: ArticleQA) -> None:
    """Adds ``/ask_articles``, ``/search_passages`` and ``/list_articles`` to the page being built.

    To be called in the context of its ``gr.Blocks``.
    """
    for endpoint in Endpoints(articles).all:
        api(_errors_told(endpoint))


def _errors_told(endpoint: Callable[_P, Awaitable[_T]]) -> Callable[_P, Awaitable[_T]]:
    """Lets the message of an error of ours through; of any other Gradio says nothing."""

    @wraps(endpoint)
    async def told(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return await endpoint(*args, **kwargs)
        except ArticleQAError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return told

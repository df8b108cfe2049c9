"""Errors of the project, told to people and programs in their own words."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import gradio as gr

from index.errors import ArticleQAError

_P = ParamSpec("_P")
_T = TypeVar("_T")


def errors_told(event: Callable[_P, _T]) -> Callable[_P, _T]:
    """Lets the message of an error of ours through; of any other Gradio says nothing."""

    @wraps(event)
    def told(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return event(*args, **kwargs)
        except ArticleQAError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return told

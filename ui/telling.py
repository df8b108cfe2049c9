"""Errors of the project, told to people and programs in their own words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import gradio as gr

from index.errors import ArticleQAError

_P = ParamSpec("_P")
_T = TypeVar("_T")


@contextmanager
def telling_errors() -> Iterator[None]:
    """Lets the message of an error of ours through; of any other Gradio says nothing."""
    try:
        yield
    except ArticleQAError as error:
        raise gr.Error(str(error), print_exception=False) from error


def errors_told(event: Callable[_P, _T]) -> Callable[_P, _T]:
    """Returns an event whose errors are told so."""
    return telling_errors()(event)

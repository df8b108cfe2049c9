"""Ask articles: ``with qa.open("article.txt") as articles: articles.ask("...")``.

Names are imported when they are used, so that ``import qa`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.errors import ArticleQAError as ArticleQAError
    from index.errors import IndexStateError as IndexStateError
    from index.errors import ModelError as ModelError
    from index.errors import SourceError as SourceError
    from index.readers import pasted as pasted
    from index.types import Article as Article
    from index.types import Filters as Filters
    from qa.llm.errors import LlmError as LlmError
    from qa.llm.settings import LlmSettings as LlmSettings
    from qa.opening import open as open  # noqa: A004 - the API's name
    from qa.opening import read as read
    from qa.service import ArticleQA as ArticleQA
    from qa.types import Answer as Answer
    from qa.types import Citation as Citation
    from qa.types import LeftOut as LeftOut
    from qa.types import QuestionError as QuestionError
    from qa.types import Statement as Statement
    from qa.types import Turn as Turn

_HOMES = {
    "Answer": "qa.types",
    "Article": "index.types",
    "ArticleQA": "qa.service",
    "ArticleQAError": "index.errors",
    "Citation": "qa.types",
    "Filters": "index.types",
    "IndexStateError": "index.errors",
    "LeftOut": "qa.types",
    "LlmError": "qa.llm.errors",
    "LlmSettings": "qa.llm.settings",
    "ModelError": "index.errors",
    "QuestionError": "qa.types",
    "SourceError": "index.errors",
    "Statement": "qa.types",
    "Turn": "qa.types",
    "open": "qa.opening",
    "pasted": "index.readers",
    "read": "qa.opening",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type
    if name not in _HOMES:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)

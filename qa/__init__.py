"""Ask articles: ``with qa.open("article.txt") as articles: articles.ask("...")``.

Names are imported when they are used, so that ``import qa`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.errors import ArticleQAError, IndexStateError, ModelError, SourceError
    from index.types import Article, Filters
    from qa.opening import open_articles as open  # noqa: A004 - qa.open is the API's name
    from qa.service import ArticleQA
    from qa.types import Answer, Citation, LeftOut, QuestionError, Statement, Turn

_HOMES = {
    "Answer": "qa.types",
    "Article": "index.types",
    "ArticleQA": "qa.service",
    "ArticleQAError": "index.errors",
    "Citation": "qa.types",
    "Filters": "index.types",
    "IndexStateError": "index.errors",
    "LeftOut": "qa.types",
    "ModelError": "index.errors",
    "QuestionError": "qa.types",
    "SourceError": "index.errors",
    "Statement": "qa.types",
    "Turn": "qa.types",
    "open": "qa.opening",
}
__all__ = [
    "Answer",
    "Article",
    "ArticleQA",
    "ArticleQAError",
    "Citation",
    "Filters",
    "IndexStateError",
    "LeftOut",
    "ModelError",
    "QuestionError",
    "SourceError",
    "Statement",
    "Turn",
    "open",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type
    if name not in _HOMES:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    attribute = "open_articles" if name == "open" else name
    return getattr(import_module(_HOMES[name]), attribute)

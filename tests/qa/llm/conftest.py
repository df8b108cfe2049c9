"""No key but the one that a test sets, and the packaged article, answered by a model."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.article_index import ArticleIndex
from qa.service import ArticleQA
from tests.qa.llm.asking import model_of
from tests.qa.llm.scripted import ScriptedServer

Opened = Callable[[ScriptedServer], ArticleQA]


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of who runs the tests goes nowhere."""
    monkeypatch.delenv("ARTICLE_QA_LLM_API_KEY", raising=False)


@pytest.fixture
def opened(bundled_directory: Path) -> Iterator[Opened]:
    """Opens the packaged article, to be answered by the model of a server."""
    with ArticleIndex.open(bundled_directory) as index:
        yield lambda server: ArticleQA(index, llm=model_of(server))

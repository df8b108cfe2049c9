"""The packaged article and the invented ones, each indexed and opened once. Read them only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import qa
from index.encoder import OnnxEncoder
from tests.qa.articles import write_articles


@pytest.fixture(scope="session")
def bundled_qa(bundled_directory: Path) -> Iterator[qa.ArticleQA]:
    """The packaged article, ready to be asked."""
    with qa.open(index_dir=bundled_directory) as articles:
        yield articles


@pytest.fixture(scope="session")
def news_directory(encoder: OnnxEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    """An index of the three invented articles."""
    directory = tmp_path_factory.mktemp("news-index")
    qa.open(write_articles(tmp_path_factory.mktemp("news")), index_dir=directory).close()
    return directory


@pytest.fixture(scope="session")
def news_qa(news_directory: Path) -> Iterator[qa.ArticleQA]:
    """The three invented articles, ready to be asked."""
    with qa.open(index_dir=news_directory) as articles:
        yield articles

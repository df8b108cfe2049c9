"""The invented articles, indexed once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import qa
from index.encoder import OnnxEncoder
from tests.qa.articles import write_articles


@pytest.fixture(scope="session")
def news_directory(encoder: OnnxEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    """An index of the three articles. Read it only."""
    directory = tmp_path_factory.mktemp("news-index")
    qa.open(write_articles(tmp_path_factory.mktemp("news")), index_dir=directory).close()
    return directory


@pytest.fixture
def news_qa(news_directory: Path) -> Iterator[qa.ArticleQA]:
    """The three articles, ready to be asked. Read them only."""
    with qa.open(index_dir=news_directory) as articles:
        yield articles

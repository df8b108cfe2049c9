"""What the tests of ``index`` share: a new index, and a model small enough to damage."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article_index import STORE_FILE, ArticleIndex
from index.encoder import OnnxEncoder
from index.formats.text import parse_text
from index.store import Store
from index.types import Document
from tests.index.samples import BRIDGE, FLOOD, make_small_model


@pytest.fixture(scope="session")
def bridge() -> Document:
    return parse_text(BRIDGE, key="bridge", source="bridge.txt")


@pytest.fixture(scope="session")
def flood() -> Document:
    return parse_text(FLOOD, key="flood", source="flood.txt")


@pytest.fixture(scope="session")
def indexes(
    encoder: OnnxEncoder,  # noqa: ARG001 - it is exported first
    bridge: Document,
    flood: Document,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A folder with two indexes of the packaged model, 'empty' and 'two', to be copied."""
    folder = tmp_path_factory.mktemp("indexes")
    ArticleIndex.open(folder / "empty", create=True).close()
    with ArticleIndex.open(folder / "two", create=True) as index:
        index.add(bridge)
        index.add(flood)
    return folder


@pytest.fixture
def new_index(indexes: Path, encoder: OnnxEncoder, tmp_path: Path) -> Iterator[ArticleIndex]:
    """An empty index of the packaged model."""
    with _copied(indexes / "empty", encoder, tmp_path) as index:
        yield index


@pytest.fixture
def two_articles(indexes: Path, encoder: OnnxEncoder, tmp_path: Path) -> Iterator[ArticleIndex]:
    """An index of the bridge (April 2023, id 1) and the flood (June 2023, id 2)."""
    with _copied(indexes / "two", encoder, tmp_path) as index:
        yield index


def _copied(made: Path, encoder: OnnxEncoder, tmp_path: Path) -> ArticleIndex:
    directory = shutil.copytree(made, tmp_path / "index")
    return ArticleIndex(directory, Store(directory / STORE_FILE), encoder)


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sentence-transformers model of random weights. Read it only."""
    return make_small_model(tmp_path_factory.mktemp("models") / "small")


@pytest.fixture
def own_small_model(small_model: Path, tmp_path: Path) -> Path:
    """A copy of the small model to change."""
    return Path(shutil.copytree(small_model, tmp_path / "small"))

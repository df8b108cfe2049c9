"""What all tests share: directories of their own, no network, and the real parts, made once."""

import os
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import tests.no_network.sitecustomize  # noqa: F401 - refuses the network in this process
from index.article_index import ArticleIndex
from index.attribution.graph import load_graph
from index.encoder import OnnxEncoder, load_encoder
from index.readers import bundled_document
from qa.reading.graph import load_reader
from qa.service import ArticleQA
from tests.browsers import launched

NETWORKS = (
    (load_graph, "index", "attribution.safetensors"),
    (load_reader, "qa", "reader.safetensors"),
)


@pytest.fixture(scope="session", autouse=True)
def user_directories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's cache and data are in a folder that goes away; so are those of subprocesses."""
    home = tmp_path_factory.mktemp("home")
    guard = str(Path(__file__).parent / "no_network")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("PYTHONPATH", guard, prepend=os.pathsep)
        for variable in ("MODEL", "BASE_URL", "API_KEY"):
            patch.delenv(f"ARTICLE_QA_LLM_{variable}", raising=False)
        yield home


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of a file: those of the next may want an event loop of their own."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def encoder(user_directories: Path) -> OnnxEncoder:  # noqa: ARG001 - it is exported there
    """The packaged model, exported once.

    So are the networks: a process that a test starts has nothing to prepare, nor to tell of that.
    What this process has loaded may have been exported to the folder of one test.
    """
    for load, package, weights in NETWORKS:
        with as_file(files(package).joinpath("data", weights)) as path:
            load(path)
    return load_encoder()


@pytest.fixture(scope="session")
def bundled_directory(encoder: OnnxEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    """An index of the packaged article. Read it only."""
    directory = tmp_path_factory.mktemp("bundled")
    with ArticleIndex.open(directory, create=True) as index:
        index.add(bundled_document())
    return directory


@pytest.fixture
def bundled_index(bundled_directory: Path) -> Iterator[ArticleIndex]:
    """The index of the packaged article, opened. Read it only."""
    with ArticleIndex.open(bundled_directory) as index:
        yield index


@pytest.fixture
def bundled_qa(bundled_directory: Path) -> Iterator[ArticleQA]:
    """The packaged article, ready to be asked."""
    with ArticleQA(ArticleIndex.open(bundled_directory)) as articles:
        yield articles

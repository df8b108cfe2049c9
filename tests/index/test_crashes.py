"""A process is killed while it adds articles, makes an index, or exports a model."""

import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.article_index import STORE_FILE, VECTORS_FILE, ArticleIndex
from index.encoder import OnnxEncoder, load_encoder
from index.errors import IndexStateError, SourceError
from index.ingestion import add_sources
from index.locations import cache_directory
from index.store import Store, has_content
from tests.index.killing import add, export, kill, started, wait_for
from tests.index.samples import CountingEncoder

ARTICLES = 16
KILLS = 30
KILLS_AMID = 10
"""How many must have come between the first article and the last."""

KILLS_COMMITTING = 5
"""How many must have left a journal, as a transaction does that has begun to write."""

KILLS_NEW = 12
JOURNAL = f"{STORE_FILE}-journal"
OLD_QUESTION = "Was anyone hurt in Westmark?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small articles, so that there are many commits."""
    folder = tmp_path_factory.mktemp("news")
    for number in range(ARTICLES):
        text = f"Tunnel {number} opens\n\nTunnel {number} opens today. It cost {number} million.\n"
        (folder / f"{number}.txt").write_text(text)
    return folder


@pytest.fixture(scope="module")
def whole(indexes: Path, encoder: OnnxEncoder, folder: Path) -> Iterator[ArticleIndex]:
    """What the index is when nothing is killed."""
    directory = shutil.copytree(indexes / "two", indexes / "whole")
    with opened(directory, CountingEncoder(encoder)) as index:
        list(add_sources(index, [folder]))
        yield index


@pytest.fixture(scope="module")
def texts_in(whole: ArticleIndex, encoder: OnnxEncoder, folder: Path) -> dict[str, int]:
    """How many texts of each new article are embedded, by its key."""
    directory = shutil.copytree(whole.directory, whole.directory.with_name("counted"))
    counting, texts = CountingEncoder(encoder), {}
    with opened(directory, counting) as index:
        for key in map(str, folder.iterdir()):
            index.remove(key)
            before = counting.embedded
            list(add_sources(index, [key]))
            texts[key] = counting.embedded - before
    return texts


def opened(directory: Path, encoder: CountingEncoder) -> ArticleIndex:
    return ArticleIndex(directory, Store(directory / STORE_FILE), encoder)


def found(index: ArticleIndex, question: str) -> list[str]:
    return [hit.passage.text for hit in index.search(question)]


def keys(index: ArticleIndex) -> set[str]:
    return {article.key for article in index.articles()}


def seconds_of_adding(indexes: Path, folder: Path, directory: Path) -> float:
    """The second time, for the first one imports everything."""
    seconds = 0.0
    for _ in range(2):
        shutil.rmtree(directory, ignore_errors=True)
        shutil.copytree(indexes / "two", directory)
        before = time.monotonic()
        started(add, folder, directory).join()
        seconds = time.monotonic() - before
    return seconds


def assert_completed(
    index: ArticleIndex, counting: CountingEncoder, folder: Path, texts_in: dict[str, int]
) -> None:
    """Adding again embeds what is missing, nothing else, and leaves nothing behind."""
    missing, embedded = texts_in.keys() - keys(index), counting.embedded
    assert not any(isinstance(added, SourceError) for added in add_sources(index, [folder]))
    assert counting.embedded - embedded == sum(texts_in[key] for key in missing)
    assert texts_in.keys() <= keys(index)
    assert index.verify() == []
    index.close()
    left = {path.name for path in index.directory.iterdir()}
    assert left == {STORE_FILE, VECTORS_FILE}


def test_an_adding_that_is_killed_does_no_harm(
    indexes: Path,
    encoder: OnnxEncoder,
    folder: Path,
    whole: ArticleIndex,
    texts_in: dict[str, int],
    tmp_path: Path,
) -> None:
    directory, moments, counting = tmp_path / "index", random.Random(1), CountingEncoder(encoder)
    seconds = seconds_of_adding(indexes, folder, directory)
    kills, amid, committing = 0, 0, 0
    # On a machine that is busier by now, a process takes longer, and many kills come early.
    while kills < KILLS or amid < KILLS_AMID or committing < KILLS_COMMITTING:
        assert kills < 4 * KILLS, f"{amid} kills amid the adding, {committing} amid a commit"
        shutil.rmtree(directory)
        shutil.copytree(indexes / "two", directory)
        journal = directory / JOURNAL if kills % 3 == 0 else None
        kill(started(add, folder, directory), moments.uniform(0, seconds), journal)
        committing += (directory / JOURNAL).exists()
        kills += 1
        with opened(directory, counting) as index:
            assert index.verify() == []
            assert found(index, OLD_QUESTION)[0] == found(whole, OLD_QUESTION)[0]
            amid += 0 < len(texts_in.keys() & keys(index)) < ARTICLES
            assert_completed(index, counting, folder, texts_in)


def test_the_first_adding_of_all_may_be_killed(
    encoder: OnnxEncoder, folder: Path, texts_in: dict[str, int], tmp_path: Path
) -> None:
    """From when the file appears, which is when the tables are being made."""
    moments, states = random.Random(2), set()
    for number in range(KILLS_NEW):
        directory, counting = tmp_path / str(number), CountingEncoder(encoder)
        process = started(add, folder, directory)
        wait_for((directory / STORE_FILE).exists)
        kill(process, moments.choice([0, 0.005, 0.1]) * moments.random())
        states.add(has_content(directory / STORE_FILE))
        ArticleIndex.open(directory, create=True).close()
        with opened(directory, counting) as index:
            assert index.verify() == []
            assert_completed(index, counting, folder, texts_in)
    assert states == {False, True}


def test_a_making_that_was_killed_while_it_wrote_the_file_is_begun_again(tmp_path: Path) -> None:
    """The file has content then, and is empty once that is rolled back."""
    being_made, killed = tmp_path / "made", tmp_path / "killed"
    being_made.mkdir()
    with closing(sqlite3.connect(being_made / STORE_FILE, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")  # So that it writes before it commits.
        db.execute("BEGIN IMMEDIATE")
        db.execute("CREATE TABLE settings (name TEXT)")
        db.executemany("INSERT INTO settings VALUES (?)", [["name" * 1000]] * 100)
        shutil.copytree(being_made, killed)
    assert (killed / JOURNAL).exists()
    assert (killed / STORE_FILE).stat().st_size
    with pytest.raises(IndexStateError, match="add articles to it first"):
        ArticleIndex.open(shutil.copytree(killed, tmp_path / "asked"))
    with ArticleIndex.open(killed, create=True) as index:
        assert index.verify() == []


@pytest.mark.parametrize("seconds", [0, 0.05, 0.1, 0.2])
def test_an_export_that_is_killed_is_made_again(
    small_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    expected = load_encoder(str(small_model)).encode(["a bridge"])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    encoders = cache_directory() / "encoders"
    process = started(export, small_model, tmp_path / "cache")
    wait_for(encoders.exists)
    kill(process, seconds)
    np.testing.assert_array_equal(load_encoder(str(small_model)).encode(["a bridge"]), expected)

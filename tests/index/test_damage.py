"""Bytes of ``passages.sqlite`` are lost or overwritten: an error or the right result follows."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article_index import STORE_FILE, VECTORS_FILE, ArticleIndex
from index.encoder import OnnxEncoder
from index.errors import IndexStateError
from index.store import Store
from index.types import Hit, SearchMode

PLACES = 100
PAGE = 4096
QUESTIONS = ["When do the ferries run?", "Was anyone hurt in Westmark?"]
MODES: tuple[SearchMode, ...] = ("hybrid", "dense")

Found = list[tuple[object, ...]]


class Damaged:
    """An index whose file is overwritten, and made good again."""

    def __init__(self, directory: Path, encoder: OnnxEncoder) -> None:
        self.directory = directory
        self._encoder = encoder
        self.path = directory / STORE_FILE
        self.sound = self.path.read_bytes()

    def write(self, content: bytes) -> None:
        self.path.write_bytes(content)

    def overwrite(self, start: int, content: bytes) -> None:
        self.write(self.sound[:start] + content + self.sound[start + len(content) :])

    def opened(self) -> ArticleIndex:
        return ArticleIndex(self.directory, Store(self.path), self._encoder)

    def found(self) -> list[Found]:
        """What is found, cosines included; the order is also by words, which hold no checksum."""
        index = self.opened()
        try:
            hits = (index.search(q, 50, mode=mode) for q in QUESTIONS for mode in MODES)
            return [sorted(map(facts, found), key=repr) for found in hits]
        finally:
            index._store.close()

    def faults(self) -> list[str]:
        """What ``verify`` says, an error included."""
        try:
            index = self.opened()
        except IndexStateError as error:
            return [str(error)]
        try:
            return index.verify()
        except IndexStateError as error:
            return [str(error)]
        finally:
            index._store.close()


@pytest.fixture
def damaged(two_articles: ArticleIndex, encoder: OnnxEncoder) -> Iterator[Damaged]:
    two_articles.close()
    damaged = Damaged(two_articles.directory, encoder)
    yield damaged
    damaged.write(damaged.sound)  # For it is closed once more.


def facts(hit: Hit) -> tuple[object, ...]:
    """All of it that does not come from the table of words, which holds nothing to quote."""
    passage = hit.passage
    bounds = (passage.id, passage.start, passage.end, passage.sentences)
    return (*bounds, passage.text, hit.article, hit.dense, hit.sentence_cosines)


def places(kind: str, size: int) -> Iterator[tuple[int, bytes]]:
    """Where to write what."""
    chosen = random.Random(kind)
    for _ in range(PLACES):
        place = chosen.randrange(size)
        if kind == "byte":
            yield place, chosen.randbytes(1)
        elif kind == "noise":
            yield place, chosen.randbytes(64)[: size - place]
        else:
            page = bytes(PAGE) if kind == "page of zeros" else chosen.randbytes(PAGE)
            yield place // PAGE * PAGE, page


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("vectors", ["kept", "lost"])
@pytest.mark.parametrize("kind", ["byte", "noise", "page of zeros", "page of noise"])
def test_what_is_overwritten_is_an_error_or_makes_no_difference(
    damaged: Damaged, kind: str, vectors: str
) -> None:
    expected, errors = damaged.found(), 0
    if vectors == "lost":
        (damaged.directory / VECTORS_FILE).unlink()
    for start, content in places(kind, len(damaged.sound)):
        damaged.overwrite(start, content)
        try:
            found = damaged.found()
        except IndexStateError as error:
            errors += 1
            assert_clear(error, damaged.path)
            assert damaged.faults()
        else:
            assert found == expected
    assert errors > PLACES / 5


@pytest.mark.parametrize("kept", [0.002, 0.1, 0.5, 0.9, 0.999])
def test_what_is_cut_off_is_an_error(damaged: Damaged, kept: float) -> None:
    damaged.write(damaged.sound[: int(len(damaged.sound) * kept)])
    with pytest.raises(IndexStateError) as raised:
        damaged.found()
    assert_clear(raised.value, damaged.path)


@pytest.mark.parametrize(
    "content", [bytes(PAGE), bytes(100 * PAGE), b"no index, but a text\n" * 999]
)
def test_another_content_is_an_error(damaged: Damaged, content: bytes) -> None:
    damaged.write(content)
    with pytest.raises(IndexStateError) as raised:
        damaged.found()
    assert_clear(raised.value, damaged.path)


def assert_clear(error: IndexStateError, path: Path) -> None:
    line = str(error)
    assert line.startswith(f"{path}: ")
    assert line.isprintable()
    assert "delete it and add the articles again" in line or "name another directory" in line

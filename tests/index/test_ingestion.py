from pathlib import Path

import pytest

from index.article_index import ArticleIndex
from index.errors import SourceError
from index.formats import pdf
from index.ingestion import Added, add_sources
from index.readers import Source, pasted
from index.types import Document
from tests.index.formats.documents import make_pdf
from tests.index.samples import BRIDGE, FLOOD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles, and between them one of every kind that cannot be read."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a-bridge.txt").write_text(BRIDGE)
    (folder / "b-binary.txt").write_bytes(b"\x89PNG\x00")
    (folder / "c-damaged.pdf").write_bytes(b"%PDF-1.7")
    (folder / "d-empty.md").write_text("")
    (folder / "e-picture.png").write_bytes(b"\x89PNG\x00")
    (folder / "f-only-code.md").write_text("```\ncode\n```\n")
    (folder / "g-flood.txt").write_text(FLOOD)
    return folder


def changes(index: ArticleIndex, *sources: Source) -> list[str]:
    """What became of each: the change, or the name of what could not be read."""
    return [
        one.change if isinstance(one, Added) else Path(str(one).partition(":")[0]).name
        for one in add_sources(index, sources)
    ]


def texts(index: ArticleIndex) -> list[str]:
    return [article.text for article in index.articles()]


def test_an_article_is_added_then_unchanged_then_replaced(
    new_index: ArticleIndex, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BRIDGE)
    assert changes(new_index, path) == ["added"]
    assert changes(new_index, path, str(path)) == ["unchanged", "unchanged"]
    path.write_text(FLOOD)
    assert changes(new_index, path) == ["replaced"]
    assert texts(new_index) == [FLOOD]
    assert new_index.verify() == []


def test_what_is_added_says_which_article_it_is(new_index: ArticleIndex, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BRIDGE)
    text = pasted(FLOOD)
    assert list(add_sources(new_index, [path, text])) == [
        Added(str(path), str(path), "added"),
        Added(text.key, text.source, "added"),
    ]
    assert [article.key for article in new_index.articles()] == [str(path), text.key]


def test_errors_do_not_stop_the_others(new_index: ArticleIndex, folder: Path) -> None:
    failed = ["b-binary.txt", "c-damaged.pdf", "d-empty.md", "e-picture.png", "f-only-code.md"]
    assert changes(new_index, folder) == ["added", *failed, "added"]


def test_nothing_of_what_failed_is_in_the_index(new_index: ArticleIndex, folder: Path) -> None:
    errors = [one for one in add_sources(new_index, [folder]) if isinstance(one, SourceError)]
    assert len(errors) == 5
    assert texts(new_index) == [BRIDGE, FLOOD]
    assert {hit.article.source for hit in new_index.search("code", 50)} <= {
        article.source for article in new_index.articles()
    }
    assert new_index.verify() == []


def test_each_is_in_the_index_before_the_next_is_read(
    new_index: ArticleIndex, folder: Path
) -> None:
    adding = add_sources(new_index, [folder])
    assert isinstance(next(adding), Added)
    assert texts(new_index) == [BRIDGE]
    (folder / "g-flood.txt").write_text("The flood is over. Nobody was hurt.")
    assert len(list(adding)) == 6
    assert texts(new_index) == [BRIDGE, "The flood is over. Nobody was hurt."]


def test_a_known_original_is_not_extracted_again(
    new_index: ArticleIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bridge.pdf"
    path.write_bytes(make_pdf(["The harbour bridge will close on Monday."]))
    assert changes(new_index, path) == ["added"]

    def fail(_content: bytes, _key: str, source: str) -> Document:
        raise SourceError(f"{source}: parsed again")

    monkeypatch.setattr(pdf, "parse_pdf", fail)
    assert changes(new_index, path) == ["unchanged"]
    path.write_bytes(make_pdf(["The harbour bridge will open on Monday."]))
    assert changes(new_index, path) == ["bridge.pdf"]


def test_an_earlier_version_stays_where_the_new_one_cannot_be_read(
    new_index: ArticleIndex, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BRIDGE)
    assert changes(new_index, path) == ["added"]
    for content in [b"", b"\x89PNG\x00", b"\x00" * 100]:
        path.write_bytes(content)
        assert changes(new_index, path) == ["a.txt"]
    path.unlink()
    assert changes(new_index, path) == ["a.txt"]
    assert texts(new_index) == [BRIDGE]
    assert new_index.verify() == []


def test_another_original_of_the_same_text_is_no_change(
    new_index: ArticleIndex, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BRIDGE)
    assert changes(new_index, path) == ["added"]
    path.write_text(BRIDGE, encoding="utf-16")
    assert changes(new_index, path) == ["unchanged"]
    assert texts(new_index) == [BRIDGE]


def test_progress_is_told_for_each(new_index: ArticleIndex) -> None:
    told: list[tuple[int, int]] = []
    sources = [pasted(BRIDGE), pasted(FLOOD)]
    list(add_sources(new_index, sources, lambda done, total: told.append((done, total))))
    assert [done == total for done, total in told] == [True, True]

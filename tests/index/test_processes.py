"""Processes that share an index."""

from pathlib import Path

import pytest

from index.article_index import ArticleIndex
from tests.index.commands import article_qa, ended

pytestmark = pytest.mark.usefixtures("encoder")

ARTICLES = 12
QUESTION = "What did tunnel 11 cost?"


def folder_of(names: str, tmp_path: Path) -> Path:
    """A folder of small articles."""
    folder = tmp_path / names
    folder.mkdir(exist_ok=True)
    for number in range(ARTICLES):
        text = f"{names} {number} opens\n\n{names} {number} opens today. It cost ${number}.\n"
        (folder / f"{number}.txt").write_text(text)
    return folder


def found(index: ArticleIndex) -> str:
    return index.search(QUESTION)[0].passage.text


@pytest.mark.parametrize("new", [False, True])
@pytest.mark.parametrize("names", [["Tunnel", "Bridge"], ["Tunnel", "Tunnel"]])
def test_two_may_add_at_once(
    two_articles: ArticleIndex, tmp_path: Path, names: list[str], new: bool
) -> None:
    directory = tmp_path / "new" if new else two_articles.directory
    folders = {name: folder_of(name, tmp_path) for name in names}
    running = [article_qa("index", "add", folders[n], "--index", directory) for n in names]
    for process in running:
        status, printed, error = ended(process)
        assert (status, len(printed.splitlines()), error) == (0, ARTICLES, "")
    with ArticleIndex.open(directory) as index:
        assert index.verify() == []
        paths = {str(path) for folder in folders.values() for path in folder.iterdir()}
        assert {article.key for article in index.articles()} - {"bridge", "flood"} == paths
        assert found(index).startswith("Tunnel 11 ")


def test_one_adds_while_another_asks(two_articles: ArticleIndex, tmp_path: Path) -> None:
    """The one that asks is not opened again."""
    sizes, process = (
        set(),
        article_qa(
            "index", "add", folder_of("Tunnel", tmp_path), "--index", two_articles.directory
        ),
    )
    while process.poll() is None:
        hits = two_articles.search(QUESTION, 50)
        assert all(hit.article.text.find(hit.passage.text) >= 0 for hit in hits)
        sizes.add(len({hit.article.id for hit in hits}))
    assert ended(process)[0] == 0
    assert min(sizes) == 2
    assert len(sizes) > 2  # It was seen to grow.
    assert found(two_articles).startswith("Tunnel 11 ")
    assert two_articles.verify() == []

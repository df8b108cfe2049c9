"""Adding, removing and choosing articles, on a real index."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder
from index.types import MAX_ORIGINAL_BYTES, Filters
from index.web import fetching
from qa.service import ArticleQA
from qa.types import Searched
from tests.index.disks import small_disk
from tests.index.web.conftest import Web, this_machine, web  # noqa: F401 - a fixture
from ui.library import (
    DateError,
    Offer,
    Report,
    add,
    chosen,
    label,
    offered_address,
    offered_file,
    offered_text,
    remove,
)

FERRY = (
    "Ferry stops\n20240102\nhttps://example.com/ferry\nThe ferry to Ostwick stopped on Monday.\n"
)
STORM = "Storm comes\n20240305\nhttps://example.com/storm\nA storm comes from the north.\n"
UNDATED = "Bridge closes\n\nThe bridge will close in May, the mayor said."


@pytest.fixture
def index(encoder: OnnxEncoder, tmp_path: Path) -> Iterator[ArticleIndex]:  # noqa: ARG001 - exported
    """An empty index."""
    with ArticleIndex.open(tmp_path / "index", create=True) as index:
        yield index


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def added(index: ArticleIndex, *offers: Offer) -> Report:
    *_, report = add(index, offers, lambda *_: None)
    return report


def titles(index: ArticleIndex) -> list[str]:
    return [article.title for article in index.articles()]


def test_a_file_is_known_by_its_own_name_and_content(index: ArticleIndex, tmp_path: Path) -> None:
    report = added(index, offered_file(write(tmp_path / "1a2b" / "ferry (1).txt", FERRY)))
    (article,) = index.articles()
    assert report.faults == ()
    assert (article.title, article.source) == ("Ferry stops", "ferry (1).txt")
    assert str(tmp_path) not in article.key


def test_the_same_file_again_is_no_second_article(index: ArticleIndex, tmp_path: Path) -> None:
    first = added(index, offered_file(write(tmp_path / "one" / "ferry.txt", FERRY)))
    second = added(index, offered_file(write(tmp_path / "two" / "ferry.txt", FERRY)))
    assert [one.change for one in first.added + second.added] == ["added", "unchanged"]
    assert len(index.articles()) == 1


def test_two_files_of_one_name_are_two_articles(index: ArticleIndex, tmp_path: Path) -> None:
    files = [write(tmp_path / "a" / "n.txt", FERRY), write(tmp_path / "b" / "n.txt", STORM)]
    added(index, *map(offered_file, files))
    assert titles(index) == ["Ferry stops", "Storm comes"]


def test_each_bad_file_has_a_line_and_the_others_are_added(
    index: ArticleIndex, tmp_path: Path
) -> None:
    files = [
        write(tmp_path / "empty.txt", ""),
        write(tmp_path / "binary.txt", bytes(range(256)) * 8),
        write(tmp_path / "ferry.txt", FERRY),
        write(tmp_path / "song.mp3", b"ID3"),
        write(tmp_path / "broken.pdf", b"%PDF-1.7 and nothing else"),
        write(tmp_path / "large.txt", b"x" * (MAX_ORIGINAL_BYTES + 1)),
        tmp_path / "gone.txt",
    ]
    report = added(index, *map(offered_file, files))
    names = [fault.split(": ")[0] for fault in report.faults]
    assert names == ["empty.txt", "binary.txt", "song.mp3", "broken.pdf", "large.txt", "gone.txt"]
    assert not any("\n" in fault or str(tmp_path) in fault for fault in report.faults)
    assert report.done == report.total == 7
    assert titles(index) == ["Ferry stops"]


def test_pasted_text_is_an_article_once(index: ArticleIndex) -> None:
    report = added(index, offered_text(UNDATED), offered_text(UNDATED))
    assert [one.change for one in report.added] == ["added", "unchanged"]
    assert titles(index) == ["Bridge closes"]


def test_a_pasted_path_is_text(index: ArticleIndex) -> None:
    added(index, offered_text("/etc/passwd"))
    (article,) = index.articles()
    assert article.text == "/etc/passwd"


@pytest.mark.parametrize("text", ["", " \n "])
def test_empty_text_is_told(index: ArticleIndex, text: str) -> None:
    assert added(index, offered_text(text)).faults == ("pasted text: it is empty",)


@pytest.mark.parametrize(
    "address",
    ["/etc/passwd", "file:///etc/passwd", "ftp://example.com/a", "pyproject.toml", ".", "", "a\0b"],
)
def test_only_web_addresses_are_read(index: ArticleIndex, address: str) -> None:
    (fault,) = added(index, offered_address(address)).faults
    assert "only addresses of http and https are read" in fault or "no web address" in fault
    assert index.articles() == []


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "[::1]"])
def test_addresses_that_are_not_public_are_refused(index: ArticleIndex, host: str) -> None:
    (fault,) = added(index, offered_address(f"http://{host}/")).faults
    assert "which is not public" in fault


def test_a_page_of_the_web_is_added(
    index: ArticleIndex,
    web: Web,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetching, "fetch", partial(fetching.fetch, allowed=this_machine))
    added(index, offered_address(f" {web.url('/article')} "))
    assert titles(index) == ["Bridge closes"]


def test_it_is_told_which_of_how_many_is_embedded(index: ArticleIndex, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    offers = [offered_file(write(tmp_path / "ferry.txt", FERRY)), offered_text(STORM)]
    reports = list(add(index, offers, lambda share, words: told.append((share, words))))
    assert [report.done for report in reports] == [0, 1, 2]
    assert told == [
        (0.0, "1 of 2, ferry.txt: reading"),
        (0.5, "1 of 2, ferry.txt: 2 of 2 texts embedded"),
        (0.5, "2 of 2, pasted text: reading"),
        (1.0, "2 of 2, pasted text: 2 of 2 texts embedded"),
    ]


def test_others_ask_while_articles_are_added(index: ArticleIndex) -> None:
    added(index, offered_text(FERRY))
    articles = ArticleQA(index)
    answers: list[str] = []
    with ThreadPoolExecutor() as others:

        def ask(*_: object) -> None:
            answer = others.submit(articles.ask, "Where does the ferry go?").result(timeout=60)
            answers.append(answer.text)

        list(add(index, [offered_text(STORM)], ask))
    assert len(answers) == 2
    assert all("Ostwick" in answer for answer in answers)


@pytest.mark.usefixtures("encoder")
def test_where_nothing_can_be_written_it_says_so_once(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        with ArticleIndex.open(disk.root / "index", create=True) as index:
            added(index, offered_text(FERRY))
        disk.make_read_only()
        with ArticleIndex.open(disk.root / "index") as index:
            report = added(index, offered_text(UNDATED), offered_text(STORM))
            assert "the index cannot be written" in report.stopped
            assert (report.done, titles(index)) == (0, ["Ferry stops"])


def test_what_was_added_and_removed_is_saved(index: ArticleIndex) -> None:
    added(index, offered_text(FERRY), offered_text(STORM))
    ferry, storm = index.articles()
    assert remove(index, [ferry.id]) == 1
    assert remove(index, [ferry.id]) == 0
    assert index.articles() == [storm]
    assert index.verify() == []


def test_a_label_is_one_line(index: ArticleIndex, tmp_path: Path) -> None:
    files = [write(tmp_path / "ferry.txt", FERRY), write(tmp_path / "bridge.txt", UNDATED)]
    added(index, *map(offered_file, files))
    assert list(map(label, index.articles())) == [
        "Ferry stops · 2024-01-02 · ferry.txt",
        "Bridge closes · no date · bridge.txt",
    ]


@pytest.mark.parametrize(
    ("ids", "since", "until", "filters", "told"),
    [
        ([1, 2, 3], "", "", None, "Searched: all 3 articles."),
        ([1, 3], "", "", Filters((1, 3)), "Searched: 2 of 3 articles."),
        ([1, 2, 3, 9], "", " ", None, "Searched: all 3 articles."),
        ([], "", "", None, "Searched: all 3 articles."),
        (
            [],
            "2030-01-01",
            "",
            Filters(since=date(2030, 1, 1)),
            "Searched: no article. Choose others, or other dates.",
        ),
        (
            [1, 2, 3],
            "2024-01-03",
            "",
            Filters(since=date(2024, 1, 3)),
            "Searched: 1 of 3 articles.",
        ),
        (
            [1, 3],
            "2024-01-02",
            "2024-01-02",
            Filters((1, 3), date(2024, 1, 2), date(2024, 1, 2)),
            "Searched: 1 of 3 articles.",
        ),
    ],
)
def test_what_is_chosen_is_what_is_searched(
    index: ArticleIndex,
    ids: Sequence[int],
    since: str,
    until: str,
    filters: Filters | None,
    told: str,
) -> None:
    added(index, offered_text(FERRY), offered_text(STORM), offered_text(UNDATED))
    articles = index.articles()
    assert chosen(articles, ids, since, until) == filters
    found = {hit.article.id for hit in index.search("ferry storm bridge", 9, filters=filters)}
    searched = Searched(index.count(filters), index.count())
    assert (str(searched), searched.articles) == (told, len(found))


def test_an_empty_index_is_told() -> None:
    assert chosen([], [], "", "") is None
    assert str(Searched(0, 0)) == "Searched: nothing, since there are no articles yet."


@pytest.mark.parametrize("day", ["2024-13-01", "yesterday", "01/02/2024"])
def test_what_is_no_date_is_told(day: str) -> None:
    with pytest.raises(DateError, match="is no date; write it as 2022-01-31"):
        chosen([], [], "", day)


def test_dates_in_the_wrong_order_are_told() -> None:
    with pytest.raises(DateError, match="2024-02-01 is after 2024-01-01"):
        chosen([], [], "2024-02-01", "2024-01-01")

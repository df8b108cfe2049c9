import shutil
from pathlib import Path

import pytest

import qa
from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder
from index.formats import extract
from index.locations import cache_directory, default_index_directory
from index.readers import BUNDLED_KEY, bundled_document, read_file
from tests.qa.articles import BAKERS, CLOCK_TOWER, FERRY, HEADLINES, write_articles

pytestmark = pytest.mark.usefixtures("encoder")


def _headlines(articles: qa.ArticleQA) -> set[str]:
    return {article.title for article in articles.articles()}


@pytest.fixture
def users_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the index of a new user will be."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "article-qa" / "index"


def test_with_nothing_named_a_new_user_asks_the_packaged_article(users_index: Path) -> None:
    with qa.open() as articles:
        assert articles.ask("what did Ryabkov say about NATO?").answered
        assert articles.index.directory == users_index


def test_with_nothing_named_the_users_own_index_stays_as_it_is(
    users_index: Path, tmp_path: Path
) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text(FERRY)
    with ArticleIndex.open(users_index, create=True) as index:
        index.add(extract(read_file(source)))
    with qa.open() as articles:
        assert _headlines(articles) == {"Night ferry to Vell stops"}


def test_a_file_is_opened(tmp_path: Path) -> None:
    with qa.open(write_articles(tmp_path) / "ferry.txt") as articles:
        assert _headlines(articles) == {"Night ferry to Vell stops"}


def test_a_folder_is_opened_by_its_name(tmp_path: Path) -> None:
    with qa.open(str(write_articles(tmp_path))) as articles:
        assert _headlines(articles) == HEADLINES


def test_a_list_is_opened(tmp_path: Path) -> None:
    write_articles(tmp_path)
    with qa.open([tmp_path / "ferry.txt", str(tmp_path / "bakers.md")]) as articles:
        assert _headlines(articles) == {
            "Night ferry to Vell stops",
            "Bakers of Lindholm end their strike",
        }


def test_a_named_index_keeps_what_it_had(tmp_path: Path) -> None:
    source, directory = tmp_path / "article.txt", tmp_path / "index"
    with ArticleIndex.open(directory, create=True) as index:
        index.add(bundled_document())
    source.write_text(FERRY)
    with qa.open(source, index_dir=directory) as articles:
        assert _headlines(articles) == {"Night ferry to Vell stops", bundled_document().title}


def test_a_source_that_changed_is_read_again(tmp_path: Path) -> None:
    source = tmp_path / "article.txt"
    source.write_text(FERRY)
    qa.open(source).close()
    source.write_text(CLOCK_TOWER)
    with qa.open(source) as articles:
        assert [article.text for article in articles.articles()] == [CLOCK_TOWER]


def test_a_source_that_did_not_change_is_the_same_article(tmp_path: Path) -> None:
    source = tmp_path / "article.txt"
    source.write_text(FERRY)
    with qa.open(source) as before, qa.open(source) as after:
        assert before.articles() == after.articles()


def test_a_file_that_left_its_folder_is_not_asked(tmp_path: Path) -> None:
    write_articles(tmp_path)
    qa.open(tmp_path).close()
    (tmp_path / "ferry.txt").unlink()
    with qa.open(tmp_path) as articles:
        assert _headlines(articles) == HEADLINES - {"Night ferry to Vell stops"}


def test_sources_that_cannot_be_read_are_skipped_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FERRY)
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "c.md").write_text("```\ncode, no prose\n```\n")
    with qa.open([tmp_path, tmp_path / "missing.txt"]) as articles:
        assert _headlines(articles) == {"Night ferry to Vell stops"}
        names = {str(error).partition(":")[0] for error in articles.skipped}
    assert names == {str(tmp_path / name) for name in ("b.txt", "c.md", "missing.txt")}


def test_a_source_that_lost_its_text_is_not_asked_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FERRY)
    (tmp_path / "b.md").write_text(BAKERS)
    qa.open(tmp_path).close()
    (tmp_path / "b.md").write_text("---\n")
    with qa.open(tmp_path) as articles:
        assert _headlines(articles) == {"Night ferry to Vell stops"}


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"```\ncode, no prose\n```\n"]
)
def test_where_no_source_can_be_read_it_is_an_error(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "bad.md"
    source.write_bytes(content)
    with pytest.raises(qa.SourceError, match=r"bad\.md"):
        qa.open(source)


def test_where_nothing_can_be_read_no_index_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: OnnxEncoder
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    shutil.copytree(encoder.folder, cache_directory() / "encoders" / encoder.folder.name)
    with pytest.raises(qa.SourceError):
        qa.open(tmp_path / "missing.txt")
    assert not list(cache_directory().glob("indexes/*"))


def test_pasted_text_is_opened() -> None:
    with qa.open(qa.pasted(FERRY)) as articles:
        assert _headlines(articles) == {"Night ferry to Vell stops"}


def test_a_source_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(qa.SourceError, match="no such file or folder"):
        qa.open(tmp_path / "missing.txt")


def test_an_empty_list_of_sources_is_an_error() -> None:
    with pytest.raises(qa.SourceError, match="no source was named"):
        qa.open([])


def test_asking_an_empty_index_tells_how_to_add_articles(tmp_path: Path) -> None:
    ArticleIndex.open(tmp_path, create=True).close()
    with (
        qa.open(index_dir=tmp_path) as articles,
        pytest.raises(qa.IndexStateError, match="article-qa index add"),
    ):
        articles.ask("who?")


def test_what_another_adds_to_the_index_is_seen_at_once(tmp_path: Path) -> None:
    question = "When will the night ferry stop?"
    source, directory = tmp_path / "ferry.txt", tmp_path / "index"
    source.write_text(FERRY)
    with ArticleIndex.open(directory, create=True) as index:
        index.add(bundled_document())
    with qa.open(index_dir=directory) as articles:
        assert not articles.ask(question).answered
        with ArticleIndex.open(directory) as another:
            another.add(extract(read_file(source)))
        assert "October" in articles.ask(question).text


def test_a_first_add_that_failed_leaves_the_packaged_article_to_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    ArticleIndex.open(default_index_directory(), create=True).close()
    with qa.open() as articles:
        assert [a.key for a in articles.articles()] == [BUNDLED_KEY]


def test_what_was_removed_by_the_user_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with qa.open() as articles:
        articles.index.remove(BUNDLED_KEY)
    with qa.open() as articles:
        assert articles.articles() == []


def test_an_index_that_is_named_and_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(qa.IndexStateError, match="there is no index"):
        qa.open(index_dir=tmp_path / "misspelt")


@pytest.mark.parametrize("source", ["", "a\x00b", "a\ud800b"])
def test_what_is_no_name_is_refused(source: str) -> None:
    with pytest.raises(qa.SourceError, match="no name of a file"):
        qa.open(source)


PASSAGES = ["The clock tower of Brenning opened on Thursday.", FERRY, "", "  \n"]


def test_given_passages_are_read_and_cited_by_their_places() -> None:
    answer = qa.read("How many passengers took the night ferry?", PASSAGES)
    assert answer.answered
    [citation] = answer.citations
    assert citation.source == "passage 2"
    assert FERRY[citation.start : citation.end] == citation.quote
    assert answer.short is not None
    assert FERRY[answer.short.start : answer.short.end] == answer.short.quote


def test_given_passages_that_do_not_say_are_not_answered() -> None:
    answer = qa.read("Who won the chess tournament in Oslo?", PASSAGES)
    assert not answer.answered
    assert {c.source for c in answer.closest} <= {"passage 1", "passage 2"}


def test_given_passages_of_equal_text_are_read() -> None:
    assert qa.read("How many passengers took the night ferry?", [FERRY, FERRY]).answered


def test_reading_given_passages_leaves_no_index(users_index: Path) -> None:
    qa.read("How many passengers took the night ferry?", PASSAGES)
    assert not users_index.exists()


@pytest.mark.parametrize("passages", [[], ["", "\n"]])
def test_without_a_passage_nothing_is_read(passages: list[str]) -> None:
    with pytest.raises(qa.SourceError, match="none of them has a word"):
        qa.read("How many?", passages)


def test_a_question_that_cannot_be_asked_of_passages_is_told() -> None:
    with pytest.raises(qa.QuestionError):
        qa.read("?", [FERRY])


def test_the_plain_reader_is_opened_by_name(tmp_path: Path) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text(FERRY)
    question = "How many passengers took the night ferry?"
    with qa.open(source, reader="none") as plain, qa.open(source) as trained:
        assert plain.ask(question).short is None
        assert trained.ask(question).confidence != plain.ask(question).confidence


def test_a_reader_that_is_not_there_is_told_and_the_index_closed(tmp_path: Path) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text(FERRY)
    with pytest.raises(qa.ModelError, match="nobody/nothing"):
        qa.open(source, reader="nobody/nothing")
    with qa.open(source) as articles:
        assert _headlines(articles) == {"Night ferry to Vell stops"}

"""Web addresses as sources: of the command line, and of the Python API."""

from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import qa
from index.article_index import ArticleIndex
from index.cli import app as index_app
from index.web import fetching
from qa.cli import app as ask_app
from tests.index.web.conftest import Web, this_machine

pytestmark = pytest.mark.usefixtures("encoder", "allowed")

COST = "How much do the repairs cost?"


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server on this machine may be asked, and it alone."""
    only_here = partial(fetching.fetch, allowed=this_machine)
    monkeypatch.setattr(fetching, "fetch", only_here)


def on(directory: Path, command: str, *arguments: str) -> Result:
    return CliRunner().invoke(index_app, [command, *arguments, "--index", str(directory)])


def test_an_address_is_asked_from_python(web: Web) -> None:
    with qa.open(web.url("/article")) as articles:
        answer = articles.ask(COST)
        (article,) = articles.articles()
    assert "$60 million" in answer.text
    citation = answer.citations[0]
    assert article.text[citation.start : citation.end] == citation.quote
    assert citation.url == "https://news.example/bridge"


def test_what_the_page_states_is_cited_from_it(web: Web) -> None:
    with qa.open(web.url("/article")) as articles:
        answers = [
            articles.ask(q).text for q in ("Who wrote this article?", "When was it published?")
        ]
    assert answers == ["Ana Ruiz [1]", "The article is dated 5 April 2023. [1]"]


def test_an_address_is_asked_on_the_command_line(web: Web) -> None:
    run = CliRunner().invoke(ask_app, [COST, web.url("/article")])
    assert run.exit_code == 0
    assert "Bridge closes · 2023-04-05 · https://news.example/bridge" in run.stdout


def test_an_address_is_added_under_its_one_form_and_removed(web: Web, tmp_path: Path) -> None:
    assert on(tmp_path, "add", web.url("/article#top")).stdout == f"added: {web.url('/article')}\n"
    assert on(tmp_path, "add", web.url("/article")).stdout == f"unchanged: {web.url('/article')}\n"
    assert on(tmp_path, "remove", web.url("/article#end")).exit_code == 0
    assert on(tmp_path, "list").stdout == ""


def test_what_came_from_a_page_without_canonical_address_is_cited_by_where_it_was_found(
    web: Web,
) -> None:
    with qa.open(web.url("/hops/2")) as articles:
        assert [(a.key, a.url) for a in articles.articles()] == [
            (web.url("/hops/2"), web.url("/text"))
        ]


def test_bad_addresses_have_one_line_each_and_the_good_ones_are_added(
    web: Web, tmp_path: Path
) -> None:
    bad = [web.url("/missing"), web.url("/circle"), "http://10.0.0.1/", "ftp://a/", "http://[::1/"]
    run = on(tmp_path, "add", bad[0], web.url("/article"), *bad[1:])
    lines = run.stderr.splitlines()
    assert [line.split(": ")[:2] for line in lines[:-1]] == [["article-qa", url] for url in bad]
    assert lines[-1] == "article-qa: 5 could not be read"
    assert run.exit_code == 2
    with ArticleIndex.open(tmp_path) as index:
        assert [article.key for article in index.articles()] == [web.url("/article")]
        assert index.verify() == []


def test_a_page_that_is_gone_leaves_what_was_read_of_it_before(web: Web, tmp_path: Path) -> None:
    url = web.url("/article")
    on(tmp_path, "add", url)
    web.shutdown()
    web.server_close()
    run = on(tmp_path, "add", url)
    assert (run.exit_code, run.stderr.splitlines()[-1]) == (2, "article-qa: 1 could not be read")
    assert "Bridge closes" in on(tmp_path, "list").stdout

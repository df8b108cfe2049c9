"""The typed endpoints, asked by ``gradio_client`` over HTTP."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from index.article_index import ArticleIndex
from index.readers import bundled_document
from qa.service import ArticleQA
from qa.types import Reading
from tests.test_readme import examples
from tests.ui.conftest import Serve

QUESTION = "What did Ryabkov say about NATO?"
ASKERS = 20

EXAMPLE = next(each for each in examples("python") if "gradio_client" in each)


def connected(address: str) -> Client:
    return Client(address, verbose=False, analytics_enabled=False)


@pytest.fixture(scope="module")
def client(bundled_address: str) -> Client:
    """A program that asks the page over the packaged article."""
    return connected(bundled_address)


@pytest.fixture(scope="module")
def described(bundled_address: str) -> dict[str, Any]:
    """What the page tells programs of its endpoints."""
    told: dict[str, Any] = httpx.get(f"{bundled_address}/gradio_api/info").json()
    return told


def is_slice(citation: dict[str, Any]) -> bool:
    text = bundled_document().text[citation["start"] : citation["end"]]
    return bool(text == citation["quote"])


def test_ten_lines_of_client_code_ask_and_search(bundled_address: str) -> None:
    assert len(EXAMPLE.strip().splitlines()) <= 10
    example = EXAMPLE.replace("http://127.0.0.1:7860", bundled_address)
    run = subprocess.run(
        [sys.executable, "-c", example], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert "flat and plan no" in run.stdout
    assert "Sergey Ryabkov" in run.stdout
    assert "troops" in run.stdout


def test_programs_are_offered_these_three_and_no_event_of_the_page(
    described: dict[str, Any],
) -> None:
    assert set(described["named_endpoints"]) == {
        "/ask_articles",
        "/search_passages",
        "/list_articles",
    }
    assert described["unnamed_endpoints"] == {}


def test_what_is_answered_is_described_with_its_types(described: dict[str, Any]) -> None:
    [answer] = described["named_endpoints"]["/ask_articles"]["returns"]
    citation = answer["type"]["properties"]["citations"]["items"]
    assert answer["type"]["properties"]["answered"] == {"type": "boolean"}
    assert citation["properties"]["start"] == {"type": "integer"}
    assert {"number", "quote", "speaker", "title", "url", "published", "source"} <= set(
        citation["required"]
    )
    query, limit = described["named_endpoints"]["/search_passages"]["parameters"]
    assert query["type"] == {"type": "string"}
    assert (limit["type"], limit["parameter_default"]) == ({"type": "integer"}, 5)


def test_an_answer_has_its_citations_whole(client: Client) -> None:
    answer = client.predict(QUESTION, api_name="/ask_articles")
    assert answer["answered"]
    first = answer["citations"][0]
    assert first == {
        "number": 1,
        "quote": first["quote"],
        "speaker": "Sergey Ryabkov",
        "article_id": 1,
        "title": bundled_document().title,
        "url": bundled_document().url,
        "published": "2022-01-10",
        "source": bundled_document().source,
        "start": first["start"],
        "end": first["end"],
        "score": first["score"],
    }
    assert all(is_slice(citation) for citation in answer["citations"])


def test_what_the_articles_do_not_say_comes_with_the_closest_passages(client: Client) -> None:
    answer = client.predict("what did Macron say about the talks?", api_name="/ask_articles")
    assert not answer["answered"]
    assert answer["citations"] == []
    assert len(answer["closest"]) == 3
    assert all(is_slice(citation) for citation in answer["closest"])


def test_passages_are_found_best_first_up_to_the_limit(client: Client) -> None:
    found = client.predict("troops near Ukraine", limit=3, api_name="/search_passages")
    assert [passage["number"] for passage in found] == [1, 2, 3]
    assert "troops" in found[0]["quote"]
    assert all(is_slice(passage) for passage in found)


def test_the_articles_are_listed(client: Client) -> None:
    [article] = client.predict(api_name="/list_articles")
    assert article["title"] == bundled_document().title
    assert article["published"] == "2022-01-10"


@pytest.mark.parametrize("limit", [0, 51])
def test_a_limit_out_of_range_is_told(client: Client, limit: int) -> None:
    with pytest.raises(AppError, match=f"limit is {limit}; ask for 1 to 50 passages"):
        client.predict("troops", limit=limit, api_name="/search_passages")


@pytest.mark.parametrize("endpoint", ["/ask_articles", "/search_passages"])
def test_an_empty_question_is_told_in_words(client: Client, endpoint: str) -> None:
    with pytest.raises(AppError) as caught:
        client.predict("  ", api_name=endpoint)
    assert str(caught.value) == "the question is empty; ask about the articles in words"


def test_all_of_many_askers_are_answered(bundled_address: str) -> None:
    def ask(_: int) -> str:
        answer: dict[str, Any] = connected(bundled_address).predict(
            QUESTION, api_name="/ask_articles"
        )
        return str(answer["text"])

    with ThreadPoolExecutor(ASKERS) as askers:
        [text] = set(askers.map(ask, range(ASKERS)))
    assert "flat and plan no" in text


def test_a_slow_answer_does_not_hold_up_the_next_asker(
    serve: Serve, bundled_directory: Path
) -> None:
    may_go_on = Event()

    class Slow:
        def read(self, question: str, _: object) -> Reading:
            if "slowly" in question:
                may_go_on.wait(60)
            return Reading((), 0.0)

    index = ArticleIndex.open(bundled_directory)
    address = serve(ArticleQA(index, reader=Slow()))
    slow = connected(address).submit("What was said slowly?", api_name="/ask_articles")
    try:
        answer = connected(address).predict("What was said?", api_name="/ask_articles")
        assert not answer["answered"]
        assert not slow.done()
    finally:
        may_go_on.set()
    assert not slow.result(60)["answered"]

"""The tools for language models, called by a client of the Model Context Protocol."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, Tool

from index.article_index import ArticleIndex
from index.readers import bundled_document
from qa.service import ArticleQA
from tests.ui.conftest import Serve
from ui.access import Passwords
from ui.settings import Settings

T = TypeVar("T")
Do = Callable[[ClientSession], Awaitable[T]]


def in_session(address: str, do: Do[T], auth: tuple[str, str] | None = None) -> T:
    """Connects to the tools of a page, and returns what comes of using them."""

    async def session() -> T:
        async with (
            httpx.AsyncClient(auth=auth) as http,
            streamable_http_client(f"{address}/mcp", http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await do(session)

    # The browser of other tests keeps a loop running in this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(session())).result()


def called(address: str, tool: str, **arguments: str | int) -> CallToolResult:
    return in_session(address, lambda session: session.call_tool(tool, arguments))


async def all_tools(session: ClientSession) -> dict[str, Tool]:
    return {tool.name: tool for tool in (await session.list_tools()).tools}


@pytest.fixture(scope="module")
def address(serve: Serve, bundled_directory: Path) -> str:
    """A page that offers the packaged article to language models."""
    return serve(ArticleQA(ArticleIndex.open(bundled_directory)), Settings(mcp=True))


@pytest.fixture(scope="module")
def guarded_address(serve: Serve, bundled_directory: Path) -> str:
    """The same, for those who have a password."""
    settings = Settings(mcp=True, passwords=Passwords({"ann": "secret"}))
    return serve(ArticleQA(ArticleIndex.open(bundled_directory)), settings)


def test_exactly_three_tools_are_listed_with_words_and_types(address: str) -> None:
    tools = in_session(address, all_tools)
    assert set(tools) == {"ask_articles", "search_passages", "list_articles"}
    ask = tools["ask_articles"]
    assert ask.description is not None
    assert ask.description.startswith("Answer a question from the news articles")
    assert ask.inputSchema["required"] == ["question"]
    assert ask.outputSchema is not None
    assert ask.outputSchema["$defs"]["CitedQuote"]["properties"]["start"]["type"] == "integer"


def test_a_question_is_answered_with_whole_citations(address: str) -> None:
    result = called(address, "ask_articles", question="What did Ryabkov say about NATO?")
    assert not result.isError
    answer: dict[str, Any] = result.structuredContent or {}
    assert "flat and plan no" in answer["text"]
    for citation in answer["citations"]:
        assert citation["speaker"] == "Sergey Ryabkov"
        quoted = bundled_document().text[citation["start"] : citation["end"]]
        assert citation["quote"] == quoted


def test_passages_and_articles_are_found(address: str) -> None:
    found = called(address, "search_passages", query="troops near Ukraine", limit=2)
    listed = called(address, "list_articles")
    assert found.structuredContent is not None
    assert [passage["number"] for passage in found.structuredContent["result"]] == [1, 2]
    assert listed.structuredContent is not None
    [article] = listed.structuredContent["result"]
    assert article["title"] == bundled_document().title


def test_an_empty_question_is_an_error_in_words(address: str) -> None:
    result = called(address, "ask_articles", question=" ")
    assert result.isError
    assert "the question is empty; ask about the articles in words" in str(result.content)


def test_without_the_flag_there_are_no_tools(bundled_address: str) -> None:
    assert httpx.post(f"{bundled_address}/mcp", json={}).status_code in {404, 405}
    assert httpx.post(f"{bundled_address}/gradio_api/mcp/", json={}).status_code in {404, 405}


def test_a_page_of_another_site_cannot_call_the_tools(address: str) -> None:
    rebound = httpx.post(f"{address}/mcp", json={}, headers={"Host": "evil.example.com"})
    assert rebound.status_code == 421
    foreign = httpx.post(f"{address}/mcp", json={}, headers={"Origin": "http://evil.example.com"})
    assert foreign.status_code == 403


def test_the_tools_ask_for_the_page_s_passwords(guarded_address: str) -> None:
    for auth in (None, ("ann", "wrong"), ("bea", "secret")):
        refused = httpx.post(f"{guarded_address}/mcp", json={}, auth=auth)
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"] == 'Basic realm="article-qa"'
    assert len(in_session(guarded_address, all_tools, ("ann", "secret"))) == 3

import asyncio

import pytest
from llama_index.core import Settings
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import NodeWithScore, TextNode

from qa.service import ArticleQA

NATO = "what did Ryabkov say about NATO?"
NOT_IN_THE_ARTICLE = "what did Macron say about the talks?"


def _nodes(found: list[NodeWithScore]) -> list[TextNode]:
    return [node.node for node in found if isinstance(node.node, TextNode)]


def _query(articles: ArticleQA, question: str) -> Response:
    response = articles.as_query_engine().query(question)
    assert isinstance(response, Response)
    return response


def test_the_response_is_the_answer(bundled_qa: ArticleQA) -> None:
    answer, response = bundled_qa.ask(NATO), _query(bundled_qa, NATO)
    assert response.response == answer.text
    assert response.metadata == {
        "answered": True,
        "confidence": answer.confidence,
        "mode": "extractive",
        "notice": None,
    }


def test_the_source_nodes_are_the_citations(bundled_qa: ArticleQA) -> None:
    citations, response = bundled_qa.ask(NATO).citations, _query(bundled_qa, NATO)
    assert [
        (node.text, node.start_char_idx, node.end_char_idx, node.metadata["number"])
        for node in _nodes(response.source_nodes)
    ] == [(c.quote, c.start, c.end, c.number) for c in citations]
    assert [node.score for node in response.source_nodes] == [c.score for c in citations]


def test_a_source_node_tells_where_it_is_from(bundled_qa: ArticleQA) -> None:
    (article,) = bundled_qa.articles()
    metadata = _query(bundled_qa, NATO).source_nodes[0].node.metadata
    assert metadata == {
        "number": 1,
        "title": article.title,
        "url": article.url,
        "published": "2022-01-10",
        "source": article.source,
        "speaker": "Sergey Ryabkov",
    }


def test_where_the_articles_do_not_say_the_nodes_are_the_closest_passages(
    bundled_qa: ArticleQA,
) -> None:
    closest = bundled_qa.ask(NOT_IN_THE_ARTICLE).closest
    response = _query(bundled_qa, NOT_IN_THE_ARTICLE)
    assert (response.metadata or {})["answered"] is False
    assert [node.text for node in _nodes(response.source_nodes)] == [c.quote for c in closest]


def test_an_event_loop_queries(bundled_qa: ArticleQA) -> None:
    response = asyncio.run(bundled_qa.as_query_engine().aquery(NATO))
    assert str(response) == bundled_qa.ask(NATO).text


def test_the_engine_has_no_prompts(bundled_qa: ArticleQA) -> None:
    assert bundled_qa.as_query_engine().get_prompts() == {}


def test_the_retriever_finds_the_passages_that_are_asked(bundled_qa: ArticleQA) -> None:
    (article,) = bundled_qa.articles()
    found = bundled_qa.as_retriever(k=4).retrieve(NATO)
    texts = [node.text for node in _nodes(found)]
    assert texts == [hit.passage.text for hit in bundled_qa.index.search(NATO, 4)]
    assert texts == [article.text[n.start_char_idx : n.end_char_idx] for n in _nodes(found)]


@pytest.mark.parametrize("setting", ["_llm", "_embed_model"])
def test_the_global_settings_are_left_alone(bundled_qa: ArticleQA, setting: str) -> None:
    _query(bundled_qa, NATO)
    bundled_qa.as_retriever().retrieve(NATO)
    assert getattr(Settings, setting) is None

import pytest
from llama_index.core.schema import TextNode

from index.article_index import ArticleIndex
from index.llama_index import ArticleRetriever
from index.types import Document, Filters


def test_nodes_are_the_passages_found(two_articles: ArticleIndex) -> None:
    hits = two_articles.search("When do the ferries run?", 3)
    nodes = ArticleRetriever(two_articles, k=3).retrieve("When do the ferries run?")
    assert [(node.text, node.score) for node in nodes] == [
        (hit.passage.text, hit.passage.score) for hit in hits
    ]


def test_offsets_are_exact(two_articles: ArticleIndex) -> None:
    texts = {article.key: article.text for article in two_articles.articles()}
    nodes = ArticleRetriever(two_articles).retrieve("harbour")
    assert len(nodes) == 6
    for scored in nodes:
        node = scored.node
        assert isinstance(node, TextNode)
        assert texts[node.ref_doc_id or ""][node.start_char_idx : node.end_char_idx] == node.text


def test_a_node_says_what_its_article_is(two_articles: ArticleIndex) -> None:
    best, *_ = ArticleRetriever(two_articles).retrieve("Was anybody in Westmark hurt?")
    assert best.node.metadata == {
        "title": "Barriers hold as river floods Westmark",
        "url": "https://news.example/2023/06/westmark-flood/",
        "published": "2023-06-12",
        "source": "flood.txt",
    }


def test_ids_stay_the_same_when_an_article_is_added_again(
    two_articles: ArticleIndex, bridge: Document
) -> None:
    retriever = ArticleRetriever(two_articles)
    before = {node.node_id for node in retriever.retrieve("harbour")}
    assert len(before) == 6
    two_articles.remove("bridge")
    two_articles.add(bridge)
    assert {node.node_id for node in retriever.retrieve("harbour")} == before


@pytest.mark.parametrize(
    ("k", "filters", "expected"),
    [(1, None, 1), (50, None, 6), (50, Filters(articles=[1]), 3), (50, Filters(articles=[]), 0)],
)
def test_the_number_and_the_articles_can_be_narrowed(
    two_articles: ArticleIndex, k: int, filters: Filters | None, expected: int
) -> None:
    retriever = ArticleRetriever(two_articles, k, filters=filters)
    assert len(retriever.retrieve("harbour")) == expected


def test_the_mode_can_be_chosen(two_articles: ArticleIndex) -> None:
    assert ArticleRetriever(two_articles, mode="lexical").retrieve("zeppelin") == []
    assert len(ArticleRetriever(two_articles, mode="dense").retrieve("zeppelin")) == 6

"""LlamaIndex: the index as a retriever for any program that takes one."""

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import (
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from index.article_index import ArticleIndex
from index.types import Article, Filters, Passage, SearchMode


class ArticleRetriever(BaseRetriever):
    """Retrieves passages as nodes whose ids stay the same, with exact offsets."""

    def __init__(
        self,
        index: ArticleIndex,
        k: int = 10,
        mode: SearchMode = "hybrid",
        filters: Filters | None = None,
        **kwargs: Any,  # noqa: ANN401 - BaseRetriever's own
    ) -> None:
        """Makes a retriever of at most ``k`` passages."""
        super().__init__(**kwargs)
        self._index = index
        self._k = k
        self._mode = mode
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._index.search(
            query_bundle.query_str, self._k, mode=self._mode, filters=self._filters
        )
        return [_node(hit.article, hit.passage) for hit in hits]


def article_metadata(article: Article) -> dict[str, str | None]:
    """Returns what a node says about its article."""
    return {
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
    }


def _node(article: Article, passage: Passage) -> NodeWithScore:
    node = TextNode(
        id_=f"{article.key}:{passage.start}-{passage.end}",
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata=article_metadata(article),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.key)},
    )
    return NodeWithScore(node=node, score=passage.score)

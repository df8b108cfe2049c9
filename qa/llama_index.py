"""LlamaIndex: answering as a query engine, without the global ``Settings`` and without a key."""

from typing import TYPE_CHECKING

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from qa.types import Answer, Citation

if TYPE_CHECKING:
    from qa.service import ArticleQA


class ArticleQueryEngine(BaseQueryEngine):
    """Answers as ``ArticleQA.ask`` does; the source nodes are the citations.

    The response's metadata has ``answered``, ``confidence``, ``mode`` and ``notice``. Where the
    articles do not say, the source nodes are the closest passages.
    """

    def __init__(self, articles: "ArticleQA") -> None:
        """Makes a query engine over opened articles."""
        super().__init__(CallbackManager())
        self._articles = articles

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return _response(self._articles.ask(query_bundle.query_str))

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return _response(await self._articles.aask(query_bundle.query_str))


def _response(answer: Answer) -> Response:
    return Response(
        response=answer.text,
        source_nodes=[_node(c) for c in answer.shown],
        metadata={
            "answered": answer.answered,
            "confidence": answer.confidence,
            "mode": answer.mode,
            "notice": answer.notice,
        },
    )


def _node(citation: Citation) -> NodeWithScore:
    node = TextNode(
        id_=f"{citation.article_id}:{citation.start}-{citation.end}",
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata={
            "number": citation.number,
            "title": citation.title,
            "url": citation.url,
            "published": citation.published and citation.published.isoformat(),
            "source": citation.source,
            "speaker": citation.speaker,
        },
    )
    return NodeWithScore(node=node, score=citation.score)

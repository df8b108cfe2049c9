"""LlamaIndex: any query engine as a system, and a plain one to hold this project against."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache

from llama_index.core import VectorStoreIndex
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import RESPONSE_TYPE
from llama_index.core.base.response.schema import Response as EngineResponse
from llama_index.core.callbacks import CallbackManager
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import Document as LlamaDocument
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle

from evals.systems import RETRIEVED, Respond
from evals.types import Collection, Quote, Response, Sample
from index.encoder import OnnxEncoder, load_encoder
from index.types import Document

MakeEngine = Callable[[Sequence[LlamaDocument]], BaseQueryEngine]
"""Makes a query engine over documents, whose ids say which they are."""


class EngineSystem:
    """A query engine of LlamaIndex.

    What it cites are its source nodes, in their order: slices of the document that their
    ``ref_doc_id`` names, or else ``source`` in their metadata. If its response's metadata has
    ``answered`` and ``confidence``, refusals are scored; without them only an empty response is a
    refusal. ``cited`` there says how many of the nodes it cites, if not all; the others are found.
    """

    def __init__(self, name: str, make_engine: MakeEngine) -> None:
        """Names it, and says what makes one for the documents of a collection."""
        self.name = name
        self._make_engine = make_engine

    @contextmanager
    def opened(self, collection: Collection) -> Iterator[Respond]:
        """Makes the engine; another one for each document that is to be read alone."""
        documents = {document.key: document for document in collection.documents}
        whole = self._engine(documents.values())

        @lru_cache(maxsize=1)  # Questions about one document follow each other.
        def alone(within: str) -> BaseQueryEngine:
            return self._engine([documents[within]])

        def respond(sample: Sample) -> Response:
            found = _response(whole.query(sample.question), documents)
            if sample.within is None:
                return found
            read = _response(alone(sample.within).query(sample.question), documents)
            return replace(read, retrieved=found.retrieved)

        yield respond

    def _engine(self, documents: Iterable[Document]) -> BaseQueryEngine:
        return self._make_engine([_llama_document(document) for document in documents])


def plain_llama_index() -> EngineSystem:
    """Returns what others are held against: ``plain_engine`` as a system."""
    return EngineSystem("plain LlamaIndex", plain_engine)


def plain_engine(documents: Sequence[LlamaDocument]) -> BaseQueryEngine:
    """Returns LlamaIndex's vector index over the same embedding model, answering by best chunk."""
    encoder = _encoder()
    splitter = SentenceSplitter(chunk_size=encoder.max_tokens, chunk_overlap=0)
    index = VectorStoreIndex.from_documents(
        documents, embed_model=_SameModel(encoder), transformations=[splitter]
    )
    return _BestChunk(index.as_retriever(similarity_top_k=RETRIEVED))


@cache
def _encoder() -> OnnxEncoder:
    """One for all engines: each that is loaded holds the model in memory."""
    return load_encoder()


class _SameModel(BaseEmbedding):
    """The embedding model of this project."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        super().__init__(model_name=encoder.model)
        self._encoder = encoder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.encode(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._encoder.encode_question(query).tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class _BestChunk(BaseQueryEngine):
    """Answers with the chunk that is nearest, as sure as it is near."""

    def __init__(self, retriever: BaseRetriever) -> None:
        super().__init__(CallbackManager())
        self._retriever = retriever

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        nodes = self._retriever.retrieve(query_bundle)
        text = nodes[0].node.get_content(MetadataMode.NONE) if nodes else ""
        confidence = min(1.0, max(0.0, nodes[0].get_score())) if nodes else 0.0
        metadata = {"confidence": confidence, "cited": 1}
        return EngineResponse(response=text, source_nodes=nodes, metadata=metadata)

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return self._query(query_bundle)


def _llama_document(document: Document) -> LlamaDocument:
    return LlamaDocument(text=document.text, id_=document.key, metadata={"title": document.title})


def _response(answered: RESPONSE_TYPE, documents: dict[str, Document]) -> Response:
    metadata = answered.metadata or {}
    text = str(answered) if getattr(answered, "response", None) else ""
    quotes = tuple(_quote(node, documents) for node in answered.source_nodes)
    is_answer = bool(metadata.get("answered", text))
    return Response(
        answered=is_answer,
        text=text,
        cited=quotes[: metadata.get("cited")] if is_answer else (),
        closest=() if is_answer else quotes,
        retrieved=quotes,
        confidence=metadata.get("confidence"),
    )


def _quote(node: NodeWithScore, documents: dict[str, Document]) -> Quote:
    """Where a node stands in its document; nowhere if it is not to be found there."""
    text = node.node.get_content(MetadataMode.NONE)
    key = node.node.ref_doc_id or node.node.metadata.get("source")
    if key is None or key not in documents:
        return Quote(None, None, None, text)
    start = getattr(node.node, "start_char_idx", None)
    if start is None:
        start = documents[key].text.find(text)
    return (
        Quote(key, start, start + len(text), text) if start >= 0 else Quote(key, None, None, text)
    )

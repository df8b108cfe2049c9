"""This project and query engines of LlamaIndex, asked for real."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.schema import Document as LlamaDocument

from evals.llama_index import EngineSystem, _response, plain_llama_index
from evals.running import run_suite
from evals.systems import ArticleQASystem, System
from evals.types import Collection, Scored, Suite, Task
from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder
from index.types import Document, Span
from qa.extracting import ANSWERED_FROM
from qa.service import ArticleQA
from tests.evals.made import DOCUMENT, FIRST, TEXT, sample

OTHER_TEXT = "The heron nests in reeds beside slow rivers and eats small fish."
OTHER = Document("heron", "heron", OTHER_TEXT, "Heron", (Span(0, len(OTHER_TEXT)),))
SAMPLES = (
    replace(sample("1", "It opens in May"), question="When does the bridge open?"),
    replace(sample("2"), question="What did the bishop of Rome say about whales?"),
    replace(sample("3", "It opens in May"), question="When does it open?", within="bridge"),
    replace(sample("4"), question="When does the bridge open?", within="heron"),
)
COLLECTION = Collection("made", (DOCUMENT, OTHER), SAMPLES)

pytestmark = pytest.mark.usefixtures("encoder")


def run(system: System, collection: Collection = COLLECTION) -> dict[str, Scored]:
    return {s.sample.id: s for s in run_suite(Suite("made", (collection,)), system)}


def test_this_project_is_asked() -> None:
    scored = run(ArticleQASystem())
    assert {s.error for s in scored.values()} == {None}
    assert scored["1"].right
    assert scored["1"].scores["hit@1"] == scored["1"].scores["verbatim"] == 1
    assert scored["1"].cited[0].text == "It opens in May."
    assert scored["2"].answered is False
    assert {q.article for q in scored["3"].cited} == {"bridge"}
    assert {q.article for q in scored["4"].cited} == {"heron"}


def test_what_was_not_shown_for_want_of_confidence_is_known() -> None:
    refused = run(ArticleQASystem())["2"]
    assert refused.confidence is not None
    assert refused.confidence < ANSWERED_FROM
    assert refused.cited
    assert refused.answer == " ".join(quote.text for quote in refused.cited)


def test_without_answers_only_passages_are_found() -> None:
    found = run(ArticleQASystem(), replace(COLLECTION, tasks=frozenset({"retrieval"})))
    assert found["1"].scores["hit@1"] == 1
    assert "accepted answer" not in found["1"].scores


def test_without_documents_questions_are_only_rewritten() -> None:
    asked = replace(SAMPLES[0], standalone="When does it open?", history=("Is it closed?",))
    only = Collection("none", (), (asked,), frozenset({"rewriting"}))
    assert run(ArticleQASystem(), only)["1"].scores.keys() == {"rewriting F1"}


def test_a_follow_up_is_understood_by_the_questions_before_it() -> None:
    follow_up = replace(
        sample("5", "It opens in May"),
        question="and when?",
        history=("Does the bridge open?",),
        standalone="When does the bridge open?",
    )
    tasks = frozenset[Task]({"retrieval", "answers", "rewriting"})
    asked = replace(COLLECTION, samples=(follow_up,), tasks=tasks)
    known = run(ArticleQASystem(), asked)["5"]
    as_asked = run(ArticleQASystem(history=False, name="as asked"), asked)["5"]
    assert (known.system, as_asked.system) == ("article-qa", "as asked")
    assert known.right
    assert known.scores["rewriting F1"] == 1
    assert as_asked.scores["rewriting F1"] < 1


def test_without_documents_the_questions_before_are_known_too() -> None:
    asked = replace(
        SAMPLES[0],
        question="Is it treatable?",
        standalone="Is lung cancer treatable?",
        history=("What is throat cancer?", "Tell me about lung cancer."),
    )
    only = Collection("none", (), (asked,), frozenset({"rewriting"}))
    assert run(ArticleQASystem(), only)["1"].scores["rewriting F1"] == 1


def test_a_plain_llama_index_answers_always_with_a_chunk() -> None:
    scored = run(plain_llama_index())
    assert {s.error for s in scored.values()} == {None}
    assert all(s.answered for s in scored.values())
    assert scored["1"].right
    assert scored["1"].scores["verbatim"] == scored["1"].scores["hit@1"] == 1
    assert [q.article for q in scored["4"].cited] == ["heron"]
    assert all(0 <= (s.confidence or 0) <= 1 for s in scored.values())


def test_our_own_query_engine_scores_as_we_do(tmp_path: Path, encoder: OnnxEncoder) -> None:  # noqa: ARG001
    def engine(documents: Sequence[LlamaDocument]) -> BaseQueryEngine:
        index = ArticleIndex.open(tmp_path / str(len(list(tmp_path.iterdir()))), create=True)
        keys = {document.id_ for document in documents}
        for document in (d for d in COLLECTION.documents if d.key in keys):
            index.add(document)
        return ArticleQA(index).as_query_engine()

    ours, engines = run(ArticleQASystem()), run(EngineSystem("engine", engine))
    for name, scored in engines.items():
        assert scored.error is None
        assert (scored.answered, scored.confidence) == (ours[name].answered, ours[name].confidence)
        for figure in ("refused", "wrongly refused", "accepted answer", "verbatim"):
            assert scored.scores.get(figure) == ours[name].scores.get(figure)


def test_an_empty_response_is_a_refusal() -> None:
    from llama_index.core.base.response.schema import Response

    answered = _response(Response(""), {})
    assert (answered.answered, answered.text) == (False, "")


def test_a_node_without_offsets_is_found_by_its_text_or_is_from_nowhere() -> None:
    from llama_index.core.base.response.schema import Response
    from llama_index.core.callbacks import CallbackManager
    from llama_index.core.schema import NodeRelationship, NodeWithScore, RelatedNodeInfo, TextNode

    class Fixed(BaseQueryEngine):
        def _get_prompt_modules(self) -> dict[str, object]:  # type: ignore[override]
            return {}

        def _query(self, query_bundle: object) -> Response:  # noqa: ARG002
            source = {NodeRelationship.SOURCE: RelatedNodeInfo(node_id="bridge")}
            nodes = [
                TextNode(text=FIRST, relationships=source),
                TextNode(text="Invented.", relationships=source),
                TextNode(text="From nowhere."),
            ]
            return Response("May", [NodeWithScore(node=node, score=1.0) for node in nodes])

        async def _aquery(self, query_bundle: object) -> Response:
            return self._query(query_bundle)

    scored = run(EngineSystem("fixed", lambda _: Fixed(CallbackManager())))["1"]
    start = TEXT.index(FIRST)
    assert [(q.article, q.start) for q in scored.cited] == [
        ("bridge", start),
        ("bridge", None),
        (None, None),
    ]
    assert scored.scores["verbatim"] == pytest.approx(1 / 3)
    assert scored.scores["accepted answer"] == 1
    assert scored.confidence is None

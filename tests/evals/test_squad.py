"""Files in SQuAD's format."""

from pathlib import Path

import pytest

from evals.squad import add_paragraphs, evaluate_retrieval, load_squad
from index.article_index import ArticleIndex
from tests.evals.conftest import PARAGRAPHS


def test_paragraphs_are_told_apart_and_impossible_questions_left_out(squad_file: Path) -> None:
    collection = load_squad(squad_file)
    assert list(collection.paragraphs) == PARAGRAPHS
    assert [(q.question, q.paragraph) for q in collection.questions] == [
        ("What does the heron eat?", 0),
        ("When does copper melt?", 1),
    ]


@pytest.mark.usefixtures("encoder")
def test_retrieval_is_scored_by_paragraph(squad_file: Path, tmp_path: Path) -> None:
    collection = load_squad(squad_file)
    with ArticleIndex.open(tmp_path / "index", create=True) as index:
        add_paragraphs(index, collection.paragraphs)
        figures = evaluate_retrieval(index, collection.questions)
    assert figures == {"questions": 2, "hit@1": 1.0, "hit@10": 1.0, "MRR@10": 1.0}

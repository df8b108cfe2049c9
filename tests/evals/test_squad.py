"""Files in SQuAD's format."""

from pathlib import Path

import pytest

from evals.squad import add_paragraphs, evaluate_retrieval, load_squad
from index.article_index import ArticleIndex
from index.errors import SourceError
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


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[]", "not in SQuAD's format"),
        ("{", "not in SQuAD's format"),
        ('{"data": []}', "no answerable questions"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=fault):
        load_squad(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        load_squad(tmp_path / "missing.json")

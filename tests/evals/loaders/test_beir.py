"""Data sets in BEIR's format."""

from pathlib import Path

import pytest

from evals.loaders.beir import load_beir
from evals.types import Evidence
from index.errors import SourceError

CORPUS = """{"_id": "h", "title": "Herons", "text": "They eat fish.", "metadata": {}}
{"_id": "r", "text": "Reeds grow\\nin water."}
{"_id": "e", "title": "Eels", "text": ""}
"""
QUERIES = """{"_id": "1", "text": "what eats fish"}
{"_id": "2", "text": "where do reeds grow"}
{"_id": "3", "text": "is not judged"}
"""
JUDGED = "query-id\tcorpus-id\tscore\n1\th\t2\n1\te\t1\n2\th\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(CORPUS, encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text(QUERIES, encoding="utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text(JUDGED, encoding="utf-8")
    return tmp_path


def test_documents_are_titles_and_texts(folder: Path) -> None:
    loaded = load_beir(folder)
    assert loaded.name == folder.name
    assert loaded.tasks == {"retrieval"}
    assert [(d.key, d.title, d.text) for d in loaded.documents] == [
        ("h", "Herons", "Herons\nThey eat fish."),
        ("r", "r", "Reeds grow\nin water."),
        ("e", "Eels", "Eels"),
    ]
    assert [[d.text[s:e] for s, e in d.paragraphs] for d in loaded.documents] == [
        ["Herons", "They eat fish."],
        ["Reeds grow\nin water."],
        ["Eels"],
    ]


def test_whole_documents_are_relevant(folder: Path) -> None:
    [sample] = load_beir(folder).samples
    assert (sample.id, sample.question, sample.within) == ("1", "what eats fish", None)
    assert sample.answerable
    assert sample.alternatives == (
        (Evidence("h", 0, len("Herons\nThey eat fish."), 2), Evidence("e", 0, len("Eels"), 1)),
    )


def test_its_corpus_names_the_folder(folder: Path) -> None:
    assert load_beir(folder / "corpus.jsonl") == load_beir(folder)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("corpus.jsonl", '{"_id": "h", "text": ""}\n{"text": ""}', "line 2: _id: Field required"),
        ("queries.jsonl", '{"_id": 1, "text": ""}', "line 1: _id: Input should be a valid string"),
        ("qrels/test.tsv", f"{JUDGED}1\tr\tx", "line 5: score: Input should be a valid integer"),
        ("qrels/test.tsv", f"{JUDGED}1\tx\t1", "line 5: there is no document 'x' in the corpus"),
        ("qrels/test.tsv", "1\th\t1\n1\te\t1", "line 2: query-id: Field required"),
    ],
)
def test_another_format_is_refused(folder: Path, name: str, content: str, fault: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=f"{name}: {fault}"):
        load_beir(folder)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SourceError, match=f"{name}: No such file"):
        load_beir(folder)

"""A small file in SQuAD's format."""

import json
from pathlib import Path

import pytest

PARAGRAPHS = [
    "The heron nests in reeds beside slow rivers and eats small fish.",
    "Copper melts at a little over a thousand degrees and conducts heat well.",
]


@pytest.fixture
def squad_file(tmp_path: Path) -> Path:
    """Two paragraphs, three questions, one of them impossible; one paragraph twice."""
    answer = [{"text": "x", "answer_start": 0}]
    heron = {
        "context": PARAGRAPHS[0],
        "qas": [
            {"id": "1", "question": "What does the heron eat?", "answers": answer},
            {"id": "2", "question": "Why?", "answers": [], "is_impossible": True},
        ],
    }
    copper = {
        "context": PARAGRAPHS[1],
        "qas": [{"id": "3", "question": "When does copper melt?", "answers": answer}],
    }
    path = tmp_path / "squad.json"
    data = {"data": [{"title": "t", "paragraphs": [heron, copper, {**heron, "qas": []}]}]}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path

"""The files of TREC CAsT."""

import json
from pathlib import Path

import pytest

from evals.loaders.cast import load_cast
from index.errors import SourceError

TOPICS = [
    {
        "number": 3,
        "title": "Herons",
        "turn": [
            {"number": 1, "raw_utterance": "What is a heron?"},
            {"number": 2, "raw_utterance": "What does it eat?"},
            {"number": 3, "raw_utterance": "Where?"},
        ],
    },
    {"number": 4, "title": "Reeds", "turn": [{"number": 1, "raw_utterance": "What are reeds?"}]},
]
RESOLVED = "3_1\tWhat is a heron?\n3_3\tWhere does a heron eat?\r\n4_1\tWhat are reeds?\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "topics.json").write_text(json.dumps(TOPICS), encoding="utf-8")
    (tmp_path / "resolved.tsv").write_text(RESOLVED, encoding="utf-8")
    return tmp_path


def test_turns_come_with_what_was_asked_before(folder: Path) -> None:
    loaded = load_cast(folder)
    assert (loaded.name, loaded.documents) == (folder.name, ())
    assert loaded.tasks == {"rewriting"}
    assert [(s.id, s.kind, s.question, s.standalone) for s in loaded.samples] == [
        ("3_1", "first", "What is a heron?", "What is a heron?"),
        ("3_3", "follow-up", "Where?", "Where does a heron eat?"),
        ("4_1", "first", "What are reeds?", "What are reeds?"),
    ]
    assert [s.history for s in loaded.samples] == [
        (),
        ("What is a heron?", "What does it eat?"),
        (),
    ]
    assert all(s.answerable and not s.evidence and s.within is None for s in loaded.samples)


def test_a_file_names_its_folder(folder: Path) -> None:
    assert load_cast(folder / "topics.json") == load_cast(folder)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("topics.json", "{", "Invalid JSON"),
        ("topics.json", '[{"number": 1}]', "0.turn: Field required"),
        ("topics.json", '[{"number": "1", "turn": []}]', "0.number: Input should be a valid int"),
        ("resolved.tsv", "3_1\tWhat?\n3_2 Where?", "line 2: question: Field required"),
    ],
)
def test_another_format_is_refused(folder: Path, name: str, content: str, fault: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=f"{name}: {fault}"):
        load_cast(folder)


@pytest.mark.parametrize("name", ["topics.json", "resolved.tsv"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SourceError, match=f"{name}: No such file"):
        load_cast(folder)

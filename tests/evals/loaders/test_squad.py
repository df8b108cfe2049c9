"""Files in SQuAD's format."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from evals.loaders.squad import load_squad
from index.errors import SourceError

HERON = "The heron 🐟 eats small fish. It eats fish at dawn."
COPPER = " \nCopper melts at 1,085 degrees."


def question(name: str, asked: str, *answers: tuple[str, int]) -> dict[str, object]:
    found = [{"text": text, "answer_start": start} for text, start in answers]
    return {"id": name, "question": asked, "answers": found}


def paragraph(context: str, *questions: Mapping[str, object]) -> dict[str, object]:
    return {"context": context, "qas": questions}


def written(folder: Path, *articles: Sequence[Mapping[str, object]]) -> Path:
    path = folder / "rivers.json"
    data = [{"title": f"Title {n}", "paragraphs": each} for n, each in enumerate(articles)]
    path.write_text(json.dumps({"version": "x", "data": data}), encoding="utf-8")
    return path


def test_each_different_paragraph_is_a_document(tmp_path: Path) -> None:
    path = written(tmp_path, [paragraph(HERON)], [paragraph(COPPER), paragraph(HERON)])
    loaded = load_squad(path)
    assert loaded.name == "rivers"
    assert loaded.tasks == {"retrieval", "answers"}
    assert [(d.key, d.title, d.text) for d in loaded.documents] == [
        ("0", "Title 0", HERON),
        ("1", "Title 1", COPPER),
    ]
    assert [d.paragraphs for d in loaded.documents] == [((0, len(HERON)),), ((0, len(COPPER)),)]


def test_each_different_answer_suffices(tmp_path: Path) -> None:
    first, second = HERON.index("fish"), HERON.rindex("fish")
    asked = question(
        "q", "What is eaten?", ("fish", first), ("fish", second), ("fish", first),
        ("small fish", first - 6),
    )  # fmt: skip
    [sample] = load_squad(written(tmp_path, [paragraph(COPPER), paragraph(HERON, asked)])).samples
    assert sample.answers == ("fish", "small fish")
    assert [[(e.start, HERON[e.start : e.end]) for e in each] for each in sample.alternatives] == [
        [(first, "fish")],
        [(second, "fish")],
        [(first - 6, "small fish")],
    ]
    assert {e.article for e in sample.evidence} == {"1"}
    assert (sample.id, sample.kind, sample.within) == ("q", "what", "1")
    assert sample.answerable


def test_an_impossible_question_has_no_evidence(tmp_path: Path) -> None:
    asked = question("q", "Who?", ("heron", 4)) | {"is_impossible": True}
    [sample] = load_squad(written(tmp_path, [paragraph(HERON, asked)])).samples
    assert not sample.answerable
    assert (sample.answers, sample.alternatives, sample.within) == ((), (), "0")


def test_questions_of_one_id_are_told_apart(tmp_path: Path) -> None:
    asked = [question(name, "Why?") for name in ("a", "a", "a-2", "a", "b")]
    loaded = load_squad(written(tmp_path, [paragraph(HERON, *asked)]))
    assert [sample.id for sample in loaded.samples] == ["a", "a-2", "a-2-2", "a-3", "b"]


def test_an_article_needs_no_title(tmp_path: Path) -> None:
    path = tmp_path / "untitled.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [paragraph(HERON)]}]}), encoding="utf-8")
    assert load_squad(path).documents[0].title == "0"


@pytest.mark.parametrize(
    ("text", "start"), [("fish", 0), ("fish", -5), ("fish", 1000), ("", 3), ("Fish", 23)]
)
def test_an_answer_that_is_elsewhere_is_refused(tmp_path: Path, text: str, start: int) -> None:
    path = written(
        tmp_path, [paragraph("The heron eats fish.", question("q7", "?", (text, start)))]
    )
    with pytest.raises(SourceError, match=rf"rivers.json: question 'q7': its answer .* {start}"):
        load_squad(path)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[]", "Input should be an object"),
        ("{", "Invalid JSON"),
        ("{}", "data: Field required"),
        (
            '{"data": [{"paragraphs": [{"qas": []}]}]}',
            "data.0.paragraphs.0.context: Field required",
        ),
        ('{"data": [{"paragraphs": {}}]}', "data.0.paragraphs: Input should be a valid array"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=f"other.json: {fault}"):
        load_squad(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing.json: No such file"):
        load_squad(tmp_path / "missing.json")

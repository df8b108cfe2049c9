"""Files in the format of CLAPNQ's annotated data."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.loaders.clapnq import load_clapnq
from index.errors import SourceError

FIRST = "A heron is a `` wading '' bird ."
SECOND = "It eats fish , and frogs ."
TEXT = f"{FIRST} {SECOND} "
ROW: dict[str, Any] = {
    "id": "1",
    "input": "what does a heron eat",
    "passages": [{"title": "Heron", "text": TEXT, "sentences": [FIRST, SECOND]}],
    "output": [
        {"answer": "Fish and frogs.", "selected_sentences": [FIRST, SECOND], "meta": {"round": 1}},
        {"answer": "Fish.", "selected_sentences": [SECOND], "meta": {"round": 2}},
    ],
}
NOTHING = [{"answer": "", "selected_sentences": [], "meta": {"skip": False}}]


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "herons.jsonl"
    path.write_text("\n".join(json.dumps(ROW | row) for row in rows), encoding="utf-8")
    return path


def test_each_output_is_an_alternative(tmp_path: Path) -> None:
    loaded = load_clapnq(written(tmp_path, {}))
    [document], [sample] = loaded.documents, loaded.samples
    assert loaded.name == "herons"
    assert loaded.tasks == {"retrieval", "answers"}
    assert (document.key, document.title, document.text) == ("0", "Heron", TEXT)
    assert document.paragraphs == ((0, len(TEXT)),)
    assert sample.answers == ("Fish and frogs.", "Fish.")
    assert [[TEXT[e.start : e.end] for e in each] for each in sample.alternatives] == [
        [FIRST, SECOND],
        [SECOND],
    ]
    assert (sample.id, sample.kind, sample.within) == ("1", "what", "0")
    assert sample.answerable


def test_rows_of_one_passage_share_its_document(tmp_path: Path) -> None:
    other = [{"title": "Other", "text": "Reeds ."}]
    loaded = load_clapnq(written(tmp_path, {}, {"passages": other, "output": NOTHING}, {"id": "3"}))
    assert [document.text for document in loaded.documents] == [TEXT, "Reeds ."]
    assert [sample.within for sample in loaded.samples] == ["0", "1", "0"]


def test_without_answers_it_is_unanswerable(tmp_path: Path) -> None:
    [sample] = load_clapnq(written(tmp_path, {"output": NOTHING})).samples
    assert not sample.answerable
    assert (sample.answers, sample.alternatives, sample.within) == ((), (), "0")


def test_a_round_that_was_skipped_says_nothing(tmp_path: Path) -> None:
    [sample] = load_clapnq(written(tmp_path, {"output": ROW["output"] + NOTHING})).samples
    assert len(sample.answers) == len(sample.alternatives) == 2


@pytest.mark.parametrize("sentence", ["It eats fish, and frogs.", ""])
def test_a_sentence_that_is_not_in_the_passage_is_refused(tmp_path: Path, sentence: str) -> None:
    output = [{"answer": "Fish.", "selected_sentences": [sentence]}]
    path = written(tmp_path, {}, {"output": output})
    with pytest.raises(SourceError, match=r"herons.jsonl: line 2: this selected sentence is not"):
        load_clapnq(path)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"input": None}, "input: Input should be a valid string"),
        ({"output": [{"answer": "a"}]}, "output.0.selected_sentences: Field required"),
        ({"passages": []}, "passages.0: Field required"),
        ({"passages": ROW["passages"] * 2}, "passages: Tuple should have at most 1 item"),
    ],
)
def test_another_format_is_refused(tmp_path: Path, row: dict[str, Any], fault: str) -> None:
    with pytest.raises(SourceError, match=f"herons.jsonl: line 2: {fault}"):
        load_clapnq(written(tmp_path, {}, row))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing.jsonl: No such file"):
        load_clapnq(tmp_path / "missing.jsonl")

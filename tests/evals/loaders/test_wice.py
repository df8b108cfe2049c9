"""Files in WiCE's format."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.loaders.wice import load_wice
from evals.types import Part, Sample
from index.errors import SourceError

SENTENCES = ["# Herons", " ", "They wade.", "", "They eat fish. ", "They nest in reeds."]


def row(number: int = 0, title: str = "Heron", **fields: object) -> dict[str, Any]:
    return {
        "label": "supported",
        "supporting_sentences": [[2, 4], [5], [2, 4]],
        "claim": "Herons wade and eat fish.",
        "evidence": SENTENCES,
        "meta": {"id": f"dev{number}", "claim_title": title, "claim_section": "Food."},
    } | fields


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "herons.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def part_of(path: Path) -> Part:
    return "tune" if load_wice(path, "tune") else "test"


def loaded_sample(path: Path) -> Sample:
    [loaded] = load_wice(path, part_of(path))
    [sample] = loaded.samples
    return sample


def test_each_set_of_sentences_is_an_alternative(tmp_path: Path) -> None:
    path = written(tmp_path, row())
    [loaded] = load_wice(path, part_of(path))
    [document], [sample] = loaded.documents, loaded.samples
    assert loaded.name == "dev0"
    assert loaded.tasks == {"retrieval"}
    assert (document.key, document.text) == ("dev0", "\n".join(SENTENCES))
    assert [document.text[s:e] for s, e in document.paragraphs] == SENTENCES
    assert [[document.text[e.start : e.end] for e in s] for s in sample.alternatives] == [
        ["They wade.", "They eat fish. "],
        ["They nest in reeds."],
    ]
    assert (sample.id, sample.question) == ("dev0", "Herons wade and eat fish.")
    assert sample.kind == "supported"
    assert sample.answerable


def test_a_claim_without_support_is_unanswerable(tmp_path: Path) -> None:
    sample = loaded_sample(written(tmp_path, row(label="not_supported", supporting_sentences=[[]])))
    assert not sample.answerable
    assert (sample.kind, sample.alternatives) == ("not_supported", ())


def test_claims_of_one_article_are_in_the_same_half(tmp_path: Path) -> None:
    path = written(tmp_path, *(row(n, f"Title {n // 2}") for n in range(400)))
    halves = [{c.name for c in load_wice(path, part)} for part in ("tune", "test")]
    assert not halves[0] & halves[1]
    assert len(halves[0] | halves[1]) == 400
    assert 150 < len(halves[0]) < 250
    assert all((f"dev{n}" in halves[0]) == (f"dev{n + 1}" in halves[0]) for n in range(0, 400, 2))
    assert {c.name for c in load_wice(path)} == halves[1]


@pytest.mark.parametrize("sentences", [[6], [2, -1]])
def test_a_sentence_that_there_is_none_of_is_refused(tmp_path: Path, sentences: list[int]) -> None:
    part = part_of(written(tmp_path, row()))
    path = written(tmp_path, row(), row(1, supporting_sentences=[[2], sentences]))
    with pytest.raises(SourceError, match=r"herons.jsonl: line 2: .* are no sentences .* has 6"):
        load_wice(path, part)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"label": "true"}, "label: Input should be 'supported'"),
        ({"supporting_sentences": ["1"]}, "supporting_sentences.0: Input should be a valid array"),
        ({"meta": {"id": "1"}}, "meta.claim_title: Field required"),
    ],
)
def test_another_format_is_refused(tmp_path: Path, wrong: dict[str, Any], fault: str) -> None:
    path = written(tmp_path, row(), row() | wrong)
    with pytest.raises(SourceError, match=f"herons.jsonl: line 2: {fault}"):
        load_wice(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing.jsonl: No such file"):
        load_wice(tmp_path / "missing.jsonl")

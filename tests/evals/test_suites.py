"""Suites by their names, and public data by its path."""

import json
from pathlib import Path

import pytest

from evals.suites import PACKAGED, PUBLIC, load_suites
from index.errors import SourceError

PARAGRAPH = "The heron nests in reeds and eats small fish."


@pytest.fixture
def squad_file(tmp_path: Path) -> Path:
    """A question in SQuAD's format, in a folder named by its suite."""
    answer = {"text": "small fish", "answer_start": PARAGRAPH.index("small")}
    asked = {"id": "1", "question": "What does it eat?", "answers": [answer]}
    content = {"data": [{"title": "t", "paragraphs": [{"context": PARAGRAPH, "qas": [asked]}]}]}
    path = tmp_path / "data" / "xquad" / "herons.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def names(*wanted: str, data: Path | None = None) -> list[str]:
    return [suite.name for suite in load_suites(wanted, data)]


def test_without_names_the_packaged_ones_are_run() -> None:
    assert names() == list(PACKAGED)


def test_the_tune_part_is_only_run_where_it_is_named() -> None:
    assert names("tune") == ["tune"]
    assert "tune" not in PACKAGED


def test_public_data_is_found_by_file_by_folder_and_by_the_folder_above(squad_file: Path) -> None:
    for data in (squad_file, squad_file.parent, squad_file.parents[1]):
        [suite] = load_suites(["xquad"], data)
        assert [sample.question for sample in suite.samples] == ["What does it eat?"]
    assert names(data=squad_file.parents[1]) == [*PACKAGED, "xquad"]


def test_a_file_of_questions_is_a_suite_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "heron.txt").write_text(PARAGRAPH, encoding="utf-8")
    rows = tmp_path / "mine.csv"
    rows.write_text("question,article,answers\nWhat?,heron.txt,fish\n", encoding="utf-8")
    [suite] = load_suites([], rows)
    assert suite.name == "mine.csv"
    assert len(suite.samples) == 1


@pytest.mark.parametrize("name", PUBLIC)
def test_public_data_that_is_missing_is_told(name: str, tmp_path: Path) -> None:
    for data in (None, tmp_path):
        with pytest.raises(SourceError, match=f"{name}: its data is not there"):
            names(name, data=data)


def test_files_of_one_suite_may_have_the_same_ids(squad_file: Path) -> None:
    (squad_file.parent / "others.json").write_bytes(squad_file.read_bytes())
    [suite] = load_suites(["xquad"], squad_file.parent)
    assert [sample.id for sample in suite.samples] == ["herons/1", "others/1"]
    for collection in suite.collections:
        [document], [sample] = collection.documents, collection.samples
        assert sample.within == document.key == f"{collection.name}/0"
        assert {evidence.article for evidence in sample.evidence} == {document.key}


def test_data_that_no_suite_uses_is_told(tmp_path: Path) -> None:
    for wanted in ([], ["bundled"]):
        with pytest.raises(SourceError, match="no suite uses it"):
            names(*wanted, data=tmp_path)


def test_an_unknown_suite_and_a_missing_path_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nonsense: there is no such suite; there are bundled"):
        names("nonsense")
    with pytest.raises(SourceError, match="there is no such file or folder"):
        names("xquad", data=tmp_path / "none")

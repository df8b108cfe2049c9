"""How well who says what is found, on what was annotated by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.attributions import Annotated, measure, packaged_annotations, polnear_annotations
from evals.cli import app
from index.attribution.finding import find_attributions
from index.types import Attribution, Speaker
from tests.evals.training.reader.made import SPEECHES, write_attributions
from tests.index.attribution.made import document_of, said

DOCUMENT = document_of("Mayor Jane Orr said it rained.", "She feared snow.")
RAIN = said(DOCUMENT, "Mayor Jane Orr", "said", "it rained")
SNOW = said(DOCUMENT, "She", "feared", "snow")
WANTED = Annotated(DOCUMENT, (RAIN, SNOW), (("Jane Orr", "Orr"), ("Jane Orr",)))


def figures(*found: Attribution) -> dict[str, float]:
    measured = measure([WANTED], lambda _: list(found))
    return {name: figure.value for name, figure in measured.items()}


def named(attribution: Attribution, name: str) -> Attribution:
    return replace(attribution, speaker=Speaker(name))


def test_all_right_is_one_and_nothing_wrong() -> None:
    found = figures(named(RAIN, "Jane Orr"), named(SNOW, "jane orr"))
    assert found.pop("wrong names") == 0
    assert set(found.values()) == {1}


def test_names_and_pronouns_are_apart_and_wrong_names_are_counted() -> None:
    found = figures(named(RAIN, "Orr"), named(SNOW, "Moe"))
    assert (found["speaker named"], found["speaker of a pronoun"]) == (1, 0)
    assert found["wrong names"] == 0.5
    unclear = figures(RAIN, SNOW)
    assert (unclear["speaker named"], unclear["wrong names"]) == (0, 0)


def test_nothing_found_is_nothing_right() -> None:
    found = figures()
    assert found["content, tokens"] == found["content, exact"] == 0


def test_the_packaged_articles_are_read_as_well_as_was_told() -> None:
    measured = measure(packaged_annotations(), find_attributions)
    assert measured["content, tokens"].value > 0.94
    assert measured["content, exact"].value > 0.65
    assert measured["speaker named"].value > 0.94
    assert measured["wrong names"].value < 0.03


def test_the_annotations_are_of_all_five_articles() -> None:
    annotated = packaged_annotations()
    assert [len(a.attributions) for a in annotated] == [89, 55, 46, 44, 128]
    assert all(len(a.attributions) == len(a.names) for a in annotated)


@pytest.mark.usefixtures("encoder")
def test_the_command_prints_a_column_a_corpus(tmp_path: Path) -> None:
    data = tmp_path / "dev.jsonl"
    write_attributions(data, SPEECHES, ("Ms Moe", "said", "that tickets cost more"))
    result = CliRunner().invoke(app, ["attributions", "--data", str(data)])
    assert result.exit_code == 0, result.output
    for column in ("articles", "PolNeAR", "stripped"):
        assert column in result.stdout
    assert "content, exact" in result.stdout


def test_a_file_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text(json.dumps({"id": "x"}), encoding="utf-8")
    result = CliRunner().invoke(app, ["attributions", "--data", str(tmp_path / "none.jsonl")])
    assert result.exit_code == 2
    assert "line 1" in result.stderr


def test_without_marks_the_articles_of_polnear_have_none(tmp_path: Path) -> None:
    data = tmp_path / "dev.jsonl"
    write_attributions(data, "Orr said “no”.", ("Orr", "said", "“no”"))
    [bare] = polnear_annotations(data, bare=True)
    assert bare.document.text == "Orr said no."
    [attribution] = bare.attributions
    assert bare.document.text[slice(*attribution.content[0])] == "no"

"""The planted faults: that they are read, counted and, most of them, caught."""

import json
from collections import Counter
from pathlib import Path

import pytest

from evals.packaged import load_article
from evals.planted import Checked, Planted, check_all, load_planted, read_planted, report
from index.encoder import OnnxEncoder
from index.errors import SourceError
from qa.checking.checker import Checker
from qa.checking.types import Cited, Verdict

LEAST = 60
"""So many faults and true statements there are at least in each part."""


def _file(folder: Path, **changed: object) -> Path:
    row = {"id": "a", "article": "valley-fire", "statement": "It burns.", "fault": None}
    path = folder / "planted.jsonl"
    path.write_text(json.dumps(row | changed) + "\n", encoding="utf-8")
    return path


def _checked(fault: str | None, reason: str | None) -> Checked:
    planted = Planted("a", "article", "It burns.", (Cited("It burns."),), fault)
    return Checked(planted, Verdict(0.5, reason), 0.004)


@pytest.fixture(scope="module")
def tune() -> list[Planted]:
    """The statements that may be looked at."""
    return load_planted("tune")


def test_there_are_enough_of_both(tune: list[Planted]) -> None:
    for planted in (tune, load_planted("test")):
        true = sum(each.fault is None for each in planted)
        assert min(true, len(planted) - true) >= LEAST


def test_the_parts_share_no_statement(tune: list[Planted]) -> None:
    assert not {p.statement for p in tune} & {p.statement for p in load_planted("test")}


def test_a_statement_comes_with_its_sentences_and_who_says_them(tmp_path: Path) -> None:
    text = load_article("valley-fire").text
    start = text.index("“No house" if "“No house" in text else '"No house')
    end = text.index("conference in the capital.") + len("conference in the capital.")
    [planted] = read_planted(_file(tmp_path, cited=[[start, end]]), load_article)
    [cited] = planted.cited
    assert cited.text == text[start:end]
    assert cited.speaker == "Leopold Hargan"
    assert cited.before.startswith("It also asked two neighbouring countries")
    assert cited.title.startswith("Thousands flee")
    assert cited.published is not None


@pytest.mark.parametrize("cited", [[[0, 3]], [[-1, 5]], "none", [[10**6, 10**6 + 1]]])
def test_what_is_no_sentence_is_an_error_that_names_the_line(tmp_path: Path, cited: object) -> None:
    with pytest.raises(SourceError, match="line 1"):
        read_planted(_file(tmp_path, cited=cited), load_article)


def test_the_report_counts_by_kind() -> None:
    lines = list(
        report(
            [
                _checked(None, None),
                _checked(None, "why"),
                _checked("number", "why"),
                _checked("number", "why"),
                _checked("date", None),
            ]
        )
    )
    counts = {line.rsplit(None, 4)[0]: line.split()[-4] for line in lines[1:-1]}
    assert counts == {"true": "1/2", "all faults": "2/3", "number": "2/2", "date": "0/1"}
    assert lines[-1] == "milliseconds: median 4, longest 4"


def test_most_faults_are_caught_and_most_true_statements_shown(
    tune: list[Planted], encoder: OnnxEncoder
) -> None:
    checked = check_all(tune, Checker(encoder).check)
    left_out = Counter(each.planted.fault is None for each in checked if each.is_left_out)
    true = sum(each.fault is None for each in tune)
    assert left_out[False] >= 0.85 * (len(tune) - true)
    assert left_out[True] <= 0.15 * true

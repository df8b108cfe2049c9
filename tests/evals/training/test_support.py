"""What is shipped is fitted by what the script names, and fitting twice gives the same."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals.planted import Planted
from evals.training import support
from evals.training.support import Example, fit, pairs_examples, report, write
from index.encoder import OnnxEncoder
from qa.checking.checker import SupportModel
from qa.checking.support import Support
from qa.checking.types import Cited
from qa.checking.vectors import RecentVectors

WICE = [
    {
        "label": label,
        "supporting_sentences": [[1]] if label != "not_supported" else [],
        "claim": claim,
        "evidence": ["A page about a bridge and a river.", "The bridge was closed in May.", ""],
        "meta": {"id": f"dev{number}", "claim_title": "Bridge"},
    }
    for number, (label, claim) in enumerate(
        [("supported", "The bridge closed in May."), ("not_supported", "It was sold to a duke.")]
    )
]


@pytest.fixture(scope="module")
def examples(encoder: OnnxEncoder) -> list[Example]:
    """Of some of our own statements; reading all takes a minute."""
    return list(pairs_examples(support.own_pairs()[::2], RecentVectors(encoder)))


def test_fitting_twice_gives_the_same(examples: list[Example], tmp_path: Path) -> None:
    for name in ("one.json", "other.json"):
        write(_in_folds(examples), tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()
    stored = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert list(stored["support"]["weights"]) == list(Support._fields)


def test_the_packaged_model_is_for_these_features() -> None:
    model = SupportModel.packaged()
    full = Support(*([1.0] * len(Support._fields)))
    none = Support(*([0.0] * len(Support._fields)))
    assert model.score(full) > model.threshold > model.score(none)


def test_few_true_statements_are_left_out_by_the_threshold(examples: list[Example]) -> None:
    model = fit(_in_folds(examples))
    scores = np.array([model.score(each.features) for each in examples if each.is_supported])
    assert (scores < model.threshold).mean() < 0.15


def test_a_true_statement_is_held_against_what_it_does_not_cite(encoder: OnnxEncoder) -> None:
    true = [
        Planted("a", "x", "The boats came back.", (Cited("The boats returned."),), None),
        Planted("b", "x", "The shop was shut.", (Cited("They closed the shop."),), None),
    ]
    made = list(pairs_examples(true, RecentVectors(encoder)))
    assert [each.is_supported for each in made] == [True, True, False, False]
    assert made[2].cited == true[1].cited


def test_claims_come_with_their_sentences_or_with_the_most_similar(
    encoder: OnnxEncoder, tmp_path: Path
) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in WICE), encoding="utf-8")
    vectors = RecentVectors(encoder)
    both = [support.wice_examples(path, part, vectors) for part in ("tune", "test")]
    [supported, other] = next(each for each in both if each)
    assert supported.is_supported
    assert [cited.text for cited in supported.cited] == ["The bridge was closed in May."]
    assert not other.is_supported
    assert len(other.cited) == 2


def test_the_report_has_an_interval_for_each_figure(examples: list[Example]) -> None:
    lines = list(report(examples, SupportModel.packaged()))
    names = [line.partition(":")[0] for line in lines[1:]]
    assert names == ["AUROC"] + [
        f"{figure} of {what}"
        for what in ("score", "score and rules")
        for figure in ("precision", "recall")
    ]


def _in_folds(examples: list[Example]) -> list[Example]:
    """With articles enough for the folds."""
    return [replace(each, article=str(number % 5)) for number, each in enumerate(examples)]

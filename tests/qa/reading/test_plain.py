import json
from collections.abc import Iterable
from importlib.resources import files

import pytest

from qa.reading.choice import ChoiceModel, answer_feature_names
from qa.reading.features import SentenceFeatures
from qa.reading.logistic import Logistic, probability
from qa.reading.plain import PlainReader
from qa.types import Reading
from tests.qa.hits import make_hit

BY_COSINE = Logistic((1.0,) + (0.0,) * (len(SentenceFeatures._fields) - 1), 0.0)
BY_LOGIT = Logistic(
    (1.0,) + (0.0,) * (len(answer_feature_names(SentenceFeatures._fields)) - 1), 0.0
)


def _weights(terms: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(terms, 1.0)


def _reader(more: float = 0.0) -> PlainReader:
    """Ranks by the sentence's cosine alone."""
    return PlainReader(_weights, ChoiceModel(BY_COSINE, BY_LOGIT, more, sure=0.5))


def _read(reading: Reading) -> list[str]:
    return [e.passage.sentence(e.span) for e in reading.evidence]


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("evidence", SentenceFeatures._fields),
        ("answerable", answer_feature_names(SentenceFeatures._fields)),
    ],
)
def test_the_packaged_weights_are_named_in_the_order_of_the_features(
    model: str, names: tuple[str, ...]
) -> None:
    stored = json.loads(files("qa").joinpath("data", "plain_reader.json").read_text("utf-8"))
    assert tuple(stored[model]["weights"]) == names
    assert getattr(
        ChoiceModel.packaged("plain_reader", SentenceFeatures._fields), model
    ).weights == tuple(stored[model]["weights"].values())


def test_nothing_found_is_nothing_read_with_no_confidence() -> None:
    assert PlainReader(_weights).read("who?", []) == Reading((), 0.0)


def test_the_best_sentence_is_first_and_the_others_stand_as_in_their_passages() -> None:
    hits = [
        make_hit(1, "Last.", "Later.", cosines=(0.2, 0.3)),
        make_hit(2, "Early.", "Best.", cosines=(0.1, 0.9)),
    ]
    assert _read(_reader().read("what?", hits)) == ["Best.", "Early.", "Last.", "Later."]


def test_at_most_four_sentences_are_chosen() -> None:
    hits = [make_hit(1, *"ABCDEF", cosines=(0.6, 0.1, 0.5, 0.2, 0.4, 0.3))]
    assert _read(_reader().read("what?", hits)) == ["A", "C", "E", "F"]


def test_the_same_sentence_is_chosen_once() -> None:
    hits = [make_hit(i, "Again.", cosines=(i / 10,)) for i in range(5)]
    reading = _reader().read("what?", [*hits, make_hit(9, "New.", cosines=(0.0,))])
    assert _read(reading) == ["Again.", "New."]


def test_a_sentence_much_less_likely_than_the_best_is_left_out() -> None:
    # Probabilities 0.73, 0.62 and 0.5: the least of them is under 0.8 times the best.
    hits = [make_hit(1, "Best.", "Good.", "Poor.", cosines=(1.0, 0.5, 0.0))]
    assert _read(_reader(more=0.8).read("what?", hits)) == ["Best.", "Good."]


def test_support_and_confidence_are_the_models_probabilities() -> None:
    reading = _reader().read("what?", [make_hit(1, "Best.", cosines=(1.0,))])
    assert reading.evidence[0].support == pytest.approx(0.7310586)
    assert reading.confidence == pytest.approx(0.7310586)


@pytest.mark.parametrize(("logit", "expected"), [(-1000, 0), (0, 0.5), (1000, 1)])
def test_the_probability_of_extreme_log_odds_does_not_overflow(
    logit: float, expected: float
) -> None:
    assert probability(logit) == expected


def test_a_model_of_another_number_of_features_is_an_error() -> None:
    with pytest.raises(ValueError, match="argument 2 is longer"):
        Logistic((1.0,), 0.0).logit([1.0, 2.0])

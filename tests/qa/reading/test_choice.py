import pytest

from index.errors import ModelError
from index.types import Span
from qa.reading.choice import Candidate, ChoiceModel, ShortAnswer
from qa.reading.features import SentenceFeatures
from qa.reading.logistic import Logistic
from tests.qa.hits import make_hit


def test_a_model_that_is_not_there_is_told() -> None:
    with pytest.raises(ModelError, match=r"qa/data/nothing\.json: it is missing or damaged"):
        ChoiceModel.packaged("nothing", SentenceFeatures._fields)


def test_a_model_of_other_features_is_told() -> None:
    with pytest.raises(ModelError, match=r"plain_reader\.json: it is missing or damaged"):
        ChoiceModel.packaged("plain_reader", ("another",))


@pytest.mark.parametrize(("sure", "given"), [(0.59, None), (0.6, Span(4, 9)), (0.9, Span(4, 9))])
def test_a_short_answer_is_given_from_the_fitted_probability(
    sure: float, given: Span | None
) -> None:
    passage = make_hit(1, "The ferry sank.").passage
    found = Candidate(passage, passage.sentences[0], (2.0,), ShortAnswer(Span(4, 9), sure))
    model = ChoiceModel(Logistic((1.0,), 0.0), Logistic((1.0, 0.0), 0.0), more=0.5, sure=0.6)
    [evidence] = model.read([found]).evidence
    assert evidence.answer == given

import pytest

from index.errors import ModelError
from qa.reading.choice import ChoiceModel
from qa.reading.features import SentenceFeatures


def test_a_model_that_is_not_there_is_told() -> None:
    with pytest.raises(ModelError, match=r"qa/data/nothing\.json: it is missing or damaged"):
        ChoiceModel.packaged("nothing", SentenceFeatures._fields)


def test_a_model_of_other_features_is_told() -> None:
    with pytest.raises(ModelError, match=r"plain_reader\.json: it is missing or damaged"):
        ChoiceModel.packaged("plain_reader", ("another",))

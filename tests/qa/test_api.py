import json

import pytest

import qa
from tests.qa.processes import run_python


@pytest.mark.parametrize("name", qa.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert callable(getattr(qa, name))


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'qa' has no attribute 'close'"):
        getattr(qa, "close")  # noqa: B009 - a name that type checkers refuse


def test_importing_it_imports_nothing_else() -> None:
    run = run_python("-c", "import json, sys, qa; print(json.dumps([*sys.modules]))")
    heavy = {"faiss", "index", "llama_index", "numpy", "onnxruntime", "torch", "typer"}
    assert not heavy & set(json.loads(run.stdout))

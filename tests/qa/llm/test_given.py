"""Models that are handed over as objects of LlamaIndex."""

import time
from collections.abc import Sequence

import pytest
from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM, MockLLM

from qa.llm.errors import LlmError
from qa.llm.messages import Limits
from qa.llm.model import open_model
from tests.qa.llm.asking import ASKED, KEY
from tests.qa.processes import run_python


class _Given(CustomLLM):
    """A model of LlamaIndex that says these pieces, a pause before each, and fails if told to."""

    pieces: Sequence[str] = ()
    pause: float = 0.0
    error: str = ""
    api_key: str = KEY

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="own")

    def complete(
        self, prompt: str, formatted: bool = False, **kwargs: object
    ) -> CompletionResponse:
        raise NotImplementedError

    def stream_complete(
        self,
        prompt: str,  # noqa: ARG002 - the parent's signature
        formatted: bool = False,  # noqa: ARG002
        **kwargs: object,  # noqa: ARG002
    ) -> CompletionResponseGen:
        def said() -> CompletionResponseGen:
            for piece in self.pieces:
                time.sleep(self.pause)
                yield CompletionResponse(text=piece, delta=piece)
            if self.error:
                raise RuntimeError(self.error)

        return said()


def test_a_model_of_llamaindex_is_asked_as_it_is() -> None:
    model = open_model(_Given(pieces=["He ", "said ", "so."]))
    assert model.name == "own"
    assert list(model.stream(ASKED, Limits())) == ["He ", "said ", "so."]
    assert "Who?" in "".join(open_model(MockLLM()).stream(ASKED, Limits()))


@pytest.mark.parametrize(
    ("llm", "message"),
    [
        (_Given(pieces=["He "], error=f"no\nwith {KEY}"), "own failed: RuntimeError: no"),
        (_Given(error=f"no {KEY}"), "own failed: RuntimeError: no [key]"),
        (_Given(), "own gave an empty answer; ask again, or take another model"),
        (_Given(pieces=["a" * 9000] * 3), "own does not stop: it was to write 1500 tokens at most"),
        (_Given(pieces=["a"] * 50, pause=0.1), "own did not finish within 0.5 seconds"),
        (_Given(pieces=["a"] * 50, pause=0.4), "own said nothing for 0.3 seconds"),
    ],
)
def test_what_fails_in_a_model_of_llamaindex_is_one_error(llm: _Given, message: str) -> None:
    with pytest.raises(LlmError) as raised:
        list(open_model(llm).stream(ASKED, Limits(seconds=0.5, silence=0.3)))
    assert message in str(raised.value)
    assert str(raised.value).isprintable()
    assert KEY not in str(raised.value)


def test_a_model_of_llamaindex_needs_none_of_the_packages() -> None:
    program = """
import sys
sys.modules["openai"] = sys.modules["llama_index.llms.openai_like"] = None
from llama_index.core.llms import MockLLM
from qa.llm.messages import Limits, Message
from qa.llm.model import open_model
print("".join(open_model(MockLLM()).stream([Message("user", "Who?")], Limits())))
"""
    run = run_python("-c", program)
    assert "user: Who?" in run.stdout, run.stderr

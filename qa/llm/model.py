"""Language models: what is asked of one, and how one is opened."""

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Protocol

from qa.llm.errors import LlmError
from qa.llm.messages import Limits, Message
from qa.llm.settings import LlmSettings, read_key

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


class LanguageModel(Protocol):
    """Answers messages with text."""

    @property
    def name(self) -> str:
        """The model's name, as it was given."""
        ...

    def stream(self, messages: Sequence[Message], limits: Limits) -> Generator[str, None, None]:
        """Yields an answer's text, piece by piece; ``"".join`` makes it whole.

        Who stops before the end closes the iterator; the connection is closed then.

        Raises:
            LlmError: There is no answer, or no whole one, within the limits.
        """
        ...


def open_model(model: "LlmSettings | LLM") -> LanguageModel:
    """Opens a language model. Nothing is asked of it yet.

    Args:
        model: One behind a server, the key of which is read here; or any of LlamaIndex, with
            its own settings and its own key.

    Raises:
        LlmError: A package is missing, the key cannot be sent, or ``model`` is none.
    """
    if isinstance(model, LlmSettings):
        return _served(model)
    from llama_index.core.llms import LLM

    from qa.llm.given import GivenModel

    if not isinstance(model, LLM):
        raise LlmError(
            f"llm: {type(model).__name__} is no language model; give LlmSettings, or an LLM of "
            "LlamaIndex"
        )
    return GivenModel(model)


def _served(settings: LlmSettings) -> LanguageModel:
    try:
        import llama_index.llms.openai_like  # noqa: F401 - whether it is there
    except ModuleNotFoundError:
        raise LlmError(
            "a language model needs one more package: pip install llama-index-llms-openai-like"
        ) from None
    from qa.llm.served import ServedModel

    return ServedModel(settings, read_key())

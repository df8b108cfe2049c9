"""A language model that was handed over as an object of LlamaIndex."""

from collections.abc import Generator, Iterator, Sequence

from llama_index.core.llms import LLM, ChatMessage, MessageRole
from pydantic import SecretStr

from qa.llm.errors import LlmError, without_key
from qa.llm.messages import Limits, Message
from qa.llm.streaming import Clock, not_empty, read_in_time


class GivenModel:
    """Asks an ``LLM`` of LlamaIndex, with the settings that it has.

    It cannot be interrupted, only left to itself.
    """

    def __init__(self, llm: LLM) -> None:
        """Takes the model."""
        self._llm = llm

    @property
    def name(self) -> str:
        """The name that it has in LlamaIndex."""
        return self._llm.metadata.model_name or type(self._llm).__name__

    def stream(self, messages: Sequence[Message], limits: Limits) -> Generator[str, None, None]:
        """Yields its answer. See ``LanguageModel.stream``."""
        who = f"the language model {self.name}"
        clock = Clock.started(limits)
        pieces = read_in_time(who, self._pieces(who, messages), clock, lambda: None)
        yield from not_empty(who, pieces)

    def _pieces(self, who: str, messages: Sequence[Message]) -> Iterator[str]:
        try:
            for response in self._llm.stream_chat(chat_messages(messages)):
                yield response.delta or ""
        except Exception as error:  # Each model raises errors of its own.
            why = without_key(str(error), self._key())
            raise LlmError(f"{who} failed: {type(error).__name__}: {why}") from None

    def _key(self) -> str | None:
        """Its own key, plain or as pydantic hides one."""
        key = getattr(self._llm, "api_key", None)
        key = key.get_secret_value() if isinstance(key, SecretStr) else key
        return key if isinstance(key, str) else None


def chat_messages(messages: Sequence[Message]) -> list[ChatMessage]:
    """Returns messages as LlamaIndex has them."""
    return [ChatMessage(role=MessageRole(one.role), content=one.text) for one in messages]

"""A language model behind an OpenAI-compatible server."""

import time
from collections.abc import Generator, Iterator, Sequence
from urllib.parse import urlsplit

import httpx
import openai
from llama_index.llms.openai_like import OpenAILike

from index.errors import in_one_line
from qa.llm.connection import Connection
from qa.llm.errors import LlmError, PassingError, without_key
from qa.llm.failures import broken_off, failure, no_answer
from qa.llm.given import chat_messages
from qa.llm.messages import Limits, Message
from qa.llm.settings import LlmSettings
from qa.llm.streaming import Clock, not_empty, read_in_time

_PAUSES = (0.25, 1.0)
"""Seconds before it is tried for the second and the third time, if the server asks for no more."""

_LONGEST_PAUSE = 20.0
"""Seconds; rather than wait longer, people get the answer without the model."""

_CONNECT_SECONDS = 10.0
_NO_KEY = "none"


class ServedModel:
    """Asks a model's server, a new connection for each answer.

    Nothing of the environment has a part in it but the key, and the certificates that
    ``SSL_CERT_FILE`` or ``SSL_CERT_DIR`` names: no other key, address or organisation, no proxy.
    """

    def __init__(self, settings: LlmSettings, key: str | None) -> None:
        """Takes what the model is, and the server's key if it wants one.

        Raises:
            LlmError: The environment's certificates cannot be read.
        """
        self._settings = settings
        self._key = key
        # What follows the host may be as secret as a key.
        self._who = f"the language model at {urlsplit(settings.base_url).netloc}"
        try:
            self._tls = httpx.create_ssl_context()
        except OSError as error:
            raise LlmError(
                f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read "
                f"({in_one_line(error)}); correct them"
            ) from error

    @property
    def name(self) -> str:
        """The model's name, as it was given."""
        return self._settings.model

    def stream(self, messages: Sequence[Message], limits: Limits) -> Generator[str, None, None]:
        """Yields its answer. See ``LanguageModel.stream``.

        What may pass is tried again until the first text came: three times in all.
        """
        yield from not_empty(self._who, self._with_retries(messages, Clock.started(limits)))

    def _with_retries(self, messages: Sequence[Message], clock: Clock) -> Iterator[str]:
        has_begun = False
        for pause in (*_PAUSES, None):
            try:
                for piece in self._attempt(messages, clock):
                    has_begun = True
                    yield piece
                return
            except PassingError as error:
                wait = max(pause or 0.0, error.after)
                if has_begun or pause is None or wait >= min(clock.left, _LONGEST_PAUSE):
                    raise
                time.sleep(wait)

    def _attempt(self, messages: Sequence[Message], clock: Clock) -> Iterator[str]:
        connection = Connection(self._key or _NO_KEY, self._tls)
        pieces = self._pieces(connection, messages, clock.limits)
        return read_in_time(self._who, pieces, clock, connection.hang_up)

    def _pieces(
        self, connection: Connection, messages: Sequence[Message], limits: Limits
    ) -> Iterator[str]:
        has_begun = False
        with httpx.Client(transport=connection, trust_env=False) as client:
            llm = self._llm(client, limits)
            try:
                for response in llm.stream_chat(chat_messages(messages)):
                    yield response.delta or ""
                    if _is_last(response.raw):
                        return
                    has_begun = True
            except Exception as error:  # What is no answer makes the client stumble anywhere.
                raise failure(self._who, self.name, self._key, error) from None
        if not has_begun:
            raise no_answer(self._who, "no event of a stream")
        raise broken_off(self._who)

    def _llm(self, client: httpx.Client, limits: Limits) -> OpenAILike:
        """The key is the connection's alone, so that nothing here can show it."""
        asking = openai.OpenAI(
            api_key=_NO_KEY,
            base_url=self._settings.base_url,
            max_retries=0,
            timeout=httpx.Timeout(limits.silence, connect=_CONNECT_SECONDS),
            http_client=client,
        )
        try:
            return OpenAILike(
                model=self.name,
                api_key=_NO_KEY,
                api_base=self._settings.base_url,
                temperature=0.0,
                max_tokens=limits.output_tokens,
                context_window=limits.prompt_tokens + limits.output_tokens,
                is_chat_model=True,
                max_retries=0,
                openai_client=asking,
            )
        except ValueError as error:  # Some names are of models that cannot chat.
            raise LlmError(f"{self._who} cannot be used: {without_key(str(error), None)}") from None


def _is_last(chunk: object) -> bool:
    """Whether a piece ends the answer: one that was cut has none such."""
    return any(choice.finish_reason for choice in getattr(chunk, "choices", None) or ())

"""Which language model writes the answers, and behind which server it is."""

import os
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from index.errors import printable
from qa.llm.errors import LlmError
from qa.types import EXTRACTIVE

MODEL_VARIABLE = "ARTICLE_QA_LLM_MODEL"
BASE_URL_VARIABLE = "ARTICLE_QA_LLM_BASE_URL"
KEY_VARIABLE = "ARTICLE_QA_LLM_API_KEY"


@dataclass(frozen=True)
class LlmSettings:
    """A language model behind an OpenAI-compatible server. The server's key is no part of it.

    Attributes:
        model: The name that the server has for it.
        base_url: The server's address, as "http://127.0.0.1:11434/v1".
    """

    model: str
    base_url: str

    def __post_init__(self) -> None:
        """Checks both.

        Raises:
            LlmError: The model has no name, or the base URL is none.
        """
        if not self.model.strip():
            raise LlmError("the language model has no name; give the one that its server has")
        if self.model == EXTRACTIVE:
            raise LlmError(f"{EXTRACTIVE} is what answers without a model are called; rename it")
        _check_base_url(self.base_url)

    @classmethod
    def from_environment(cls, model: str | None = None, base_url: str | None = None) -> Self | None:
        """Returns what is named, by these arguments or else by the environment's variables.

        Args:
            model: The model's name. None: that in ``ARTICLE_QA_LLM_MODEL``.
            base_url: Its server's address. None: that in ``ARTICLE_QA_LLM_BASE_URL``.

        Returns:
            The settings; None if no model is named.

        Raises:
            LlmError: A model is named without a base URL or with one that is none, or a base URL
                is given and no model.
        """
        model = _named(model, MODEL_VARIABLE)
        server = _named(base_url, BASE_URL_VARIABLE)
        if not model:
            if base_url:
                raise LlmError(
                    f"a language model's base URL is given, but no model; name one by --llm or by "
                    f"{MODEL_VARIABLE}"
                )
            return None
        if not server:
            raise LlmError(
                f"the language model {printable(model)} has no base URL; give its server's by "
                f"--llm-base-url or by {BASE_URL_VARIABLE}, as http://127.0.0.1:11434/v1"
            )
        return cls(model, server)


def read_key() -> str | None:
    """Returns the key for a language model's server, from ``ARTICLE_QA_LLM_API_KEY`` alone.

    Raises:
        LlmError: It cannot be sent. The message does not show it.
    """
    key = _named(None, KEY_VARIABLE)
    if not all("!" <= character <= "~" for character in key):
        raise LlmError(f"{KEY_VARIABLE} holds characters that are in no key; copy the key again")
    return key or None


def _named(given: str | None, variable: str) -> str:
    return (os.environ.get(variable, "") if given is None else given).strip()


def _check_base_url(url: str) -> None:
    """An address is shown only where no password or key can stand in it."""
    if "@" in url or "?" in url or "#" in url:
        raise LlmError(
            "the language model's base URL holds a user name, a query or a fragment; leave it out, "
            f"and set {KEY_VARIABLE} to the key"
        )
    shown = f"the language model's base URL {printable(url)!r}"
    try:
        parts = urlsplit(url)
        has_port = parts.port is None or parts.port > 0
    except ValueError as error:
        raise LlmError(f"{shown} is no web address ({error})") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or not has_port:
        raise LlmError(f"{shown} is no address of http or https, as http://127.0.0.1:11434/v1")
    if not all("!" <= character <= "~" for character in url):
        raise LlmError(f"{shown} holds characters that are in no web address")

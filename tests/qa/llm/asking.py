"""Asking the model of a scripted server, as the tests of this folder do."""

import threading
import time

import pytest

from qa.llm.errors import LlmError
from qa.llm.messages import Limits, Message
from qa.llm.model import LanguageModel, open_model
from qa.llm.settings import LlmSettings
from tests.qa.llm.scripted import Act, ScriptedServer, scripted

ASKED = [Message("system", "Answer."), Message("user", "Who?"), Message("assistant", "He.")]
KEY = "s3cret-k3y"


def model_of(server: ScriptedServer) -> LanguageModel:
    return open_model(LlmSettings("small", server.base_url))


def ask(server: ScriptedServer, limits: Limits | None = None) -> str:
    return "".join(model_of(server).stream(ASKED, limits or Limits()))


def failure_of(act: Act, limits: Limits | None = None) -> tuple[str, int, float]:
    """What is said of a server that does this, how often it was asked, and the seconds it took."""
    started = time.monotonic()
    with scripted(act) as server, pytest.raises(LlmError) as raised:
        ask(server, limits)
    message = str(raised.value)
    assert message.startswith(f"the language model at 127.0.0.1:{server.server_address[1]} ")
    assert message.isprintable()
    return message, len(server.exchanges), time.monotonic() - started


def until_no_thread_reads() -> None:
    for thread in [one for one in threading.enumerate() if one.name == "language model"]:
        thread.join(5)
        assert not thread.is_alive()

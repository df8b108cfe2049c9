"""What is asked of a server by the real client, and that the key is shown nowhere."""

import logging
import threading
import time

import pytest

from qa.llm.errors import LlmError
from qa.llm.messages import Limits
from qa.llm.model import open_model
from qa.llm.settings import LlmSettings
from tests.qa.llm.asking import ASKED, KEY, ask, model_of, until_no_thread_reads
from tests.qa.llm.scripted import Act, refuses, replies, says, scripted, sends
from tests.qa.processes import run_python

OTHERS = {
    "OPENAI_API_KEY": "sk-other",
    "OPENAI_ADMIN_KEY": "sk-other",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/other",
    "OPENAI_API_BASE": "http://127.0.0.1:9/other",
    "OPENAI_ORG_ID": "other",
    "OPENAI_PROJECT_ID": "other",
    "OPENAI_CUSTOM_HEADERS": "X-Other: other\nAuthorization: Bearer sk-other\nHost: other",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
}


def test_the_answer_comes_piece_by_piece() -> None:
    with scripted(says("Yes", " ", "", "he did.", pause=0.1)) as server:
        model = model_of(server)
        assert model.name == "small"
        started = time.monotonic()
        times = [(piece, time.monotonic() - started) for piece in model.stream(ASKED, Limits())]
    assert [piece for piece, _ in times] == ["Yes", " ", "he did."]
    assert times[-1][1] - times[0][1] > 0.2
    until_no_thread_reads()


def test_the_server_is_asked_for_what_the_limits_allow() -> None:
    with scripted(says("Yes.")) as server:
        ask(server, Limits(output_tokens=7))
    assert server.exchanges[0].path == "/v1/chat/completions"
    assert server.exchanges[0].body == {
        "model": "small",
        "messages": [{"role": one.role, "content": one.text} for one in ASKED],
        "temperature": 0.0,
        "max_tokens": 7,
        "stream": True,
    }


def test_an_answer_can_be_made_from_what_was_asked() -> None:
    with scripted(replies(lambda body: body["messages"][1]["content"].upper())) as server:
        assert ask(server) == "WHO?"


def test_the_key_is_sent_and_nothing_else_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in OTHERS.items():
        monkeypatch.setenv(name, value)
    with scripted(says("Yes.")) as server:
        ask(server)
        monkeypatch.setenv("ARTICLE_QA_LLM_API_KEY", KEY)
        ask(server)
    without, with_key = (exchange.headers for exchange in server.exchanges)
    assert without.pop("Authorization") == "Bearer none"
    assert with_key.pop("Authorization") == f"Bearer {KEY}"
    for sent in (without, with_key):
        assert sent.keys() == {"Host", "Accept", "Content-Type", "Content-Length", "User-Agent"}
        assert sent["Host"] in server.base_url
        assert "other" not in str(sent)


@pytest.mark.parametrize(
    "act",
    [
        says("Yes."),
        refuses(401, f"wrong key {KEY}"),
        refuses(400, f"wrong key {KEY}"),
        sends(f'data: {{"error": {{"message": "wrong key {KEY}"}}}}\n\n'.encode()),
        sends(f'data: "no answer, but {KEY}"\n\n'.encode()),
    ],
)
def test_the_key_is_shown_nowhere(
    act: Act, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ARTICLE_QA_LLM_API_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    told = ""
    with scripted(act) as server:
        model = model_of(server)
        try:
            told = "".join(model.stream(ASKED, Limits()))
        except LlmError as error:
            told = f"{error!r} {error} {error.__cause__!r}"
            logging.getLogger("test").exception("It failed")
    assert server.exchanges[0].headers["Authorization"] == f"Bearer {KEY}"
    assert "HTTP" in caplog.text
    for shown in (caplog.text, told, repr(model), str(model), repr(vars(model).get("_settings"))):
        assert KEY not in shown


def test_many_are_answered_at_once() -> None:
    answers: list[str] = []
    with scripted(says("He ", "said ", "so.", pause=0.2)) as server:
        model = model_of(server)
        asking = [
            threading.Thread(target=lambda: answers.append("".join(model.stream(ASKED, Limits()))))
            for _ in range(8)
        ]
        started = time.monotonic()
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
    assert answers == ["He said so."] * 8
    assert time.monotonic() - started < 3


def test_without_the_package_it_is_said_how_to_get_it() -> None:
    program = """
import sys
sys.modules["llama_index.llms.openai_like"] = None
from qa.llm.model import open_model
from qa.llm.settings import LlmSettings
open_model(LlmSettings("small", "http://127.0.0.1:9/v1"))
"""
    run = run_python("-c", program)
    assert run.stderr.splitlines()[-1] == (
        "qa.llm.errors.LlmError: a language model needs one more package: "
        "pip install llama-index-llms-openai-like"
    )


def test_settings_and_errors_load_nothing_heavy() -> None:
    program = "import sys, qa.llm.settings, qa.llm.model; print(*sys.modules)"
    heavy = {"llama_index", "openai", "httpx", "torch", "transformers"}
    assert not heavy & set(run_python("-c", program).stdout.split())


def test_a_model_that_cannot_chat_is_refused() -> None:
    model = open_model(LlmSettings("gpt-5.2-pro", "http://127.0.0.1:9/v1"))
    with pytest.raises(LlmError, match=r"cannot be used: Cannot use model gpt-5\.2-pro"):
        list(model.stream(ASKED, Limits()))


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(LlmError, match="llm: str is no language model; give LlmSettings, or an LL"):
        open_model("small")  # type: ignore[arg-type]

"""Models behind servers that fail in every way, asked by the real client; and those handed over."""

import logging
import socket
import threading
import time
from collections.abc import Sequence
from email.utils import formatdate

import pytest
from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM, MockLLM

from qa.llm.errors import LlmError
from qa.llm.messages import Limits, Message
from qa.llm.model import LanguageModel, open_model
from qa.llm.settings import LlmSettings
from tests.qa.llm.scripted import (
    Act,
    Exchange,
    ScriptedServer,
    breaks_off,
    falls_silent,
    refuses,
    replies,
    says,
    scripted,
)
from tests.qa.processes import run_python

ASKED = [Message("system", "Answer."), Message("user", "Who?"), Message("assistant", "He.")]
KEY = "s3cret-k3y"
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


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARTICLE_QA_LLM_API_KEY", raising=False)


def _model(server: ScriptedServer) -> LanguageModel:
    return open_model(LlmSettings("small", server.base_url))


def _ask(server: ScriptedServer, limits: Limits | None = None) -> str:
    return "".join(_model(server).stream(ASKED, limits or Limits()))


def _failure(act: Act, limits: Limits | None = None) -> tuple[str, int, float]:
    """What is said of a server that does this, how often it was asked, and the seconds it took."""
    started = time.monotonic()
    with scripted(act) as server, pytest.raises(LlmError) as raised:
        _ask(server, limits)
    message = str(raised.value)
    assert message.startswith(f"the language model at {server.base_url} ")
    assert message.isprintable()
    return message, len(server.exchanges), time.monotonic() - started


def _reading_threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "language model"]


def _until_no_thread_reads() -> None:
    for thread in _reading_threads():
        thread.join(5)
        assert not thread.is_alive()


def test_the_answer_comes_piece_by_piece() -> None:
    with scripted(says("Yes", " ", "", "he did.", pause=0.2)) as server:
        model = _model(server)
        assert model.name == "small"
        started = time.monotonic()
        times = [(piece, time.monotonic() - started) for piece in model.stream(ASKED, Limits())]
    assert [piece for piece, _ in times] == ["Yes", " ", "he did."]
    assert times[-1][1] - times[0][1] > 0.4
    _until_no_thread_reads()


def test_the_server_is_asked_for_what_the_limits_allow() -> None:
    with scripted(says("Yes.")) as server:
        _ask(server, Limits(output_tokens=7))
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
        assert _ask(server) == "WHO?"


def test_the_key_is_sent_and_nothing_else_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in OTHERS.items():
        monkeypatch.setenv(name, value)
    with scripted(says("Yes.")) as server:
        _ask(server)
        monkeypatch.setenv("ARTICLE_QA_LLM_API_KEY", KEY)
        _ask(server)
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
        lambda exchange: _stream(exchange, {"error": {"message": f"wrong key {KEY}"}}),
        lambda exchange: _stream(exchange, f"not an answer, but {KEY}"),
    ],
)
def test_the_key_is_shown_nowhere(
    act: Act, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ARTICLE_QA_LLM_API_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    told = ""
    with scripted(act) as server:
        model = _model(server)
        try:
            told = "".join(model.stream(ASKED, Limits()))
        except LlmError as error:
            told = f"{error!r} {error} {error.__cause__!r}"
            logging.getLogger("test").exception("It failed")
    assert server.exchanges[0].headers["Authorization"] == f"Bearer {KEY}"
    assert "HTTP" in caplog.text
    for shown in (caplog.text, told, repr(model), str(model), repr(vars(model).get("_settings"))):
        assert KEY not in shown


def _stream(exchange: Exchange, *events: object) -> None:
    exchange.start()
    for event in events:
        exchange.event(event)
    exchange.send(b"")


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "refused the request (400): the prompt is too long"),
        (401, "asks for a key (401); set ARTICLE_QA_LLM_API_KEY"),
        (403, "asks for a key (403); set ARTICLE_QA_LLM_API_KEY"),
        (404, "does not know the model small (404); check its name, and the base URL"),
        (422, "refused the request (422): the prompt is too long"),
        (307, "redirects to elsewhere (307); give that as the base URL"),
    ],
)
def test_what_does_not_pass_is_not_tried_again(status: int, message: str) -> None:
    act = refuses(status, "the prompt is too long\nLong trace", Location="http://127.0.0.1:9/v1")
    said, asked, took = _failure(act)
    assert message in said
    assert asked == 1
    assert took < 2


@pytest.mark.parametrize(
    "body", [b'{"error": "no"}', b'{"detail": "no"}', b'{"message": "no"}', b"no"]
)
def test_a_server_may_say_why_it_refuses_in_many_ways(body: bytes) -> None:
    def act(exchange: Exchange) -> None:
        exchange.start(400, "application/json")
        exchange.send(body)
        exchange.send(b"")

    assert _failure(act)[0].endswith("refused the request (400): no")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"3", b'{"error": {"code": 1}}'])
def test_a_server_may_not_say_why_it_refuses(body: bytes) -> None:
    def act(exchange: Exchange) -> None:
        exchange.start(400, "application/json")
        exchange.send_raw(b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n")

    assert "refused the request (400): " in _failure(act)[0]


def test_a_refused_key_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE_QA_LLM_API_KEY", KEY)
    assert "refused the key (401); set ARTICLE_QA_LLM_API_KEY" in _failure(refuses(401))[0]


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (refuses(500), "failed (500); ask again, or look into its server's log"),
        (refuses(429), "has too much to do, or its quota is used up (429); ask again later"),
        (breaks_off(), "broke off in the middle of its answer"),
        (lambda _: None, "cannot be reached (Server disconnected"),
        (lambda e: _stream(e, {"error": {"message": "out of memory"}}), "broke off: out of memory"),
    ],
)
def test_what_may_pass_is_tried_three_times(act: Act, message: str) -> None:
    said, asked, took = _failure(act)
    assert message in said
    assert asked == 3
    assert 1.2 <= took < 4


def test_a_refused_connection_is_tried_again_until_the_time_is_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    model = open_model(LlmSettings("small", f"http://127.0.0.1:{port}/v1"))
    started = time.monotonic()
    with pytest.raises(
        LlmError, match=r"cannot be reached \(.*refused\); check that its server ru"
    ):
        list(model.stream(ASKED, Limits(seconds=1.0)))
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passed_is_no_failure(status: int) -> None:
    with scripted(refuses(status), says("Yes.")) as server:
        assert _ask(server) == "Yes."
    assert len(server.exchanges) == 2


@pytest.mark.parametrize("wait", ["1", "date"])
def test_a_busy_server_is_given_the_time_that_it_asks_for(wait: str) -> None:
    asked = wait if wait == "1" else formatdate(time.time() + 2, usegmt=True)
    started = time.monotonic()
    with scripted(refuses(429, Retry_After=asked), says("Yes.")) as server:
        assert _ask(server) == "Yes."
    assert 0.9 < time.monotonic() - started < 3


@pytest.mark.parametrize("wait", ["3600", "9" * 400, formatdate(time.time() + 600, usegmt=True)])
def test_a_busy_server_is_not_waited_for_past_the_limit(wait: str) -> None:
    said, asked, took = _failure(refuses(429, Retry_After=wait), Limits(seconds=5))
    assert "(429)" in said
    assert asked == 1
    assert took < 2


@pytest.mark.parametrize("wait", ["-1", "nan", "soon", "²", "Mon, 99 Foo 2020"])
def test_a_wait_that_is_none_is_a_short_one(wait: str) -> None:
    with scripted(refuses(429, Retry_After=wait), says("Yes.")) as server:
        assert _ask(server) == "Yes."


def test_a_cut_stream_is_no_answer_and_what_was_said_is_not_said_twice() -> None:
    with scripted(breaks_off("He ", "said"), says("He said so.")) as server:
        stream = _model(server).stream(ASKED, Limits())
        assert [next(stream), next(stream)] == ["He ", "said"]
        with pytest.raises(LlmError, match="broke off in the middle of its answer; ask again"):
            next(stream)
    assert len(server.exchanges) == 1


def test_a_stream_that_ends_well_without_the_last_piece_is_cut_too() -> None:
    def stops(exchange: Exchange) -> None:
        exchange.start()
        exchange.say("He said")
        exchange.send(b"")

    assert "broke off" in _failure(stops)[0]


def test_an_answer_ends_also_where_the_tokens_are_used_up() -> None:
    with scripted(says("He said", end="length")) as server:
        assert _ask(server) == "He said"


def _page(exchange: Exchange) -> None:
    exchange.start(kind="text/html")
    exchange.send(b"<html><body>Welcome</body></html>")
    exchange.send(b"")


def _raw(data: bytes) -> Act:
    def act(exchange: Exchange) -> None:
        exchange.start()
        exchange.send(data)
        exchange.send(b"")

    return act


@pytest.mark.parametrize(
    "act",
    [
        _page,
        _raw(b""),
        _raw(b"data: {broken\n\n"),
        _raw(b"data: \xff\xfe\n\n"),
        _raw(b"data: [1, 2]\n\n"),
        _raw(b'data: "text"\n\n'),
        _raw(b"data: 3\n\n"),
        _raw(b'data: {"choices": 3}\n\n'),
        _raw(b'data: {"choices": [3]}\n\n'),
        _raw(b'data: {"choices": [{"delta": "text"}]}\n\n'),
        _raw(b'data: {"choices": [{"delta": {"content": {"a": 1}}}]}\n\n'),
        _raw(b'{"choices": [{"message": {"content": "Not streamed."}}]}'),
    ],
)
def test_what_is_no_answer_is_called_so(act: Act) -> None:
    said, asked, _ = _failure(act)
    assert "sent what is no answer" in said
    assert "check that the base URL is that of an OpenAI-compatible server" in said
    assert asked == 1


@pytest.mark.parametrize("pieces", [[], [""], [" ", "\n"]])
def test_an_empty_answer_is_a_failure(pieces: list[str]) -> None:
    assert "gave an empty answer" in _failure(says(*pieces))[0]


def _endless(text: str) -> Act:
    def act(exchange: Exchange) -> None:
        exchange.start()
        while True:
            exchange.say(text)

    return act


@pytest.mark.parametrize("text", ["and so on ", ""])
def test_an_endless_answer_is_stopped(text: str) -> None:
    said, _, took = _failure(_endless(text), Limits(output_tokens=50))
    assert "does not stop: it was to write 50 tokens at most" in said
    assert took < 3
    _until_no_thread_reads()


def _trickles_body(exchange: Exchange) -> None:
    exchange.start()
    while True:
        exchange.say("a ")
        time.sleep(0.1)


def _trickles_headers(exchange: Exchange) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1000:
        exchange.send_raw(bytes([byte]))
        time.sleep(0.05)


def _keeps_alive(exchange: Exchange) -> None:
    exchange.start()
    while True:
        exchange.send(b": still here\n\n")
        time.sleep(0.05)


def _says_nothing(exchange: Exchange) -> None:
    exchange.wait()


@pytest.mark.parametrize(
    "act", [_trickles_body, _trickles_headers, _keeps_alive, _says_nothing, falls_silent("He ")]
)
def test_no_server_can_hold_an_answer_past_its_time(act: Act) -> None:
    said, asked, took = _failure(act, Limits(seconds=0.7))
    assert "did not finish within 0.7 seconds" in said
    assert asked == 1
    assert 0.6 < took < 1.5
    _until_no_thread_reads()


@pytest.mark.parametrize(
    "act", [_trickles_headers, _keeps_alive, _says_nothing, falls_silent("He")]
)
def test_silence_ends_an_answer_before_its_time(act: Act) -> None:
    said, asked, took = _failure(act, Limits(seconds=30, silence=0.5))
    assert "said nothing for 0.5 seconds" in said or "did not answer in time" in said
    assert asked == 1
    assert took < 1.5
    _until_no_thread_reads()


def test_an_answer_that_goes_on_is_not_silent() -> None:
    with scripted(says(*"abcdefgh", pause=0.1)) as server:
        assert _ask(server, Limits(silence=0.4)) == "abcdefgh"


def test_who_takes_long_over_a_piece_gets_the_rest_of_what_came_in_time() -> None:
    with scripted(says("He ", "said ", "so.")) as server:
        stream = _model(server).stream(ASKED, Limits(seconds=0.8))
        pieces = [next(stream)]
        time.sleep(1.0)
        assert [*pieces, *stream] == ["He ", "said ", "so."]


def test_who_listens_no_more_hangs_up() -> None:
    with scripted(falls_silent("He ")) as server:
        stream = _model(server).stream(ASKED, Limits())
        assert next(stream) == "He "
        stream.close()  # type: ignore[attr-defined]
        assert server.exchanges[0].hung_up.wait(2)
        _until_no_thread_reads()


def test_many_are_answered_at_once() -> None:
    answers: list[str] = []
    with scripted(says("He ", "said ", "so.", pause=0.2)) as server:
        model = _model(server)
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
        "qa.llm.errors.LlmError: a language model needs more packages: "
        "pip install 'article-qa[llm]'"
    )


def test_settings_and_errors_load_nothing_heavy() -> None:
    program = "import sys, qa.llm.settings, qa.llm.model; print(*sys.modules)"
    heavy = {"llama_index", "openai", "httpx", "torch", "transformers"}
    assert not heavy & set(run_python("-c", program).stdout.split())


def test_a_model_that_cannot_chat_is_refused() -> None:
    model = open_model(LlmSettings("gpt-5.2-pro", "http://127.0.0.1:9/v1"))
    with pytest.raises(LlmError, match=r"cannot be used: Cannot use model gpt-5\.2-pro"):
        list(model.stream(ASKED, Limits()))


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


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(LlmError, match="llm: str is no language model; give LlmSettings, or an LL"):
        open_model("small")  # type: ignore[arg-type]

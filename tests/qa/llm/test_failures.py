"""Servers that fail in every way: one error for people, and no more than three tries."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate

import pytest

from qa.llm.errors import LlmError
from qa.llm.messages import Limits
from qa.llm.model import open_model
from qa.llm.settings import LlmSettings
from tests.qa.llm.asking import ASKED, KEY, ask, failure_of, model_of
from tests.qa.llm.scripted import Act, Exchange, breaks_off, refuses, says, scripted, sends


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
    said, asked, _ = failure_of(act)
    assert message in said
    assert asked == 1


@pytest.mark.parametrize(
    "body", [b'{"error": "no"}', b'{"detail": "no"}', b'{"message": "no"}', b"no"]
)
def test_a_server_may_say_why_it_refuses_in_many_ways(body: bytes) -> None:
    said, _, _ = failure_of(sends(body, 400))
    assert said.endswith("refused the request (400): no")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"3", b'{"error": {"code": 1}}'])
def test_a_server_may_not_say_why_it_refuses(body: bytes) -> None:
    assert "refused the request (400): " in failure_of(sends(body, 400))[0]


def test_a_refused_key_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE_QA_LLM_API_KEY", KEY)
    assert "refused the key (401); set ARTICLE_QA_LLM_API_KEY" in failure_of(refuses(401))[0]


def test_what_may_pass_is_tried_three_times() -> None:
    expected: dict[Act, str] = {
        refuses(500): "failed (500); ask again, or look into its server's log",
        refuses(429): "has too much to do, or its quota is used up (429); ask again later",
        breaks_off(): "broke off in the middle of its answer",
        lambda _: None: "cannot be reached (Server disconnected",
    }
    with ThreadPoolExecutor() as pool:
        for message, (said, asked, took) in zip(
            expected.values(), pool.map(failure_of, expected), strict=True
        ):
            assert message in said
            assert asked == 3
            assert 1.2 <= took < 10


def test_a_refused_connection_is_tried_again_until_the_time_is_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    model = open_model(LlmSettings("small", f"http://127.0.0.1:{port}/v1"))
    started = time.monotonic()
    with pytest.raises(
        LlmError, match=r"cannot be reached \(.*refused\); check that its server ru"
    ):
        list(model.stream(ASKED, Limits(seconds=1.0)))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("status", [429, 500])
def test_what_passed_is_no_failure(status: int) -> None:
    with scripted(refuses(status), says("Yes.")) as server:
        assert ask(server) == "Yes."
    assert len(server.exchanges) == 2


def test_a_busy_server_is_given_the_time_that_it_asks_for() -> None:
    started = time.monotonic()
    with scripted(refuses(429, Retry_After="1"), says("Yes.")) as server:
        assert ask(server) == "Yes."
    assert 0.9 < time.monotonic() - started < 10


@pytest.mark.parametrize(
    "wait",
    ["3600", "9" * 400, formatdate(time.time() + 600, usegmt=True)],
    ids=["an hour", "for ever", "a date"],  # The same in each process that collects them.
)
def test_a_busy_server_is_not_waited_for_past_the_limit(wait: str) -> None:
    said, asked, took = failure_of(refuses(429, Retry_After=wait), Limits(seconds=30))
    assert "(429)" in said
    assert asked == 1
    assert took < 10


@pytest.mark.parametrize("wait", ["-1", "nan", "²"])
def test_a_wait_that_is_none_is_a_short_one(wait: str) -> None:
    with scripted(refuses(429, Retry_After=wait), says("Yes.")) as server:
        assert ask(server) == "Yes."


def test_a_cut_stream_is_no_answer_and_what_was_said_is_not_said_twice() -> None:
    with scripted(breaks_off("He ", "said"), says("He said so.")) as server:
        stream = model_of(server).stream(ASKED, Limits())
        assert [next(stream), next(stream)] == ["He ", "said"]
        with pytest.raises(LlmError, match="broke off in the middle of its answer; ask again"):
            next(stream)
    assert len(server.exchanges) == 1


def test_a_stream_that_ends_well_without_the_last_piece_is_cut_too() -> None:
    def stops(exchange: Exchange) -> None:
        exchange.start()
        exchange.say("He said")
        exchange.send(b"")

    assert "broke off" in failure_of(stops)[0]


def test_an_answer_has_ended_where_it_says_so() -> None:
    def waits(exchange: Exchange) -> None:
        exchange.start()
        exchange.say("Yes.")
        exchange.say(None, "stop")
        exchange.wait()

    with scripted(waits) as server:
        assert ask(server, Limits(seconds=5)) == "Yes."
        assert server.exchanges[0].hung_up.wait(2)


def test_an_answer_ends_also_where_the_tokens_are_used_up() -> None:
    with scripted(says("He said", end="length")) as server:
        assert ask(server) == "He said"


@pytest.mark.parametrize(
    "act",
    [
        sends(b"<html><body>Welcome</body></html>", kind="text/html"),
        sends(b""),
        sends(b"data: {broken\n\n"),
        sends(b"data: \xff\xfe\n\n"),
        sends(b"data: [1, 2]\n\n"),
        sends(b'data: "text"\n\n'),
        sends(b"data: 3\n\n"),
        sends(b'data: {"choices": 3}\n\n'),
        sends(b'data: {"choices": [3]}\n\n'),
        sends(b'data: {"choices": [{"delta": "text"}]}\n\n'),
        sends(b'data: {"choices": [{"delta": {"content": {"a": 1}}}]}\n\n'),
        sends(b'{"choices": [{"message": {"content": "Not streamed."}}]}'),
    ],
)
def test_what_is_no_answer_is_called_so(act: Act) -> None:
    said, asked, _ = failure_of(act)
    assert "sent what is no answer" in said
    assert "check that the base URL is that of an OpenAI-compatible server" in said
    assert asked == 1


@pytest.mark.parametrize("pieces", [[], [""], [" ", "\n"]])
def test_an_empty_answer_is_a_failure(pieces: list[str]) -> None:
    assert "gave an empty answer" in failure_of(says(*pieces))[0]

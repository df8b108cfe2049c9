"""No server can hold an answer past its time, and who listens no more hangs up."""

import ssl
import time
from pathlib import Path

import pytest
import trustme

from qa.llm.errors import LlmError
from qa.llm.messages import Limits
from qa.llm.model import open_model
from qa.llm.settings import LlmSettings
from tests.qa.llm.asking import ASKED, ask, failure_of, model_of, until_no_thread_reads
from tests.qa.llm.scripted import Act, Exchange, falls_silent, says, scripted


def _endless(text: str) -> Act:
    def act(exchange: Exchange) -> None:
        exchange.start()
        while True:
            exchange.say(text)

    return act


@pytest.mark.parametrize("text", ["and so on ", ""])
def test_an_endless_answer_is_stopped(text: str) -> None:
    said, _, took = failure_of(_endless(text), Limits(output_tokens=50))
    assert "does not stop: it was to write 50 tokens at most" in said
    assert took < 3
    until_no_thread_reads()


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
    said, asked, took = failure_of(act, Limits(seconds=0.5))
    assert "did not finish within 0.5 seconds" in said
    assert asked == 1
    assert 0.4 < took < 5
    until_no_thread_reads()


@pytest.mark.parametrize(
    "act", [_trickles_headers, _keeps_alive, _says_nothing, falls_silent("He")]
)
def test_silence_ends_an_answer_before_its_time(act: Act) -> None:
    said, asked, took = failure_of(act, Limits(seconds=30, silence=0.3))
    assert "said nothing for 0.3 seconds" in said or "did not answer in time" in said
    assert asked == 1
    assert took < 5
    until_no_thread_reads()


def test_an_answer_that_goes_on_is_not_silent() -> None:
    with scripted(says(*"abcdefghij", pause=0.1)) as server:
        assert ask(server, Limits(silence=0.7)) == "abcdefghij"


def test_who_takes_long_over_a_piece_gets_the_rest_of_what_came_in_time() -> None:
    with scripted(says("He ", "said ", "so.")) as server:
        stream = model_of(server).stream(ASKED, Limits(seconds=1.0))
        pieces = [next(stream)]
        time.sleep(1.1)
        assert [*pieces, *stream] == ["He ", "said ", "so."]


def test_who_listens_no_more_hangs_up() -> None:
    with scripted(falls_silent("He ")) as server:
        stream = model_of(server).stream(ASKED, Limits())
        assert next(stream) == "He "
        stream.close()
        assert server.exchanges[0].hung_up.wait(2)
        until_no_thread_reads()


def test_a_server_with_a_certificate_is_asked_and_hung_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with scripted(says("Yes."), falls_silent("He "), falls_silent("He ")) as server:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        settings = LlmSettings("small", server.base_url.replace("http:", "https:"))
        with pytest.raises(LlmError, match=r"cannot be reached .*CERTIFICATE_VERIFY_FAILED"):
            list(open_model(settings).stream(ASKED, Limits(seconds=1)))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        model = open_model(settings)
        assert "".join(model.stream(ASKED, Limits())) == "Yes."
        with pytest.raises(LlmError, match=r"did not finish within 0\.5 seconds"):
            list(model.stream(ASKED, Limits(seconds=0.5)))
        stream = model.stream(ASKED, Limits())
        assert next(stream) == "He "
        stream.close()
        assert all(exchange.hung_up.wait(2) for exchange in server.exchanges[1:])
        until_no_thread_reads()

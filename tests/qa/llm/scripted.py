"""A server of language models that does what a test tells it to, over real HTTP.

``with scripted(says("Yes."), refuses(500)) as server:`` answers the first request with the first
act, the second with the second, and all others with the last one.
"""

import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from typing import Any


class Exchange:
    """One request, and what is answered to it."""

    def __init__(self, handler: "_Handler") -> None:
        self._handler = handler
        self.path = handler.path
        self.headers = dict(handler.headers)
        self.body: Any = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        self.hung_up = threading.Event()
        """The client was seen to be gone."""

    def start(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        """Sends the headers; the body follows in chunks."""
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.send_header("Content-Type", kind)
        self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        """Sends one chunk; an empty one ends the body."""
        self.send_raw(b"%x\r\n%b\r\n" % (len(data), data))

    def send_raw(self, data: bytes) -> None:
        """Sends bytes past all rules of HTTP."""
        try:
            self._handler.wfile.write(data)
        except OSError:
            self.hung_up.set()
            raise

    def say(self, text: str | None, end: str | None = None) -> None:
        """Sends a piece of the answer, or why it ends."""
        delta = {} if text is None else {"role": "assistant", "content": text}
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": self.body["model"],
            "choices": [{"index": 0, "delta": delta, "finish_reason": end}],
        }
        self.send(f"data: {json.dumps(chunk)}\n\n".encode())

    def finish(self, end: str = "stop") -> None:
        """Ends the answer as it should."""
        self.say(None, end)
        self.send(b"data: [DONE]\n\n")
        self.send(b"")

    def wait(self, seconds: float = 30.0) -> bool:
        """Sends nothing for some time, or until the client is gone. Returns whether it is."""
        connection: socket.socket = self._handler.connection
        readable, _, _ = select.select([connection], [], [], seconds)
        if readable and not connection.recv(1):
            self.hung_up.set()
        return self.hung_up.is_set()


Act = Callable[[Exchange], None]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "ScriptedServer"

    def do_POST(self) -> None:
        exchange = Exchange(self)
        self.close_connection = True
        with suppress(OSError):
            self.server.next_act(exchange)(exchange)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Prints nothing."""


class ScriptedServer(ThreadingHTTPServer):
    """Listens on a free port of this machine.

    Attributes:
        exchanges: The requests that came, in their order.
    """

    daemon_threads = True

    def __init__(self, *acts: Act) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.exchanges: list[Exchange] = []
        self._acts = chain(acts, repeat(acts[-1]))

    @property
    def base_url(self) -> str:
        """What a client is told."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def next_act(self, exchange: Exchange) -> Act:
        """Returns what is done with a request."""
        self.exchanges.append(exchange)
        return next(self._acts)


@contextmanager
def scripted(*acts: Act) -> Iterator[ScriptedServer]:
    """Runs a server that does these acts."""
    with ScriptedServer(*acts) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def says(*pieces: str, pause: float = 0.0, end: str = "stop") -> Act:
    """Answers in these pieces, with so many seconds before each but the first."""

    def act(exchange: Exchange) -> None:
        exchange.start()
        for number, piece in enumerate(pieces):
            time.sleep(pause if number else 0.0)
            exchange.say(piece)
        exchange.finish(end)

    return act


def replies(answer: Callable[[Any], str]) -> Act:
    """Answers with what a function makes of the request's body."""
    return lambda exchange: says(answer(exchange.body))(exchange)


def sends(body: bytes, status: int = 200, kind: str = "text/event-stream", **headers: str) -> Act:
    """Answers with these bytes."""

    def act(exchange: Exchange) -> None:
        exchange.start(status, kind, **headers)
        if body:
            exchange.send(body)
        exchange.send(b"")

    return act


def refuses(status: int, message: str = "no", **headers: str) -> Act:
    """Answers with an error."""
    body = json.dumps({"error": {"message": message}}).encode()
    return sends(body, status, "application/json", **headers)


def breaks_off(*pieces: str) -> Act:
    """Says these pieces and is gone."""

    def act(exchange: Exchange) -> None:
        exchange.start()
        for piece in pieces:
            exchange.say(piece)

    return act


def falls_silent(*pieces: str) -> Act:
    """Says these pieces, and then nothing until the client is gone."""

    def act(exchange: Exchange) -> None:
        breaks_off(*pieces)(exchange)
        exchange.wait()

    return act

"""The connection over which one answer of a language model comes."""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import httpx


class Connection(httpx.HTTPTransport):
    """Sends a request with the key and no other header of the client's, and can be hung up.

    The client takes headers, among them other keys, from variables of the environment; it also
    tells of this machine in some. None of them is sent.
    """

    def __init__(self, key: str, tls: ssl.SSLContext) -> None:
        """Takes the key, and what a server's certificate is checked with."""
        super().__init__(verify=tls)
        self._headers = httpx.Headers(
            {
                "Authorization": f"Bearer {key}",
                "Accept": "text/event-stream, application/json",
                "Content-Type": "application/json",
                "User-Agent": "article-qa",
            }
        )
        self._socket: socket.socket | None = None
        self._is_hung_up = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request."""
        sent = httpx.Request(
            request.method,
            request.url,
            headers=self._headers,
            content=request.read(),
            extensions={**request.extensions, "trace": self._keep_socket},
        )
        return super().handle_request(sent)

    def hang_up(self) -> None:
        """Ends the connection, from any thread; who reads from it goes on at once."""
        self._is_hung_up = True
        if self._socket:
            # Of the base class: a TLS socket would first forget that it is one. Closing it would
            # not wake who reads.
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _keep_socket(self, event: str, info: Mapping[str, Any]) -> None:
        """Told of each step by httpx (its request extension "trace")."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._is_hung_up:
                self.hang_up()

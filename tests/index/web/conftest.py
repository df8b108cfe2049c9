"""A real web server on this machine, whose every page shows another way of going wrong."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
import trustme

from index.types import MAX_ORIGINAL_BYTES
from index.web.addresses import Address

PARAGRAPH = (
    "The harbour bridge will close on Monday, Mayor Lena Ortiz said after a meeting of the city "
    "council. Repairs cost $60 million, and the works will last until the end of June at least. "
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge closes | The Harbour News</title>
<link rel="canonical" href="https://news.example/bridge"><meta name="author" content="Ana Ruiz">
<meta property="article:published_time" content="2023-04-05T10:00:00Z"></head><body><nav>Home</nav>
<article><h1>Bridge closes</h1>{f"<p>{PARAGRAPH}</p>" * 3}<p>“Drivers don’t like it,” she said.</p>
</article></body></html>"""


class Handler(BaseHTTPRequestHandler):
    """Answers by the path alone."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        self.close_connection = True
        page = self.path.partition("?")[0].strip("/").replace("-", "_").replace(".", "_")
        name, _, number = page.partition("/")
        answer: Callable[..., None] = getattr(self, f"page_{name}", self.page_missing)
        answer(*([number] if number else []))

    def log_message(self, *_: object) -> None:
        pass

    def reply(self, content: bytes, *headers: str, status: int = 200) -> None:
        self.head(f"Content-Length: {len(content)}", *headers, status=status)
        self.wfile.write(content)

    def head(self, *headers: str, status: int = 200) -> None:
        self.send_response(status)
        for name, value in (header.split(": ", 1) for header in headers):
            self.send_header(name, value)
        self.end_headers()

    def redirect(self, target: str) -> None:
        self.reply(b"", f"Location: {target}", "Set-Cookie: visited=yes", status=302)

    def page_missing(self, *_: str) -> None:
        self.reply(b"", status=404)

    def page_article(self) -> None:
        self.reply(PAGE.encode(), "Content-Type: text/html; charset=UTF-8")

    def page_latin(self) -> None:
        self.reply(PAGE.encode("cp1252"), "Content-Type: text/html; charset=windows-1252")

    def page_packed(self, how: str) -> None:
        whole, half = gzip.compress(PAGE.encode()), len(PAGE) // 2
        parts = gzip.compress(PAGE[:half].encode()) + gzip.compress(PAGE[half:].encode())
        content = {"whole": whole, "parts": parts, "cut": whole[:-20], "wrong": b"no gzip"}[how]
        self.reply(content, "Content-Type: text/html", "Content-Encoding: gzip")

    def page_chunks(self) -> None:
        self.head("Content-Type: text/plain", "Transfer-Encoding: chunked")
        for piece in (b"The ferry ", b"stopped."):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def page_undeclared(self) -> None:
        self.reply(PAGE.encode())

    def page_notes_md(self) -> None:
        self.reply(b"# Ferry stops\n\nAt noon.", "Content-Type: application/octet-stream")

    def page_text(self) -> None:
        self.reply(b"The ferry stopped.", "Content-Type: text/plain")

    def page_image(self) -> None:
        self.head("Content-Type: image/png", f"Content-Length: {MAX_ORIGINAL_BYTES}")

    def page_brotli(self) -> None:
        self.reply(b"?", "Content-Type: text/html", "Content-Encoding: br")

    def page_twice(self) -> None:
        content = gzip.compress(gzip.compress(bytes(10**8)))
        self.reply(content, "Content-Type: text/html", "Content-Encoding: gzip, gzip")

    def page_bomb(self, parts: str) -> None:
        content = gzip.compress(bytes(MAX_ORIGINAL_BYTES // int(parts) + 1)) * int(parts)
        self.reply(content, "Content-Type: text/plain", "Content-Encoding: gzip")

    def page_typed(self, how: str) -> None:
        types = {"twice": ["text/plain", "text/html; charset=utf-8"], "odd": ["html"]}[how]
        self.reply(PAGE.encode(), *(f"Content-Type: {media_type}" for media_type in types))

    def page_declared_large(self) -> None:
        self.head("Content-Type: text/plain", f"Content-Length: {MAX_ORIGINAL_BYTES + 1}")

    def page_large(self) -> None:
        self.head("Content-Type: text/plain")
        self.wfile.write(bytes(MAX_ORIGINAL_BYTES + 1))

    def page_status(self, status: str) -> None:
        self.reply(b"Sorry.", "Content-Type: text/html", status=int(status))

    def page_hops(self, left: str) -> None:
        self.redirect(f"/hops/{int(left) - 1}" if int(left) > 1 else "/text")

    def page_circle(self) -> None:
        self.redirect("/circle-back")

    def page_circle_back(self) -> None:
        self.redirect("circle#again")

    def page_to_neighbour(self) -> None:
        self.redirect(f"http://127.0.0.2:{self.server.server_port}/text")  # type: ignore[attr-defined]

    def page_to_file(self) -> None:
        self.redirect("file:///etc/passwd")

    def page_to_nonsense(self) -> None:
        self.redirect("http://[::1/")

    def page_to_script(self) -> None:
        self.redirect("javascript:alert(1)")

    def page_to_no_port(self) -> None:
        self.redirect("http://127.0.0.1:99999/")

    def page_to_password(self) -> None:
        self.redirect("http://user:secret@127.0.0.1/")

    def page_silent(self) -> None:
        time.sleep(2)

    def page_slow_head(self) -> None:
        self.drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n")

    def page_slow_body(self) -> None:
        self.head("Content-Type: text/plain")
        self.drip(b"The ferry stopped at noon, and nobody knew why it did.")

    def page_garbage(self) -> None:
        self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")

    def page_hang_up(self) -> None:
        pass

    def page_cut(self) -> None:
        self.head("Content-Type: text/plain", "Content-Length: 1000")
        self.wfile.write(b"The ferry")

    def drip(self, content: bytes) -> None:
        for byte in content:
            self.wfile.write(bytes([byte]))
            time.sleep(0.05)


class Web(ThreadingHTTPServer):
    """The server; ``asked`` has the path and the headers of each request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()

    def url(self, path: str, scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.server_port}{path}"

    def handle_error(self, *_: object) -> None:
        """A client that went away is what many tests are about."""


def this_machine(address: Address) -> bool:
    """The policy of the tests: the server's address alone, not even the others of loopback."""
    return address == ip_address("127.0.0.1")


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def secure_web(tmp_path: Path) -> Iterator[tuple[Web, Path]]:
    """The server behind TLS, and the file of the authority that signed for 127.0.0.1."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = Web()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    yield server, tmp_path / "authority.pem"
    server.shutdown()
    server.server_close()


@pytest.fixture
def closed_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port

import asyncio
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import certifi
import pytest

from index.errors import SourceError
from index.formats import extract
from index.types import Original
from index.web import fetching
from index.web.addresses import AddressPolicy, is_public
from index.web.fetching import fetch, normalise_url
from tests.index.web.conftest import PAGE, Web, this_machine

ADDRESS = "127.0.0.1"


def refusal(url: str, policy: AddressPolicy = this_machine) -> str:
    """The line that says why an address cannot be had, without its beginning, the address."""
    with pytest.raises(SourceError) as raised:
        fetch(url, policy)
    line = str(raised.value)
    assert line.startswith(f"{url}: ")
    assert "\n" not in line
    return line.removeprefix(f"{url}: ")


def resolve_to(*answers: list[str]) -> Callable[..., list[Any]]:
    """A look-up that gives other addresses each time that it is asked."""
    left = list(answers)

    def look_up(host: str, port: object, *_: object, **__: object) -> list[Any]:
        if host == ADDRESS:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 0)) for a in left.pop(0)]

    return look_up


def test_a_page_comes_as_it_was_sent(web: Web) -> None:
    fetched = fetch(web.url("/article"), this_machine)
    assert fetched.content == PAGE.encode()
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert fetched.url == web.url("/article")


def test_the_page_is_asked_for_by_its_own_host_path_and_query(web: Web) -> None:
    fetch(web.url("/article?id=7#part"), this_machine)
    ((path, headers),) = web.asked
    assert path == "/article?id=7"
    assert headers["Host"] == f"{ADDRESS}:{web.server_port}"


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolve_to([ADDRESS], ["127.0.0.2"]))
    fetch(web.url("/text", host="news.example"), this_machine)
    assert web.asked[0][1]["Host"] == f"news.example:{web.server_port}"


def test_a_name_that_changes_its_address_is_checked_again_at_a_redirect(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolve_to([ADDRESS], ["127.0.0.2"]))
    line = refusal(web.url("/hops/1", host="news.example"))
    assert line == "refused: news.example is at 127.0.0.2, which is not public"
    assert [path for path, _ in web.asked] == ["/hops/1"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolve_to([ADDRESS, "10.0.0.1"]))
    assert "10.0.0.1" in refusal(web.url("/text", host="news.example"))
    assert web.asked == []


def test_where_an_address_does_not_answer_the_next_one_is_asked(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolve_to(["127.0.0.0", ADDRESS]))
    fetched = fetch(web.url("/text", host="news.example"), lambda _: True)
    assert fetched.content == b"The ferry stopped."


@pytest.mark.parametrize(
    "host", [ADDRESS, "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_addresses_that_are_not_public_are_refused(web: Web, host: str) -> None:
    line = refusal(web.url("/text", host=host), is_public)
    assert line.startswith("refused: ")
    assert line.endswith("which is not public")
    assert web.asked == []


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("ftp://news.example/a", "only addresses of http and https are read"),
        ("file:///etc/passwd", "only addresses of http and https are read"),
        ("http:///a", "only addresses of http and https are read"),
        ("http://news.example:99999/", "there is no port 99999"),
        ("http://user:secret@news.example/", "addresses with a user name in them are not read"),
    ],
)
def test_other_schemes_and_passwords_are_refused(url: str, line: str) -> None:
    assert refusal(url) == line


@pytest.mark.parametrize("url", ["http://[::1/", "http://a:b/", "http://\x00/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    assert "is no web address" in refusal(url)


@pytest.mark.parametrize("hops", [1, 5])
def test_redirects_are_followed(web: Web, hops: int) -> None:
    fetched = fetch(web.url(f"/hops/{hops}"), this_machine)
    assert fetched.url == web.url("/text")


def test_more_than_five_redirects_are_refused(web: Web) -> None:
    assert refusal(web.url("/hops/6")) == "more than 5 redirects"
    assert len(web.asked) == 6


def test_a_circle_of_redirects_is_refused(web: Web) -> None:
    assert refusal(web.url("/circle")) == f"it redirects in a circle, to {web.url('/circle')}"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/to-neighbour", "refused: 127.0.0.2 is at 127.0.0.2"),
        ("/to-file", "only addresses of http and https are read, and it redirects to file:/etc"),
        ("/to-nonsense", "it cannot be fetched (RemoteProtocolError: Invalid URL"),
        ("/to-script", "it cannot be fetched (InvalidURL"),
        ("/to-no-port", "there is no port 99999, and it redirects to http://127.0.0.1:99999/"),
        ("/to-password", "addresses with a user name in them are not read"),
    ],
)
def test_a_redirect_is_checked_as_the_first_address_was(web: Web, path: str, what: str) -> None:
    assert refusal(web.url(path)).startswith(what)
    assert len(web.asked) == 1


@pytest.mark.parametrize("page", ["/silent", "/slow-head", "/slow-body"])
def test_what_takes_too_long_is_refused_in_time(
    web: Web, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT_SECONDS", 0.6)
    started = time.perf_counter()
    assert refusal(web.url(page)) == "it took longer than 1 seconds"
    assert time.perf_counter() - started < 1.5


def test_a_look_up_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT_SECONDS", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
    started = time.perf_counter()
    assert "it took longer" in refusal("http://news.example/")
    assert time.perf_counter() - started < 1


def test_it_is_given_twenty_seconds() -> None:
    assert fetching.TIMEOUT_SECONDS == 20


@pytest.mark.parametrize("page", ["/large", "/declared-large", "/bomb/1", "/bomb/3"])
def test_what_is_too_large_is_refused(web: Web, page: str) -> None:
    assert refusal(web.url(page)) == "too large, more than 20 MiB"


@pytest.mark.parametrize("page", ["/packed/whole", "/packed/parts"])
def test_a_packed_page_is_unpacked(web: Web, page: str) -> None:
    assert fetch(web.url(page), this_machine).content == PAGE.encode()


def test_a_page_in_chunks_is_put_together(web: Web) -> None:
    assert fetch(web.url("/chunks"), this_machine).content == b"The ferry stopped."


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("/brotli", "it is packed in a way that is not read (br)"),
        ("/twice", "it is packed in a way that is not read (gzip, gzip)"),
        ("/packed/cut", "it was cut off on the way; try again"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(web: Web, page: str, line: str) -> None:
    assert refusal(web.url(page)) == line


def test_a_type_that_is_not_read_is_refused_before_it_is_fetched(web: Web) -> None:
    line = refusal(web.url("/image"))
    assert line.startswith("cannot read this type of content (image/png); what is read is ")


@pytest.mark.parametrize(
    ("page", "media_type"),
    [
        ("/typed/twice", "text/html"),
        ("/undeclared", "text/html"),
        ("/notes.md", "text/markdown"),
        ("/text", "text/plain"),
    ],
)
def test_the_type_is_as_declared_or_as_it_looks(web: Web, page: str, media_type: str) -> None:
    assert fetch(web.url(page), this_machine).media_type == media_type


def test_the_declared_encoding_is_used(web: Web) -> None:
    url = web.url("/latin")
    page = fetch(url, this_machine)
    document = extract(Original(url, url, page.content, page.media_type, page.charset, page.url))
    assert "“Drivers don’t like it,” she said." in document.text


def test_a_type_that_is_none_is_refused(web: Web) -> None:
    assert refusal(web.url("/typed/odd")).startswith("cannot read this type of content (html)")


@pytest.mark.parametrize(
    "status",
    [
        "204 No Content",
        "206 Partial Content",
        "403 Forbidden",
        "404 Not Found",
        "500 Internal Server Error",
    ],
)
def test_an_error_of_the_server_is_told(web: Web, status: str) -> None:
    line = refusal(web.url(f"/status/{status.split()[0]}"))
    assert line == f"the server answers with HTTP status {status}"


@pytest.mark.parametrize("page", ["/garbage", "/hang-up", "/cut"])
def test_a_broken_answer_is_told(web: Web, page: str) -> None:
    assert refusal(web.url(page)).startswith("it cannot be fetched (")


def test_what_is_not_packed_as_declared_is_told(web: Web) -> None:
    assert refusal(web.url("/packed/wrong")).startswith("it is not packed as it says (")


def test_a_server_that_is_not_there_is_told(closed_port: int) -> None:
    line = refusal(f"http://{ADDRESS}:{closed_port}/")
    assert line.startswith("it cannot be fetched (ConnectError")


def test_a_host_that_is_not_known_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert refusal("http://news.example/").startswith("the host news.example cannot be found")


def test_a_certificate_that_nobody_signed_is_refused(secure_web: tuple[Web, Path]) -> None:
    server, _ = secure_web
    line = refusal(server.url("/text", "https"))
    assert line.startswith("the secure connection (TLS) fails (")
    assert "certificate" in line
    assert server.asked == []


def test_a_server_that_does_not_speak_tls_is_told(web: Web) -> None:
    assert refusal(web.url("/text", "https")).startswith("the secure connection (TLS) fails (")


def test_a_certificate_is_of_the_name_that_was_asked_for(
    secure_web: tuple[Web, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, authority = secure_web
    monkeypatch.setattr(certifi, "where", lambda: str(authority))
    assert fetch(server.url("/text", "https"), this_machine).content == b"The ferry stopped."
    monkeypatch.setattr(socket, "getaddrinfo", resolve_to([ADDRESS]))
    line = refusal(server.url("/text", "https", host="news.example"))
    assert "Hostname mismatch" in line


def test_a_proxy_is_not_used(web: Web, closed_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{ADDRESS}:{closed_port}")
    assert fetch(web.url("/text"), this_machine).content == b"The ferry stopped."


def test_it_can_be_used_where_an_event_loop_runs(web: Web) -> None:
    async def inside() -> bytes:
        return fetch(web.url("/text"), this_machine).content

    assert asyncio.run(inside()) == b"The ferry stopped."


def test_cookies_are_not_sent_back(web: Web) -> None:
    fetch(web.url("/hops/3"), this_machine)
    assert not any("Cookie" in headers for _, headers in web.asked)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTP://News.Example:80/A?b=c#d", "http://news.example/A?b=c"),
        ("https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/a//b", "https://news.example/a//b"),
    ],
)
def test_an_address_has_one_form(written: str, normal: str) -> None:
    assert normalise_url(written) == normalise_url(normal) == normal

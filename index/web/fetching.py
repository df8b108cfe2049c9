"""Pages from the web: from addresses that are allowed, and no longer or larger than is."""

import asyncio
import ipaddress
import socket
import ssl
import threading
from concurrent.futures import Future
from contextlib import suppress

import httpx

from index.errors import SourceError, in_one_line
from index.web.addresses import Address, AddressPolicy, is_public
from index.web.responses import Fetched, read_response

MAX_REDIRECTS = 5
TIMEOUT_SECONDS = 20.0
_MAX_PORT = 65535
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "User-Agent": "article-qa",
}


def normalise_url(url: str) -> str:
    """Returns a web address in the one form that names it, without its fragment.

    Raises:
        SourceError: It is none of http or https, or holds a password.
    """
    return str(_checked(url, None, url))


def fetch(url: str, allowed: AddressPolicy = is_public) -> Fetched:
    """Gets what a web address leads to, within 20 seconds in all.

    Each host is looked up once and the connection made to the very address that was checked, so
    that a name which changes its address meanwhile leads nowhere else. Proxies are not used.

    Args:
        url: It begins with http or https.
        allowed: Which addresses may be connected to, here and at every redirect.

    Raises:
        SourceError: It cannot be had: the address is refused, the host is unknown, the connection
            fails, the server answers with an error, or with what takes too long, is too large, or
            of a type that is not read.
    """
    done: Future[Fetched] = Future()

    def run() -> None:
        try:
            done.set_result(asyncio.run(_fetch(url, allowed)))
        except BaseException as error:  # It is raised again where it is waited for.
            done.set_exception(error)

    # A thread of its own, since the caller's may run an event loop; and a look-up of a name cannot
    # be interrupted, so that it is waited for no longer than the rest.
    threading.Thread(target=run, daemon=True).start()
    try:
        return done.result(TIMEOUT_SECONDS)
    except TimeoutError as error:
        raise SourceError(f"{url}: it took longer than {TIMEOUT_SECONDS:.0f} seconds") from error
    except SourceError:
        raise
    except Exception as error:  # httpx, and what is below it, raise what they stumble over.
        raise SourceError(f"{url}: {_reason(error)}") from error


async def _fetch(url: str, allowed: AddressPolicy) -> Fetched:
    visited: list[httpx.URL] = []
    following = _checked(url, None, url)
    async with (
        asyncio.timeout(TIMEOUT_SECONDS),
        httpx.AsyncClient(timeout=None, trust_env=False) as client,  # noqa: S113 - it has one
    ):
        while len(visited) <= MAX_REDIRECTS:
            if following in visited:
                raise SourceError(f"{url}: it redirects in a circle, to {following}")
            visited.append(following)
            response = await _get(client, following, url, allowed)
            try:
                if not response.has_redirect_location:
                    return await read_response(response, following, url)
                following = _checked(response.headers["Location"], following, url)
            finally:
                await response.aclose()
    raise SourceError(f"{url}: more than {MAX_REDIRECTS} redirects")


def _checked(location: str, base: httpx.URL | None, source: str) -> httpx.URL:
    """A web address that may be asked for; ``base`` is where it was redirected from, if it was."""
    try:
        url = base.join(location) if base else httpx.URL(location)
        url = url.copy_with(fragment=None, path=url.path or "/")
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceError(f"{source}: {location!r} is no web address ({error})") from error
    where = f", and it redirects to {url}" if base else ""
    if url.scheme not in {"http", "https"} or not url.raw_host:
        raise SourceError(f"{source}: only addresses of http and https are read{where}")
    if not 0 < (url.port or 1) <= _MAX_PORT:
        raise SourceError(f"{source}: there is no port {url.port}{where}")
    if url.userinfo:
        raise SourceError(f"{source}: addresses with a user name in them are not read{where}")
    return url


async def _get(
    client: httpx.AsyncClient, url: httpx.URL, source: str, allowed: AddressPolicy
) -> httpx.Response:
    """Asks the first of the host's addresses that can be reached; the body is not read yet."""
    host = url.raw_host.decode("ascii")
    failure: httpx.ConnectError | None = None
    for address in await _addresses(host, source, allowed):
        # Kept by address, a cookie would be sent to other hosts at the same one.
        client.cookies.clear()
        request = client.build_request(
            "GET",
            url.copy_with(host=str(address)),
            headers={**_HEADERS, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": host},
        )
        try:
            return await client.send(request, stream=True)
        except httpx.ConnectError as error:
            failure = error
    raise failure or SourceError(f"{source}: the host {host} has no address")


async def _addresses(host: str, source: str, allowed: AddressPolicy) -> list[Address]:
    """The addresses of a host, those of IPv4 first: not every network has the other."""
    addresses = await _looked_up(host, source)
    for address in addresses:
        if not allowed(address):
            raise SourceError(f"{source}: refused: {host} is at {address}, which is not public")
    return sorted(addresses, key=lambda address: (address.version, int(address)))


async def _looked_up(host: str, source: str) -> set[Address]:
    with suppress(ValueError):
        return {ipaddress.ip_address(host)}
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{source}: the host {host} cannot be found ({error})") from error
    return {ipaddress.ip_address(socket_address[0]) for *_, socket_address in found}


def _reason(error: Exception) -> str:
    """What went wrong with a connection; httpx hides TLS's own words behind its own."""
    cause: BaseException = error
    while inner := cause.__cause__ or cause.__context__:
        cause = inner
    if isinstance(cause, ssl.SSLError):
        what = getattr(cause, "verify_message", cause.reason)
        return f"the secure connection (TLS) fails ({what})"
    return f"it cannot be fetched ({in_one_line(error)})"

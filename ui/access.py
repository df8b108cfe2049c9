"""Who may use the page: the file of passwords, and whom a host lets in."""

import os
import secrets
import stat
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path

from index.errors import ArticleQAError


class AccessError(ArticleQAError):
    """The page would be open to more people than was said, or its passwords cannot be read."""


class Passwords:
    """Tells who may use the page; called with a name and a password, as Gradio does."""

    def __init__(self, passwords: Mapping[str, str]) -> None:
        """Takes each name's password."""
        self._digests = {name: _digest(password) for name, password in passwords.items()}
        self._nobodys = _digest(secrets.token_urlsafe())

    def __call__(self, name: str, password: str) -> bool:
        """Tells whether this is the name's password; takes as long for one that is unknown."""
        return compare_digest(self._digests.get(name, self._nobodys), _digest(password))


def read_passwords(path: Path) -> Passwords:
    """Reads a file with a line ``name:password`` for each who may use the page.

    Blank lines and lines that begin with # are passed over, and so are spaces around a line.

    Raises:
        AccessError: It cannot be read, everybody on this machine can read or write it, a line is
            of another form or names somebody again, or it names nobody.
    """
    passwords: dict[str, str] = {}
    for number, line in enumerate(_private_text(path).splitlines(), start=1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        name, _, password = entry.partition(":")
        if not name or not password:
            raise AccessError(f"{path}, line {number}: it is not of the form name:password")
        if name in passwords:
            raise AccessError(f"{path}, line {number}: the name {name} has a password already")
        passwords[name] = password
    if not passwords:
        raise AccessError(f"{path}: it names nobody; write a line name:password for each person")
    return Passwords(passwords)


def check_access(host: str, passwords: Passwords | None, *, allow_anonymous: bool) -> None:
    """Checks that a page without passwords is for this machine alone, or meant for anybody.

    Raises:
        AccessError: It is neither.
    """
    if passwords is None and not allow_anonymous and not is_loopback(host):
        raise AccessError(
            f"--host {host}: anybody who reaches this machine could ask and change the articles; "
            "name a file of passwords with --auth-file, or let anybody in with --allow-anonymous"
        )


def is_loopback(host: str) -> bool:
    """Tells whether a host is reached from this machine alone: localhost, 127.0.0.1, ::1."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _private_text(path: Path) -> str:
    try:
        # Windows has no such bits; who may read a file there is not in its mode.
        if os.name == "posix" and path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
            raise AccessError(
                f"{path}: everybody on this machine can read or write these passwords; take that "
                f"away with 'chmod o-rw {path}'"
            )
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise AccessError(f"{path}: it cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise AccessError(f"{path}: it is not text in UTF-8") from error


def _digest(password: str) -> bytes:
    """Makes passwords equally long, for comparing takes as long as they are."""
    return sha256(password.encode("utf-8", "surrogatepass")).digest()

"""Who may use the page."""

import os
from pathlib import Path

import pytest

from ui.access import AccessError, Passwords, check_access, is_loopback, read_passwords
from ui.settings import Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that only its owner can read."""
    path = tmp_path / "passwords"
    path.touch(0o600)
    return path


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])
def test_a_loopback_is_reached_from_this_machine_alone(host: str) -> None:
    assert is_loopback(host)
    check_access(host, None, allow_anonymous=False)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "", "192.168.1.2", "localhost.example.com", "127.0.0.1.example.com"]
)
def test_any_other_host_needs_passwords_or_leave(host: str) -> None:
    with pytest.raises(AccessError, match="--auth-file"):
        check_access(host, None, allow_anonymous=False)
    check_access(host, None, allow_anonymous=True)
    check_access(host, Passwords({"ann": "secret"}), allow_anonymous=False)


def test_each_name_has_its_own_password(file: Path) -> None:
    file.write_text("# Newsroom\n\nann:a:b # c\n  bea:naïve  \n", encoding="utf-8")
    passwords = read_passwords(file)
    assert passwords("ann", "a:b # c")
    assert passwords("bea", "naïve")
    assert not passwords("ann", "naïve")
    assert not passwords("ann", "")
    assert not passwords("cleo", "a:b # c")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ann:1\nbea\n", "line 2: it is not of the form name:password"),
        (":1\n", "line 1: it is not of the form"),
        ("\nann:\n", "line 2: it is not of the form"),
        ("ann:1\n\nann:2\n", "line 3: the name ann has a password already"),
        ("# nobody yet\n", "it names nobody"),
    ],
)
def test_a_fault_is_named_with_its_line_and_no_password(file: Path, text: str, fault: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AccessError, match=fault) as caught:
        read_passwords(file)
    assert str(file) in str(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="there are no such modes")
@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644])
def test_passwords_that_everybody_can_read_are_refused(file: Path, mode: int) -> None:
    file.write_text("ann:1\n", encoding="utf-8")
    file.chmod(mode)
    with pytest.raises(AccessError, match="chmod o-rw"):
        read_passwords(file)


def test_what_cannot_be_read_is_named(file: Path) -> None:
    with pytest.raises(AccessError, match="it cannot be read"):
        read_passwords(file.parent / "nowhere")
    file.write_bytes(b"ann:\xff\n")
    with pytest.raises(AccessError, match="not text in UTF-8"):
        read_passwords(file)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("[::1]", "http://[::1]:80"),
    ],
)
def test_an_address_has_ipv6_in_brackets(host: str, address: str) -> None:
    assert Settings(host=host, port=80).address == address

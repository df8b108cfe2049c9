"""``article-qa chat`` as a process."""

import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.page import HOST


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port


def chat(directory: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "--index", str(directory), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_prints_its_address_serves_the_page_and_stops_quietly(bundled_directory: Path) -> None:
    port = free_port()
    with chat(bundled_directory, port) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == f"The chat is at http://{HOST}:{port} (stop it with Ctrl-C)\n"
        with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=30) as response:
            assert response.status == 200
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors


def test_a_taken_port_is_one_clear_line(bundled_directory: Path, taken_port: int) -> None:
    with chat(bundled_directory, taken_port) as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors == (
        f"article-qa: port {taken_port} cannot be used, perhaps it is taken; "
        "name another with --port\n"
    )
    assert output == ""


def test_a_missing_index_is_one_clear_line(tmp_path: Path) -> None:
    with chat(tmp_path / "nowhere", free_port()) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors.startswith(f"article-qa: {tmp_path / 'nowhere'}")
    assert "there is no index" in errors


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's table of sockets")
def test_it_listens_on_this_machine_alone(bundled_directory: Path) -> None:
    port = free_port()
    with chat(bundled_directory, port) as process:
        assert process.stdout is not None
        process.stdout.readline()
        addresses = {
            line.split()[1]
            for line in Path("/proc/net/tcp").read_text("ascii").splitlines()
            if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
        }
        process.kill()
    assert addresses == {f"0100007F:{port:04X}"}


def test_a_port_that_is_none_is_bad_use(bundled_directory: Path) -> None:
    with chat(bundled_directory, 99999) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Traceback" not in errors


def test_a_proxy_is_not_asked_for_this_machine(
    bundled_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with chat(bundled_directory, free_port()) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("The chat is at")
        process.kill()

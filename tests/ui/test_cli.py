"""``article-qa chat`` as a process."""

import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.ui.ports import free_port
from ui.settings import HOST


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def chat(directory: Path, port: int, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "--index", str(directory), "--port", str(port), *options],
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
        f"article-qa: port {taken_port} of {HOST} cannot be used, perhaps it is taken; "
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


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "news.example.com"])
def test_it_is_not_open_to_others_unless_told_to(bundled_directory: Path, host: str) -> None:
    with chat(bundled_directory, free_port(), "--host", host) as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors == (
        f"article-qa: --host {host}: anybody who reaches this machine could ask and change the "
        "articles; name a file of passwords with --auth-file, or let anybody in with "
        "--allow-anonymous\n"
    )
    assert output == ""


def test_it_is_open_to_others_when_told_to(bundled_directory: Path) -> None:
    port = free_port()
    with chat(bundled_directory, port, "--host", "0.0.0.0", "--allow-anonymous") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(f"The chat is at http://0.0.0.0:{port} ")
        with urllib.request.urlopen(f"http://{HOST}:{port}/config", timeout=30) as response:
            assert response.status == 200
        process.kill()


def test_with_passwords_it_is_open_to_those_who_have_one(
    bundled_directory: Path, tmp_path: Path
) -> None:
    port = free_port()
    passwords = tmp_path / "passwords"
    passwords.write_text("ann:its 5 o'clock\n", encoding="utf-8")
    passwords.chmod(0o600)
    options = ["--host", "0.0.0.0", "--auth-file", str(passwords)]
    with chat(bundled_directory, port, *options) as process:
        assert process.stdout is not None
        process.stdout.readline()
        refused = httpx.get(f"http://{HOST}:{port}/config", timeout=30)
        with httpx.Client(base_url=f"http://{HOST}:{port}", timeout=30) as ann:
            ann.post("/login", data={"username": "ann", "password": "its 5 o'clock"})
            let_in = ann.get("/config")
        process.kill()
    assert (refused.status_code, let_in.status_code) == (401, 200)


def test_a_fault_in_the_passwords_is_one_clear_line(
    bundled_directory: Path, tmp_path: Path
) -> None:
    passwords = tmp_path / "passwords"
    passwords.write_text("# who may ask\nann\n", encoding="utf-8")
    passwords.chmod(0o600)
    with chat(bundled_directory, free_port(), "--auth-file", str(passwords)) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors == f"article-qa: {passwords}, line 2: it is not of the form name:password\n"


@pytest.mark.skipif(not socket.has_ipv6, reason="needs IPv6")
def test_it_is_served_over_ipv6_too(bundled_directory: Path) -> None:
    port = free_port()
    with chat(bundled_directory, port, "--host", "::1") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(f"The chat is at http://[::1]:{port} ")
        process.kill()


def test_a_root_path_that_is_none_is_bad_use(bundled_directory: Path) -> None:
    with chat(bundled_directory, free_port(), "--root-path", "news") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "begins with /" in errors


def test_it_says_where_the_tools_are(bundled_directory: Path) -> None:
    port = free_port()
    with chat(bundled_directory, port, "--mcp") as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert process.stdout.readline() == f"Its MCP tools are at http://{HOST}:{port}/mcp\n"
        process.kill()


def test_tools_without_their_package_name_what_to_install(bundled_directory: Path) -> None:
    program = "import sys; sys.modules['mcp'] = None; from ui.cli import app; app()"
    options = ["--index", str(bundled_directory), "--port", str(free_port()), "--mcp"]
    run = subprocess.run(
        [sys.executable, "-c", program, *options], capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert run.stderr == ("article-qa: --mcp needs one more package: pip install 'mcp>=1.21,<2'\n")

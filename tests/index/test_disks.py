"""The disk is full, or nothing can be written to it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article_index import STORE_FILE, VECTORS_FILE, ArticleIndex
from index.encoder import OnnxEncoder, load_encoder
from index.errors import IndexStateError, ModelError
from index.ingestion import add_sources
from index.locations import cache_directory
from index.store import Store
from tests.index.commands import article_qa, ended
from tests.index.disks import IN_NAMESPACE, Disk, can_mount_in_namespace, small_disk

QUESTION = "Was anyone hurt in Westmark?"
KILLED_WRITER = """if True:
    import os, signal, sys
    from pathlib import Path
    from index.store import Store

    with Store(Path(sys.argv[1])).writing() as db:
        db.execute("PRAGMA cache_size = 1")  # So that pages are written before the end.
        db.execute("UPDATE passages SET vector = zeroblob(1536)")
        db.execute("UPDATE articles SET text = replace(text, 'Nobody', 'Everybody')")
        os.kill(os.getpid(), signal.SIGKILL)
"""
ASK_AS_NOBODY = """if True:
    import os, sys
    from qa.cli import app

    app(standalone_mode=False)
    os.remove(os.path.join(sys.argv[-1], "vectors.faiss"))
    os.chmod(sys.argv[-1], 0o555)
    if os.getuid() == 0:
        os.setuid(65534)
    app()
"""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def directory(disk: Disk, indexes: Path) -> Path:
    """An index of the bridge and the flood, on the small disk."""
    return Path(shutil.copytree(indexes / "two", disk.root / "index"))


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """An article that takes megabytes with its vectors."""
    sentences = (f"The price of item {i} rose by {i} percent.\n\n" for i in range(600))
    (tmp_path / "large.txt").write_text("".join(sentences))
    return tmp_path / "large.txt"


def answers(directory: Path, encoder: OnnxEncoder) -> list[str]:
    """What a sound index finds."""
    with ArticleIndex(directory, Store(directory / STORE_FILE), encoder) as index:
        assert index.verify() == []
        return [hit.passage.text for hit in index.search(QUESTION)]


@pytest.mark.parametrize("free", [0, 64 * 1024, 1024 * 1024])
def test_a_full_disk_stops_an_adding_and_leaves_what_was_there(
    disk: Disk, directory: Path, encoder: OnnxEncoder, large: Path, free: int
) -> None:
    before = answers(directory, encoder)
    disk.fill(free)
    status, printed, error = ended(article_qa("index", "add", large, "--index", directory))
    assert (status, printed) == (2, "")
    path = directory / STORE_FILE
    assert error == f"article-qa: {path}: the disk is full; make space and try again\n"
    assert answers(directory, encoder) == before
    disk.make_space()
    assert ended(article_qa("index", "add", large, "--index", directory))[0] == 0
    assert answers(directory, encoder)[0] == before[0]


def test_vectors_that_no_space_is_left_for_are_no_error(
    disk: Disk, directory: Path, encoder: OnnxEncoder
) -> None:
    before = answers(directory, encoder)
    (directory / VECTORS_FILE).unlink()
    disk.fill()
    assert answers(directory, encoder) == before
    assert [path.name for path in directory.iterdir()] == [STORE_FILE]
    disk.make_space()
    assert answers(directory, encoder) == before
    assert (directory / VECTORS_FILE).exists()


@pytest.mark.parametrize("free", [0, 16 * 1024])
def test_an_index_that_no_space_is_left_for_is_made_later(
    disk: Disk, large: Path, free: int
) -> None:
    disk.fill(free)
    with pytest.raises(IndexStateError, match=r"passages.sqlite: the disk is full"):
        ArticleIndex.open(disk.root / "new", create=True)
    disk.make_space()
    with ArticleIndex.open(disk.root / "new", create=True) as index:
        list(add_sources(index, [large]))
        assert index.verify() == []


@pytest.mark.parametrize("free", [0, 4 * 1024, 32 * 1024])
def test_an_encoder_that_no_space_is_left_for_is_exported_later(
    disk: Disk, small_model: Path, monkeypatch: pytest.MonkeyPatch, free: int
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(disk.root / "cache"))
    cache_directory().mkdir(parents=True)
    disk.fill(free)
    with pytest.raises(ModelError, match=r"cannot be written there: .*No space left") as raised:
        load_encoder(str(small_model))
    assert str(raised.value).startswith(str(cache_directory()))
    assert not list(cache_directory().glob("encoders/*"))
    disk.make_space()
    assert load_encoder(str(small_model)).encode(["a bridge"]).shape == (1, 8)


def test_a_disk_that_is_read_only_answers(
    disk: Disk, directory: Path, encoder: OnnxEncoder
) -> None:
    before = answers(directory, encoder)
    status, printed, _ = ended(article_qa("qa", QUESTION, "--index", directory))
    assert status == 0
    assert "Nobody in Westmark was hurt." in printed
    (directory / VECTORS_FILE).unlink()
    disk.make_read_only()
    assert answers(directory, encoder) == before
    assert ended(article_qa("qa", QUESTION, "--index", directory)) == (0, printed, "")


def test_what_a_killed_writer_left_is_undone(directory: Path, encoder: OnnxEncoder) -> None:
    before = answers(directory, encoder)
    kill_writer(directory)
    assert answers(directory, encoder) == before


def test_what_a_killed_writer_left_cannot_be_undone_on_a_disk_that_is_read_only(
    disk: Disk, directory: Path
) -> None:
    kill_writer(directory)
    disk.make_read_only()
    for package, command in [("qa", [QUESTION]), ("index", ["verify"])]:
        status, printed, error = ended(article_qa(package, *command, "--index", directory))
        assert (status, printed) == (2, "")
        assert error == (
            f"article-qa: {directory / STORE_FILE}: a program was killed while it wrote; "
            "open it once where it can be written\n"
        )


def test_a_folder_that_is_read_only_answers_an_ordinary_user(
    small_model: Path, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root is stopped by no mode, and becomes nobody after a first question has imported all."""
    with tempfile.TemporaryDirectory(dir="/tmp") as scratch:
        monkeypatch.setenv("XDG_CACHE_HOME", scratch)
        directory = Path(scratch) / "index"
        with ArticleIndex.open(directory, model=str(small_model), create=True) as index:
            list(add_sources(index, [large]))
        (directory / STORE_FILE).chmod(0o444)
        Path(scratch).chmod(0o755)
        command = [sys.executable, "-c", ASK_AS_NOBODY, "What rose by 7 percent?"]
        done = subprocess.run(
            [*command, "--index", directory], capture_output=True, text=True, check=False
        )
        left = [path.name for path in directory.iterdir()]
        directory.chmod(0o755)
    assert (done.returncode, left) == (0, [STORE_FILE]), done.stderr
    first, second = done.stdout[: len(done.stdout) // 2], done.stdout[len(done.stdout) // 2 :]
    assert first == second
    assert "The price of item" in second


@pytest.mark.skipif(os.geteuid() == 0, reason="root needs no namespace")
def test_an_ordinary_user_tries_all_of_this_in_a_namespace() -> None:
    if not can_mount_in_namespace():
        pytest.skip("this system lets no ordinary user mount a disk")
    command = [sys.executable, "-m", "pytest", "-q", "-k", "not ordinary", __file__]
    done = subprocess.run([*IN_NAMESPACE, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def kill_writer(directory: Path) -> None:
    """Leaves a file that is half written, with the journal to undo that."""
    path = directory / STORE_FILE
    before = path.read_bytes()
    subprocess.run([sys.executable, "-c", KILLED_WRITER, path], check=False)
    assert path.with_name(f"{STORE_FILE}-journal").exists()
    assert path.read_bytes() != before

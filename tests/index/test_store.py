import gc
import sqlite3
import threading
from pathlib import Path

import pytest

from index import store as store_module
from index.errors import IndexStateError
from index.store import FORMAT_VERSION, Store, generation


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "passages.sqlite"


@pytest.fixture
def store(path: Path) -> Store:
    return Store.create(path, {"model": "m"})


def current(store: Store) -> str:
    with store.reading() as db:
        return generation(db)


def set_model(db: sqlite3.Connection, value: str) -> None:
    db.execute("UPDATE settings SET value = ? WHERE name = 'model'", [value])


def model(store: Store) -> str:
    with store.reading() as db:
        return str(db.execute("SELECT value FROM settings WHERE name = 'model'").fetchone()[0])


def test_settings_are_kept(store: Store, path: Path) -> None:
    settings = Store(path).settings
    assert settings == store.settings
    assert (settings["model"], settings["format"]) == ("m", FORMAT_VERSION)


def test_what_is_there_is_not_created_again(store: Store, path: Path) -> None:
    assert Store.create(path, {"model": "another"}).settings == store.settings


def test_folders_are_made_on_the_way(tmp_path: Path) -> None:
    assert Store.create(tmp_path / "a" / "b" / "passages.sqlite", {}).path.is_file()


def test_the_journal_can_be_read_from_read_only_media(store: Store) -> None:
    with store.reading() as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_missing_file_says_what_to_do(path: Path) -> None:
    with pytest.raises(IndexStateError, match="there is no index; add articles to it first"):
        Store(path)
    assert not path.exists()


@pytest.mark.parametrize(
    "content", [b"not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 99]
)
def test_a_file_that_is_no_database(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(IndexStateError, match=r"the index is damaged.*delete it") as raised:
        Store(path)
    assert str(raised.value).startswith(f"{path}: ")


def test_a_truncated_file_is_damaged(store: Store, path: Path) -> None:
    store.close()
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(IndexStateError, match="damaged"):
        Store(path)


def test_a_database_of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes (name)")
    with pytest.raises(IndexStateError, match="no such table: settings"):
        Store(path)


def test_another_format_says_what_to_do(store: Store, path: Path) -> None:
    with store.writing() as db:
        db.execute("UPDATE settings SET value = '999' WHERE name = 'format'")
    with pytest.raises(IndexStateError, match=r"its format is version 999.*delete the folder"):
        Store(path)


@pytest.mark.parametrize("name", ["format", "generation"])
def test_a_setting_that_is_missing_is_damage(store: Store, path: Path, name: str) -> None:
    with store.writing() as db:
        db.execute("DELETE FROM settings WHERE name = ?", [name])
    with pytest.raises(IndexStateError, match=rf"damaged \(it has no {name}\)"):
        Store(path)


def test_a_generation_that_goes_missing_is_damage(store: Store) -> None:
    with store.writing() as db:
        db.execute("DELETE FROM settings WHERE name = 'generation'")
    with pytest.raises(IndexStateError, match="it has no generation"):
        current(store)


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(IndexStateError, match=r"there is no index|cannot be opened"):
        Store(tmp_path / name)


def test_a_file_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "passages.sqlite").mkdir()
    with pytest.raises(IndexStateError, match="unable to open database file"):
        Store.create(tmp_path / "passages.sqlite", {})


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexStateError, match=r"file/index: cannot be made .*Not a directory"):
        Store.create(tmp_path / "file" / "index" / "passages.sqlite", {})


def test_every_writing_begins_a_new_generation(store: Store) -> None:
    generations = [current(store)]
    for _ in range(2):
        with store.writing():
            pass
        generations.append(current(store))
    assert generations[0] == store_module.NEVER_WRITTEN
    assert len(set(generations)) == 3


def test_an_error_undoes_the_writing(store: Store) -> None:
    def fail() -> None:
        with store.writing() as db:
            set_model(db, "half done")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (model(store), current(store)) == ("m", store_module.NEVER_WRITTEN)


def test_an_error_of_sqlite_is_named_and_undone(store: Store, path: Path) -> None:
    def fail() -> None:
        with store.writing() as db:
            set_model(db, "half done")
            db.execute("SELECT * FROM nowhere")

    with pytest.raises(IndexStateError, match="no such table: nowhere") as raised:
        fail()
    assert str(raised.value).startswith(f"{path}: ")
    assert model(store) == "m"


def test_another_store_sees_what_is_committed(store: Store, path: Path) -> None:
    another = Store(path)
    with store.writing() as db:
        set_model(db, "new")
    assert model(another) == "new"


def test_a_reader_keeps_its_view_while_another_writes(store: Store, path: Path) -> None:
    """A writer waits for the reader to end; what it writes until then is not seen."""
    another, wrote = Store(path), threading.Event()

    def write() -> None:
        with another.writing() as db:
            set_model(db, "new")
            wrote.set()

    thread = threading.Thread(target=write)
    with store.reading() as db:
        before = generation(db)
        thread.start()
        assert wrote.wait(10)
        assert generation(db) == before
    thread.join(10)
    assert model(store) == "new"
    assert current(store) != before


def test_writers_of_many_threads_take_turns(store: Store) -> None:
    def write() -> None:
        for _ in range(5):
            with store.writing() as db:
                (count,) = db.execute("SELECT length(value) FROM settings WHERE name = 'model'")
                set_model(db, "m" * (count[0] + 1))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(model(store)) == 21


def test_a_lock_that_stays_is_an_error(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_BUSY_SECONDS", 0.05)
    another = Store(path)
    with (
        store.writing(),
        pytest.raises(IndexStateError, match="another program has been writing"),
        another.writing(),
    ):
        pass


def test_a_closed_store_opens_again_when_it_is_used(store: Store) -> None:
    store.close()
    assert model(store) == "m"


def test_threads_that_ended_leave_no_connection_open(store: Store) -> None:
    for _ in range(20):
        thread = threading.Thread(target=current, args=[store])
        thread.start()
        thread.join()
    gc.collect()
    assert len(store._connections) <= 2


def test_closing_while_another_thread_reads_is_no_damage(store: Store) -> None:
    def read() -> None:
        with store.reading() as db:
            store.close()
            generation(db)

    with pytest.raises(IndexStateError, match="was closed meanwhile"):
        read()

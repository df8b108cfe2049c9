"""Conversations in their file."""

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.article_index import ArticleIndex
from tests.index.disks import small_disk
from tests.ui.answers import answered, citation, refused
from ui.chats import ChatStore, random_id
from ui.database import CHATS_FILE, ChatFileError
from ui.feedback import Feedback

RAIN = answered("Did it rain?", citation("Rain fell."))
SNOW = refused("Did it snow?", citation("Rain fell."))
ANA, BEN = "browser of Ana", "browser of Ben"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / CHATS_FILE


@pytest.fixture
def store(path: Path) -> Iterator[ChatStore]:
    with ChatStore.open(path) as store:
        yield store


def test_a_chat_survives_a_restart(path: Path) -> None:
    with ChatStore.open(path) as store:
        chat = store.append(ANA, None, RAIN)
        assert store.append(ANA, chat, SNOW) == chat
    with ChatStore.open(path) as store:
        assert store.turns(ANA, chat) == [RAIN, SNOW]
        assert [c.id for c in store.chats(ANA)] == [chat]


def test_a_chat_is_listed_by_its_first_question_and_latest_time(store: ChatStore) -> None:
    before = datetime.now(UTC)
    store.append(ANA, store.append(ANA, None, RAIN), SNOW)
    (chat,) = store.chats(ANA)
    assert chat.title == "Did it rain?"
    assert before <= chat.updated <= datetime.now(UTC)


def test_the_chat_that_was_continued_last_is_the_first(store: ChatStore) -> None:
    first, second = store.append(ANA, None, RAIN), store.append(ANA, None, SNOW)
    assert [c.id for c in store.chats(ANA)] == [second, first]
    store.append(ANA, first, SNOW)
    assert [c.id for c in store.chats(ANA)] == [first, second]


def test_a_long_question_is_shortened_on_a_word(store: ChatStore) -> None:
    store.append(ANA, None, answered("word " * 50, citation("Rain fell.")))
    (chat,) = store.chats(ANA)
    assert chat.title == "word " * 11 + "word…"


def test_a_long_word_is_cut(store: ChatStore) -> None:
    store.append(ANA, None, answered("字" * 500, citation("Rain fell.")))
    (chat,) = store.chats(ANA)
    assert chat.title == "字" * 59 + "…"


def test_nobody_gets_another_browsers_chats(store: ChatStore) -> None:
    chat = store.append(ANA, None, RAIN)
    assert store.chats(BEN) == []
    assert store.turns(BEN, chat) == []
    store.remove(BEN, chat)
    store.keep(BEN, chat, 0)
    store.append(BEN, chat, SNOW)
    assert store.turns(ANA, chat) == [RAIN]
    assert store.turns(BEN, chat) == [SNOW]


def test_the_turns_after_the_kept_ones_are_dropped(store: ChatStore) -> None:
    chat = store.append(ANA, None, RAIN)
    for turn in (SNOW, SNOW):
        store.append(ANA, chat, turn)
    store.keep(ANA, chat, 1)
    store.append(ANA, chat, RAIN)
    assert store.turns(ANA, chat) == [RAIN, RAIN]


def test_a_chat_whose_first_question_is_asked_again_has_its_title(store: ChatStore) -> None:
    chat = store.append(ANA, None, RAIN)
    store.keep(ANA, chat, 0)
    assert store.append(ANA, chat, SNOW) == chat
    assert [(c.id, c.title) for c in store.chats(ANA)] == [(chat, "Did it snow?")]


def test_a_removed_chat_is_gone_and_the_others_stay(store: ChatStore) -> None:
    removed, kept = store.append(ANA, None, RAIN), store.append(ANA, None, SNOW)
    store.remove(ANA, removed)
    assert store.turns(ANA, removed) == []
    assert [c.id for c in store.chats(ANA)] == [kept]


def test_what_asks_for_no_chat_gets_none(store: ChatStore) -> None:
    store.remove(ANA, "no such chat")
    assert store.turns(ANA, "no such chat") == []


def test_ids_are_long_and_different() -> None:
    ids = {random_id() for _ in range(100)}
    assert len(ids) == 100
    assert min(map(len, ids)) >= 22


def test_threads_share_it(store: ChatStore) -> None:
    chat = store.append(ANA, None, RAIN)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.append(ANA, chat, SNOW), range(50)))
        chats = list(pool.map(lambda _: store.append(BEN, None, RAIN), range(20)))
    assert len(store.turns(ANA, chat)) == 51
    assert {c.id for c in store.chats(BEN)} == set(chats)


def test_two_servers_share_the_file(store: ChatStore, path: Path) -> None:
    with ChatStore.open(path) as other:
        chat = other.append(ANA, None, RAIN)
        store.append(ANA, chat, SNOW)
        assert other.turns(ANA, chat) == [RAIN, SNOW]


def test_one_in_memory_keeps_while_it_is_open() -> None:
    with ChatStore.in_memory() as store, ThreadPoolExecutor(1) as pool:
        chat = pool.submit(store.append, ANA, None, RAIN).result()
        assert store.turns(ANA, chat) == [RAIN]
    with ChatStore.in_memory() as store:
        assert store.chats(ANA) == []


def test_a_closed_one_says_so(path: Path) -> None:
    with ChatStore.open(path) as store:
        pass
    with pytest.raises(ChatFileError, match="it was closed meanwhile"):
        store.chats(ANA)


@pytest.mark.parametrize(
    "content", [b"Shopping list\n" * 100, b"SQLite format 3\x00" + b"\xff" * 99]
)
def test_a_file_that_is_no_database_is_named(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ChatFileError, match=r"it is damaged.*move it away") as raised:
        ChatStore.open(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes (name)")
    content = path.read_bytes()
    with pytest.raises(ChatFileError, match="of another program or version") as raised:
        ChatStore.open(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert path.read_bytes() == content


def test_a_truncated_file_is_damaged(store: ChatStore, path: Path) -> None:
    store.append(ANA, None, RAIN)
    store.close()
    path.write_bytes(path.read_bytes()[:6000])
    with pytest.raises(ChatFileError, match="damaged"), ChatStore.open(path) as opened:
        opened.chats(ANA)


def test_a_damaged_answer_is_told_with_the_file(store: ChatStore, path: Path) -> None:
    chat = store.append(ANA, None, RAIN)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE turns SET answer = '{}'")
    with pytest.raises(ChatFileError, match=r"it is damaged .*no record of an answer") as raised:
        store.turns(ANA, chat)
    assert str(raised.value).startswith(f"{path}: ")


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChatFileError, match=r"nowhere/chats\.sqlite: it cannot be read or written"):
        ChatStore.open(tmp_path / "nowhere" / CHATS_FILE)


def test_a_disk_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        path = disk.root / CHATS_FILE
        with ChatStore.open(path) as store:
            store.append(ANA, None, RAIN)
        disk.make_read_only()
        with pytest.raises(ChatFileError, match="readonly"):
            ChatStore.open(path)
        with pytest.raises(ChatFileError, match="cannot be read or written"):
            ChatStore.open(disk.root / "new.sqlite")


def test_the_index_beside_it_stays_sound(bundled_directory: Path, tmp_path: Path) -> None:
    directory = Path(shutil.copytree(bundled_directory, tmp_path / "index"))
    with ArticleIndex.open(directory) as index:
        with ChatStore.open(index.directory / CHATS_FILE) as store:
            store.append(ANA, None, RAIN)
        assert index.verify() == []
    with ArticleIndex.open(directory) as index:
        assert index.verify() == []
        assert len(index.articles()) == 1


def test_marks_and_chats_share_the_file(store: ChatStore, path: Path) -> None:
    with Feedback.open(path) as feedback:
        chat = store.append(ANA, None, RAIN)
        feedback.mark(ANA, RAIN, "right")
        assert store.turns(ANA, chat) == [RAIN]
        assert len(feedback.marks()) == 1

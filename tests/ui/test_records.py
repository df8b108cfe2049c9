"""Conversations and marks, in one file beside the index."""

import sqlite3
from pathlib import Path

import pytest

from tests.ui.answers import answered, citation
from ui.chats import ChatStore
from ui.database import CHATS_FILE, ChatFileError
from ui.feedback import Feedback
from ui.records import Records

RAIN = answered("Did it rain?", citation("Rain fell."))
ANA = "browser of Ana"


def assert_keeps(records: Records) -> None:
    chat = records.chats.append(ANA, None, RAIN)
    records.feedback.mark(ANA, RAIN, "right")
    assert records.chats.turns(ANA, chat) == [RAIN]
    assert records.feedback.mark_of(ANA, RAIN) is not None


def test_both_are_kept_in_one_file_of_the_folder(tmp_path: Path) -> None:
    with Records.open(tmp_path) as records:
        assert records.problem is None
        assert_keeps(records)
    path = tmp_path / CHATS_FILE
    with ChatStore.open(path) as chats, Feedback.open(path) as feedback:
        assert len(chats.chats(ANA)) == 1
        assert len(feedback.marks()) == 1


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    with Records.open(tmp_path) as records:
        chat = records.chats.append(ANA, None, RAIN)
    with Records.open(tmp_path) as records:
        assert records.chats.turns(ANA, chat) == [RAIN]


def test_a_file_of_another_program_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / CHATS_FILE
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes (name)")
    content = path.read_bytes()
    with Records.open(tmp_path) as records:
        assert records.problem is not None
        assert records.problem.startswith(f"{path}: it is of another program")
        assert_keeps(records)
    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.write_text("This is a file.")
    with Records.open(folder) as records:
        assert records.problem is not None
        assert records.problem.startswith(f"{folder / CHATS_FILE}: it cannot be read or written")
        assert_keeps(records)


def test_what_is_kept_in_memory_is_gone_the_next_time(tmp_path: Path) -> None:
    for _ in range(2):
        with Records.open(tmp_path / "nowhere") as records:
            assert records.chats.chats(ANA) == []
            assert_keeps(records)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_both_are_closed_with_it(tmp_path: Path, folder: str) -> None:
    with Records.open(tmp_path / folder) as records:
        pass
    with pytest.raises(ChatFileError, match="it was closed meanwhile"):
        records.chats.chats(ANA)
    with pytest.raises(ChatFileError, match="it was closed meanwhile"):
        records.feedback.marks()

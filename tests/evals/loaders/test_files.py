"""Reading files: what is wrong in one is said with its place. Documents: exact positions."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.loaders.files import (
    add_text,
    folder_of,
    located,
    make_document,
    read_json,
    read_json_lines,
    read_table,
)
from index.errors import SourceError
from index.types import Document


@dataclass(frozen=True)
class Boat:
    name: str
    oars: int


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "boats"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_json(tmp_path: Path) -> None:
    path = written(tmp_path, '{"name": "Skerry", "oars": 4, "colour": "red"}')
    assert read_json(path, Boat) == Boat("Skerry", 4)


def test_json_lines_come_with_their_places(tmp_path: Path) -> None:
    path = written(tmp_path, '{"name": "a\u2028b", "oars": 1}\r\n\n  \n{"name": "c", "oars": 2}')
    assert list(read_json_lines(path, Boat)) == [
        (f"{path}: line 1", Boat("a\u2028b", 1)),
        (f"{path}: line 4", Boat("c", 2)),
    ]


def test_a_table_names_its_columns(tmp_path: Path) -> None:
    path = written(tmp_path, 'oars\tname\r\n2\ta "b\r\n')
    assert list(read_table(path, Boat)) == [(f"{path}: line 2", Boat('a "b', 2))]


def test_a_table_without_names_is_told_them(tmp_path: Path) -> None:
    path = written(tmp_path, "a\t2\n\nb\t3\n")
    boats = [boat for _, boat in read_table(path, Boat, columns=("name", "oars"))]
    assert boats == [Boat("a", 2), Boat("b", 3)]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", r"boats: Invalid JSON"),
        ("{", r"boats: Invalid JSON"),
        (b'{"name": "\xff", "oars": 1}', r"boats: Invalid JSON"),
        ("[]", r"boats: Input should be an object"),
        ('{"name": "a"}', r"boats: oars: Field required"),
        ('{"name": 1, "oars": 1}', r"boats: name: Input should be a valid string"),
        ('{"name": "a", "oars": "1"}', r"boats: oars: Input should be a valid integer"),
    ],
)
def test_wrong_json(tmp_path: Path, content: str | bytes, fault: str) -> None:
    with pytest.raises(SourceError, match=fault):
        read_json(written(tmp_path, content), Boat)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", r"boats: line 3: Invalid JSON"),
        (b'{"name": "\xff", "oars": 1}', r"boats: line 3: Invalid JSON"),
        ('{"oars": 1}', r"boats: line 3: name: Field required"),
        ('{"name": "a", "oars": true}', r"boats: line 3: oars: Input should be a valid integer"),
    ],
)
def test_a_wrong_line(tmp_path: Path, line: str | bytes, fault: str) -> None:
    line = line.encode() if isinstance(line, str) else line
    path = written(tmp_path, b'{"name": "a", "oars": 1}\n\n' + line)
    with pytest.raises(SourceError, match=fault):
        list(read_json_lines(path, Boat))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (b"a", r"boats: line 2: oars: Field required"),
        (b"a\tb", r"boats: line 2: oars: Input should be a valid integer"),
        (b"\xff\t1", r"boats: line 2: 'utf-8' codec can't decode"),
    ],
)
def test_a_wrong_row(tmp_path: Path, row: bytes, fault: str) -> None:
    with pytest.raises(SourceError, match=fault):
        list(read_table(written(tmp_path, b"name\toars\n" + row), Boat))


@pytest.mark.parametrize(
    "read",
    [
        lambda path: read_json(path, Boat),
        lambda path: list(read_json_lines(path, Boat)),
        lambda path: list(read_table(path, Boat)),
    ],
)
def test_what_cannot_be_opened(tmp_path: Path, read: Callable[[Path], object]) -> None:
    with pytest.raises(SourceError, match="missing: No such file"):
        read(tmp_path / "missing")
    with pytest.raises(SourceError, match="Is a directory"):
        read(tmp_path)


def test_a_fault_is_one_line_after_its_place() -> None:
    with pytest.raises(SourceError, match=r"^here: that is wrong$"), located("here"):
        raise ValueError("that is wrong")


def test_a_fault_with_a_place_keeps_it() -> None:
    with pytest.raises(SourceError, match=r"^there: wrong$"), located("here"):
        raise SourceError("there: wrong")


def test_the_folder_is_named_by_itself_or_a_file(tmp_path: Path) -> None:
    assert folder_of(tmp_path) == folder_of(written(tmp_path, "")) == tmp_path
    assert folder_of(tmp_path / "missing") == tmp_path / "missing"


@given(st.lists(st.text()))
def test_paragraphs_stand_where_they_are_said_to(paragraphs: list[str]) -> None:
    document = make_document("key", paragraphs)
    assert [document.text[start:end] for start, end in document.paragraphs] == paragraphs
    assert document.text == "\n".join(paragraphs)


def test_the_key_is_the_title_of_what_has_none() -> None:
    assert make_document("7", ["a"]).title == "7"
    assert make_document("7", ["a"], "Herons").title == "Herons"


def test_a_text_is_added_once() -> None:
    documents: dict[str, Document] = {}
    first = add_text(documents, "a", "A")
    other = add_text(documents, "b", "B")
    assert add_text(documents, "a", "C") is first
    assert [first.key, other.key] == ["0", "1"]
    assert list(documents.values()) == [first, other]

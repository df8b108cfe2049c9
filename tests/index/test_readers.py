import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from index import readers
from index.errors import SourceError
from index.formats import SUFFIXES, extract
from index.readers import (
    Source,
    bundled_document,
    pasted,
    read_file,
    read_sources,
    source_key,
    source_name,
)
from index.types import Document, MediaType, Original


def write(path: Path, content: str | bytes = "The ferry stopped. Nobody knew why.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_document(path: Path) -> Document:
    return extract(read_file(path))


def read_names(sources: Sequence[Source]) -> list[str]:
    """The names of the files that are read, and the lines of the errors."""
    read = read_sources(sources)
    return [str(one) if isinstance(one, SourceError) else Path(one.key).stem for one in read]


def test_the_packaged_article_has_all_its_facts() -> None:
    document = bundled_document()
    assert document.title.startswith("US says no breakthrough")
    assert str(document.published) == "2022-01-10"
    assert document.key == "bundled:us-russia-talks-2022-01-10"
    assert len(document.paragraphs) == 37


def test_the_key_is_the_resolved_path(tmp_path: Path) -> None:
    path = write(tmp_path / "ferry.txt")
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    original = read_file(link)
    assert original.key == original.source == source_key(link) == str(path.resolve())


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_the_type_of_a_file_is_known_by_its_suffix(tmp_path: Path, suffix: str) -> None:
    for name in [f"a{suffix}", f"b{suffix.upper()}"]:
        original = read_file(write(tmp_path / name, b"\x00 whatever"))
        assert (original.content, original.media_type) == (b"\x00 whatever", SUFFIXES[suffix])
        assert (original.charset, original.url) == (None, None)


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.MD"])
def test_markdown_is_read_by_its_suffix(tmp_path: Path, name: str) -> None:
    assert read_document(write(tmp_path / name, "# Ferry stops\n\nAt noon.")).title == "Ferry stops"


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.TXT"])
def test_text_is_read_by_its_suffix(tmp_path: Path, name: str) -> None:
    assert read_document(write(tmp_path / name, "# Ferry stops\n\nAt noon.")).title.startswith("#")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_known(tmp_path: Path, encoding: str) -> None:
    text = "Émile left. 😀"
    assert read_document(write(tmp_path / "a.txt", text.encode(encoding))).text == text


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    assert read_document(write(tmp_path / "a.txt", "One.\r\nTwo.\r")).text == "One.\r\nTwo.\r"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "it is empty"),
        (b" \r\n\t", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"A ferry.\x00Two.", "binary, not text; save it as text in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary, not text; save it as text in UTF-8"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    path = write(tmp_path / "a.txt", content)
    with pytest.raises(SourceError) as raised:
        read_document(path)
    assert str(raised.value) == f"{path}: {what}"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("missing.txt", "there is no such file or folder"),
        ("missing", "there is no such file or folder"),
        ("a\0b.txt", "there is no such file or folder"),
        ("x" * 300 + ".txt", "File name too long"),
        ("folder.txt", "Is a directory"),
        (
            "image.png",
            "cannot read this type of file; what is read is .docx, .htm, .html, .markdown, .md, "
            ".pdf, .text, .txt, .xhtml",
        ),
    ],
)
def test_a_path_that_is_no_article_is_refused(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "folder.txt").mkdir()
    write(tmp_path / "image.png")
    with pytest.raises(SourceError) as raised:
        read_file(tmp_path / name)
    assert str(raised.value) == f"{tmp_path / name}: {what}"


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_ORIGINAL_BYTES", 8)
    assert read_document(write(tmp_path / "most.txt", "12345678")).text == "12345678"
    with pytest.raises(SourceError, match=r"long\.txt: too large"):
        read_document(write(tmp_path / "long.txt", "123456789"))


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    for name in ["b.txt", "a.md", "below/c.txt"]:
        write(tmp_path / name)
    assert read_names([tmp_path]) == ["a", "b", "c"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / ".hidden-itself"
    for name in [".a.txt", ".git/b.txt", "c.txt"]:
        write(folder / name)
    assert read_names([folder]) == ["c"]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert read_names([tmp_path]) == [f"{tmp_path}: there are no files in this folder"]


def test_bad_files_do_not_stop_the_good_ones(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere.txt")
    write(tmp_path / "c.png")
    write(tmp_path / "d.txt")
    too_long = tmp_path / ("x" * 300)
    good_a, bad_b, bad_c, good_d, long, good_again = read_names(
        [tmp_path, too_long, tmp_path / "a.txt"]
    )
    assert (good_a, good_d, good_again) == ("a", "d", "a")
    assert bad_b == f"{tmp_path / 'b.txt'}: there is no such file or folder"
    assert bad_c.startswith(f"{tmp_path / 'c.png'}: cannot read this type")
    assert long == f"{too_long}: File name too long"


@pytest.mark.parametrize("name", ["", "a\0b.txt", "\ud800.txt"])
def test_what_is_no_name_of_a_file_is_an_error(name: str) -> None:
    (error,) = read_sources([name])
    assert str(error) == f"{name!r}: this is no name of a file or folder"


def test_a_file_name_that_is_no_utf8_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    assert read_document(write(path)).title == "caf\udce9"


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError, match="no file that ends"):
        read_file(tmp_path / "pipe.txt")


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (error,) = read_sources([tmp_path / "loop.txt"])
    assert isinstance(error, SourceError)


def test_a_dangling_link_in_a_folder_is_told(tmp_path: Path) -> None:
    write(tmp_path / "good.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    read = list(read_sources([tmp_path]))
    assert [isinstance(item, SourceError) for item in read] == [True, False]


def test_originals_are_sources_among_files(tmp_path: Path) -> None:
    path = write(tmp_path / "ferry.txt")
    text = pasted("The ferry stopped.")
    first, second, third = read_sources([text, path, str(path)])
    assert first is text
    assert second == third == read_file(path)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        ("The ferry stopped.", "text/plain"),
        ("<html><p>The ferry stopped.</p></html>", "text/plain"),
        (b"The ferry stopped.", "text/plain"),
        (b"<html><p>The ferry stopped.</p></html>", "text/html"),
        (b"%PDF-1.7", "application/pdf"),
    ],
)
def test_what_is_pasted_has_a_type(content: str | bytes, media_type: MediaType) -> None:
    original = pasted(content)
    assert original.media_type == media_type
    assert original.content == (content.encode() if isinstance(content, str) else content)


def test_pasted_again_it_is_the_same_article() -> None:
    first = pasted("The café closed. 😀")
    assert first == pasted("The café closed. 😀")
    assert first.key == first.source == pasted("The café closed. 😀".encode()).key
    assert first.key != pasted("The café closed.").key
    assert extract(first).text == "The café closed. 😀"


def test_what_is_pasted_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_ORIGINAL_BYTES", 8)
    allowed, *refused = read_sources([pasted("123456é"), pasted("1234567é"), pasted(b"123456789")])
    assert isinstance(allowed, Original)
    assert all(re.match(r"pasted:\w+: too large", str(error)) for error in refused)


@pytest.mark.parametrize(
    "text", ["\ud800", "The ferry \udfff stopped at noon.", "a" * 99 + "\ud83d"]
)
def test_half_a_character_cannot_be_pasted(text: str) -> None:
    with pytest.raises(SourceError, match=r"^pasted text: character \d+ is half of one; "):
        pasted(text)


@pytest.mark.parametrize("name", ["ferry.txt", "news/ferry.txt", "./ferry.txt"])
def test_a_source_has_one_name_wherever_it_is_named_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert source_name(name) == source_name(Path(name)) == source_name(tmp_path / name)
    assert Path(source_name(name)).is_absolute()


def test_addresses_and_originals_keep_their_names() -> None:
    assert source_name("https://news.example/a/../b#c") == "https://news.example/a/../b#c"
    original = Original("key", "source", b"", "text/plain")
    assert source_name(original) == "key"

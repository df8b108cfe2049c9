"""Questions of one's own, and each way in which a row can be wrong."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.rows import load_questions, read_rows
from evals.types import Evidence
from index.errors import SourceError

ARTICLE = "Bridge closed\n\nThe bridge 🌉 is closed. It opens in May. Ms Orr said so."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Holds an article to ask about."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    lines = [json.dumps({"article": "news/bridge.txt", **row}) for row in rows]
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def test_json_lines(folder: Path) -> None:
    path = written(
        folder,
        {"question": "When?", "answers": ["May"], "evidence": ["It opens in May."], "kind": "date"},
        {"question": "Why?", "id": "why"},
        {"question": "Who?", "answers": ["Orr"], "speaker": ["Ms Orr"], "derived": ["she"]},
    )
    [loaded] = load_questions(path)
    when, why, who = loaded.samples
    [document] = loaded.documents
    assert loaded.name == "news/bridge.txt"
    assert when.answerable
    assert when.kind == "date"
    [[evidence]] = when.alternatives
    assert evidence.article == document.key
    assert document.text[evidence.start : evidence.end] == "It opens in May."
    assert (why.answerable, why.id, why.alternatives) == (False, "why", ())
    assert who.answerable
    assert who.alternatives == ()
    assert who.answers == ("Orr", "she")
    assert who.speaker == ("Ms Orr",)
    assert len({when.id, why.id, who.id}) == 3


def test_csv_is_the_same(folder: Path) -> None:
    path = folder / "questions.csv"
    path.write_text(
        "question,article,answers,evidence,kind\n"
        'When?,news/bridge.txt,May | in May,"It opens in May. | Ms Orr said so.",date\n'
        "\n"
        "Why?,news/bridge.txt,,,\n",
        encoding="utf-8",
    )
    [loaded] = load_questions(path)
    when, why = loaded.samples
    assert when.answers == ("May", "in May")
    assert len(when.evidence) == 2
    assert when.kind == "date"
    assert not why.answerable
    assert why.kind == "question"


@given(
    st.lists(
        st.text(st.characters(blacklist_categories=["Cs"]), min_size=1),
        min_size=1,
        unique_by=str.strip,
    )
)
def test_any_csv_cell_comes_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    path = tmp_path_factory.mktemp("rows") / "q.csv"
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["question", "article"])
    writer.writerows([cell, "a"] for cell in cells if cell.strip())
    path.write_text(file.getvalue(), encoding="utf-8", newline="")
    expected = [cell.strip() for cell in cells if cell.strip()]
    if expected:
        assert [row.question for _, row in read_rows(path)] == expected


def test_evidence_may_be_positions(folder: Path) -> None:
    start = ARTICLE.index("It opens")
    path = written(folder, {"question": "When?", "evidence": [[start, start + 16]]})
    [loaded] = load_questions(path)
    [sample] = loaded.samples
    assert sample.evidence == (Evidence(sample.evidence[0].article, start, start + 16),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"question": ""}, "question: String should have at least 1 character"),
        ({"question": "When?", "article": ""}, "article: String should have at least 1"),
        ({"question": "When?", "article": "news/none.txt"}, "there is no such file"),
        ({"question": "When?", "answer": "May"}, "answer: Unexpected keyword argument"),
        ({"question": 7}, "question: Input should be a valid string"),
        ({"question": "When?", "answers": "May"}, "answers: Input should be a valid"),
        ({"question": "When?", "answers": [7]}, "answers.0: Input should be a valid string"),
        ({"question": "When?", "evidence": ["It opens in June."]}, "not in its article"),
        ({"question": "When?", "evidence": [""]}, "evidence.0"),
        ({"question": "When?", "evidence": [[5, 5]]}, "is no stretch of its article"),
        ({"question": "When?", "evidence": [[0, 10_000]]}, "is no stretch of its article"),
        ({"question": "When?", "evidence": [[True, 2]]}, "evidence.0"),
        ({"question": "When?", "evidence": ["\n\n"]}, "is no stretch of its article's sentences"),
        ({"question": "Why?"}, "this question, or its id, is that of .* line 1"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(
    folder: Path, row: dict[str, Any], message: str
) -> None:
    path = written(folder, {"question": "Why?"}, row)
    with pytest.raises(SourceError, match=message) as raised:
        load_questions(path)
    assert str(raised.value).startswith(f"{path}: line 3: ")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("q.jsonl", '{"question"', "line 1: Invalid JSON"),
        ("q.jsonl", "[1]", "line 1: Input should be"),
        ("q.jsonl", "\n\n", "there are no questions in it"),
        ("q.csv", "question,article\n", "there are no questions in it"),
        ("q.csv", "question,article\na,b,c\n", "line 2: it has more cells than the first line"),
        ("q.csv", 'question,article\n"a,b\n', "line 2: unexpected end of data"),
        ("q.csv", "question\nwhen?\n", "line 1: there is no column 'article'"),
        ("q.csv", "question;article\na;b\n", "there is no column 'article' .*: question;article"),
        ("q.csv", "", "line 1: there is no column 'article'"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=message) as raised:
        load_questions(path)
    assert str(raised.value).startswith(str(path))


def test_a_file_that_is_no_text_or_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    with pytest.raises(SourceError, match=r"q\.csv: No such file"):
        read_rows(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match=r"q\.csv: line 1 or later is no UTF-8"):
        read_rows(path)


def test_a_csv_may_be_as_spreadsheets_write_it(folder: Path) -> None:
    path = folder / "q.csv"
    rows = "Question, article ,alone,answers\nWhen?,news/bridge.txt,true,May|in May\n,,,\n,,,\n"
    path.write_text(rows, encoding="utf-8-sig")
    [(place, row)] = read_rows(path)
    assert place.endswith("line 2")
    assert row.alone
    assert row.answers == ("May", "in May")


def test_json_lines_may_begin_with_a_mark(folder: Path) -> None:
    path = folder / "q.jsonl"
    path.write_text('{"question": "When?", "article": "news/bridge.txt"}', encoding="utf-8-sig")
    assert len(read_rows(path)) == 1


def test_a_question_keeps_its_id_whatever_stands_before_it(folder: Path) -> None:
    one = read_rows(written(folder, {"question": "Why?"}, {"question": "When?"}))
    other = read_rows(written(folder, {"question": "When?"}))
    assert one[1][1].id == other[0][1].id


def test_each_article_is_asked_alone(folder: Path) -> None:
    (folder / "other.txt").write_text("Other\n\nIt opens in June.", encoding="utf-8")
    path = written(
        folder,
        {"question": "When does it open?"},
        {"question": "When does it open?", "article": "other.txt"},
        {"question": "Why?"},
    )
    bridge, other = load_questions(path)
    assert [sample.question for sample in bridge.samples] == ["When does it open?", "Why?"]
    assert [sample.question for sample in other.samples] == ["When does it open?"]
    assert len(bridge.documents) == len(other.documents) == 1

"""Our own questions about articles that are not ours: by positions."""

import json
from pathlib import Path

import pytest

from evals.loaders.files import make_document
from evals.training.reader.politics import load_politics
from evals.training.reader.recipe import POLITICS
from evals.training.reader.texts import Answer, Asked
from index.errors import SourceError
from tests.evals.training.reader.made import MAKE, SPEECHES, write_politics

ARTICLES = {"train": make_document("train", [SPEECHES])}


def load(path: Path) -> list[Asked]:
    return list(load_politics(path, ARTICLES, MAKE))


def written(path: Path, **row: object) -> Path:
    """A file with one question."""
    asked = {"article": "train", "question": "Who?", "kind": "made", **row}
    path.write_text(json.dumps(asked), encoding="utf-8")
    return path


def test_positions_become_sentences(tmp_path: Path) -> None:
    absent, answered = load(write_politics(tmp_path / "made.jsonl"))
    assert absent.evidence == frozenset()
    assert absent.answer is None
    assert answered.evidence == {0}
    assert answered.answer == Answer(0, SPEECHES.index("March"), SPEECHES.index(". Ms"))
    assert [s.text for s in answered.text.sentences] == [SPEECHES[:50], SPEECHES[51:]]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"article": "another"}, "line 1: there is no article another"),
        ({"evidence": [[0, 50]], "answer": [51, 57]}, "in no sentence that is evidence: Who?"),
        ({"evidence": [[0, 50]], "answer": [44, 57]}, "in no sentence that is evidence: Who?"),
        ({"answer": [0, 9]}, "in no sentence that is evidence: Who?"),
        ({"evidence": [[0, 50]]}, "evidence without an answer"),
        ({"evidence": [[0]]}, "line 1: evidence.0"),
    ],
)
def test_what_does_not_fit_its_article_is_refused(
    tmp_path: Path, row: dict[str, object], fault: str
) -> None:
    with pytest.raises(SourceError, match=fault):
        load(written(tmp_path / "made.jsonl", **row))


def test_the_shipped_file_has_no_text_of_the_articles() -> None:
    rows = [json.loads(line) for line in POLITICS.read_text("utf-8").splitlines()]
    assert {key for row in rows for key in row} == {
        *("article", "question", "kind", "evidence", "answer")
    }
    assert all(
        isinstance(at, int) for row in rows for span in row.get("evidence", ()) for at in span
    )
    assert len({(row["article"], row["question"]) for row in rows}) == len(rows)

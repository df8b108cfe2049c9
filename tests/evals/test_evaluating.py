"""A whole evaluation, small: suites, systems, files, tables."""

import json
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from evals.comparing import compare
from evals.evaluating import evaluate
from evals.storing import RESULTS_FILE, SAMPLES_FILE, TIMINGS_FILE, read_samples, write_run
from evals.systems import ArticleQASystem
from evals.tables import changed_lines, comparison_table, run_tables
from evals.types import Run, Scored
from index.errors import SourceError

pytestmark = pytest.mark.usefixtures("encoder")

ARTICLE = "Bridge closed\n\nThe bridge 🌉 is closed.\n\nIt opens in May, Ms Orr said."


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Two questions on an article, one with an answer and a strange line break in it."""
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    rows: list[dict[str, object]] = [
        {"question": "When does the bridge\u2028open?", "answers": ["May"], "kind": "date"},
        {"question": "What did the bishop say about whales?"},
    ]
    path = tmp_path / "bridges.jsonl"
    lines = [json.dumps({"article": "bridge.txt", **row}, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_questions_of_ones_own_are_asked_and_reported(questions: Path, tmp_path: Path) -> None:
    watched = []

    def watch(scored: Iterable[Scored], doing: str, total: int) -> Iterable[Scored]:
        watched.append((doing, total))
        return scored

    run, seconds = evaluate([], questions, watch=watch)
    [summary] = run.summaries
    assert (summary.suite, summary.samples, summary.errors) == ("bridges.jsonl", 2, 0)
    assert summary.figures["refused"].n == summary.figures["wrongly refused"].n == 1
    assert watched == [("bridges.jsonl: article-qa", 2)]
    assert seconds.keys() == {"bridges.jsonl: article-qa"}
    write_run(run, seconds, tmp_path / "out" / "deep")
    assert {path.name for path in (tmp_path / "out" / "deep").iterdir()} == {
        "report.html",
        RESULTS_FILE,
        SAMPLES_FILE,
        TIMINGS_FILE,
    }


def test_the_same_run_gives_the_same_files_to_the_byte(questions: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_run(*evaluate([], questions), tmp_path / name)
    for file in ("report.html", RESULTS_FILE, SAMPLES_FILE):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_samples_are_read_back_as_they_were(questions: Path, tmp_path: Path) -> None:
    run, seconds = evaluate([], questions)
    write_run(run, seconds, tmp_path / "out")
    read = read_samples(tmp_path / "out")
    assert [s.sample for s in read] == [s.sample for s in run.scored]
    assert [s.scores for s in read] == [s.scores for s in run.scored]
    assert [tuple(s.cited) for s in read] == [tuple(s.cited) for s in run.scored]
    [compared] = compare(run.scored, read)
    assert {d.change.value for d in compared.differences} == {0}


def test_a_run_that_is_missing_or_damaged_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"samples\.jsonl: No such file"):
        read_samples(tmp_path)
    (tmp_path / SAMPLES_FILE).write_text('{"suite": "x"}\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"samples\.jsonl: line 1: system: Field required"):
        read_samples(tmp_path)


def test_what_cannot_be_written_is_told(questions: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SourceError, match="file: the report cannot be written"):
        write_run(*evaluate([], questions), tmp_path / "file")


def test_a_limit_takes_the_same_few_of_a_suite() -> None:
    first, _ = evaluate(["written"], limit=3, systems=[ArticleQASystem()])
    again, _ = evaluate(["written"], limit=3, systems=[ArticleQASystem()])
    assert len(first.scored) == 3
    assert [s.sample for s in first.scored] == [s.sample for s in again.scored]


def test_beside_the_packaged_suites_stands_a_plain_llama_index() -> None:
    run, _ = evaluate(["bundled"], limit=2)
    assert [summary.system for summary in run.summaries] == ["article-qa", "plain LlamaIndex"]


def test_beside_conversations_stands_what_does_not_know_them() -> None:
    run, _ = evaluate(["conversations"], limit=2)
    systems = ["article-qa", "article-qa, as asked", "plain LlamaIndex"]
    assert [summary.system for summary in run.summaries] == systems


def printed(*what: object) -> str:
    file = StringIO()
    Console(width=120, file=file).print(*what)
    return file.getvalue()


def test_tables_show_figures_with_their_intervals(questions: Path) -> None:
    run, _ = evaluate([], questions)
    text = printed(*run_tables(run.summaries))
    assert "article-qa" in text
    assert "bridges" in text
    assert "1.00 ±0.49" in text
    assert "errors" not in text


def test_errors_are_in_the_table() -> None:
    run, _ = evaluate(["bundled"], limit=1, systems=[ArticleQASystem()])
    [summary] = run.summaries
    text = printed(*run_tables([type(summary)(**{**vars(summary), "errors": 1})]))
    assert "errors" in text


def changed(run: Run, **scores: float) -> list[Scored]:
    return [
        Scored(**{**vars(s), "scores": {**s.scores, **scores}, "answered": not s.answered})
        for s in run.scored
    ]


def test_a_comparison_shows_what_changed(questions: Path) -> None:
    run, _ = evaluate([], questions)
    before = changed(run, **{"accepted answer": 1.0})
    [compared] = compare(before, changed(run, **{"accepted answer": 0.0}))
    text = printed(comparison_table(compared))
    assert "accepted answer" in text
    assert "worse" in text
    lines = list(changed_lines(compared))
    assert lines
    assert all(line.startswith("worse: ") for line in lines)
    assert all("as before" in line for line in lines)
    [turned] = compare(run.scored, changed(run))
    told = " ".join(changed_lines(turned))
    assert "answered, now refused" in told or "refused, now answered" in told
    [same] = compare(run.scored, run.scored)
    assert "worse" not in printed(comparison_table(same))
    assert not list(changed_lines(same))


def test_a_reader_is_named_and_asked(questions: Path) -> None:
    plain, _ = evaluate([], questions, reader="none")
    trained, _ = evaluate([], questions)
    # By one name, so that the two can be compared.
    assert {s.system for s in (*plain.summaries, *trained.summaries)} == {"article-qa"}
    assert [s.confidence for s in plain.scored] != [s.confidence for s in trained.scored]

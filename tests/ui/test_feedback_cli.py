"""``article-qa feedback``: what users marked becomes questions of the eval suite."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from evals.rows import load_questions, read_rows
from index.article_index import ArticleIndex
from index.types import Document, Span
from qa.citing import cite
from qa.service import ArticleQA
from qa.types import Answer
from tests.ui.answers import answered, refused
from ui.database import CHATS_FILE
from ui.feedback import Feedback
from ui.feedback_cli import app

NATO = "what did Ryabkov say about NATO?"
MACRON = "what did Macron say about the talks?"
ANA, BEN = "browser of Ana", "browser of Ben"
TWICE = "Rain fell. Snow fell.\nRain fell.\n"


@pytest.fixture
def directory(bundled_directory: Path, tmp_path: Path) -> Path:
    """An index of the packaged article, to be changed."""
    unmarked = shutil.ignore_patterns(CHATS_FILE)
    return Path(shutil.copytree(bundled_directory, tmp_path / "index", ignore=unmarked))


@pytest.fixture
def articles(directory: Path) -> Iterator[ArticleQA]:
    with ArticleQA(ArticleIndex.open(directory)) as articles:
        yield articles


@pytest.fixture
def feedback(directory: Path) -> Iterator[Feedback]:
    with Feedback.open(directory / CHATS_FILE) as feedback:
        yield feedback


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "made" / "marked"


def export(directory: Path, folder: Path) -> Result:
    return CliRunner().invoke(app, [str(folder), "--index", str(directory)])


def to_complete(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "to-complete.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def questions(folder: Path) -> str:
    return (folder / "questions.jsonl").read_text("utf-8")


def about(index: ArticleIndex, text: str, question: str, *spans: tuple[int, int]) -> Answer:
    """An answer that cites these places of an article of this text, which is added."""
    document = Document(text, "news.txt", text, "Weather", (Span(0, len(text)),))
    index.add(document)
    (article,) = (a for a in index.articles() if a.key == text)
    cited = (cite(article, n, Span(*span), 1.0) for n, span in enumerate(spans, start=1))
    return answered(question, *cited)


def test_a_right_answer_is_a_question_with_its_quotes_as_evidence(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    answer = articles.ask(NATO)
    feedback.mark(ANA, answer, "right")
    done = export(directory, folder)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"1 questions: {folder / 'questions.jsonl'}",
        f"0 to complete: {folder / 'to-complete.jsonl'}",
    ]
    (collection,) = load_questions(folder / "questions.jsonl")
    (sample,) = collection.samples
    assert (sample.question, sample.kind, sample.answerable) == (NATO, "marked", True)
    assert [(e.start, e.end) for e in sample.alternatives[0]] == [
        (c.start, c.end) for c in answer.citations
    ]
    assert collection.documents[0].text == articles.article(1).text


def test_the_short_answer_is_an_accepted_one(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    answer = articles.ask("How many Russian troops are near the Ukrainian border?")
    assert answer.short is not None
    feedback.mark(ANA, answer, "right")
    export(directory, folder)
    ((_, row),) = read_rows(folder / "questions.jsonl")
    assert row.answers == (answer.short.quote,)


def test_a_right_refusal_is_a_question_without_evidence(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    feedback.mark(ANA, articles.ask(MACRON), "right")
    export(directory, folder)
    (collection,) = load_questions(folder / "questions.jsonl")
    assert [(s.question, s.answerable) for s in collection.samples] == [(MACRON, False)]


def test_what_is_wrong_is_left_to_a_person(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    answer, refusal = articles.ask(NATO), articles.ask(MACRON)
    feedback.mark(ANA, answer, "wrong citation", 2)
    feedback.mark(BEN, answer, "wrong", history=["Who is Ryabkov?"])
    feedback.mark(ANA, refusal, "wrong")
    export(directory, folder)
    assert questions(folder) == ""
    cited, wrong, refused_ = to_complete(folder)
    assert (cited["verdict"], cited["citation"]) == ("wrong citation", 2)
    assert (wrong["verdict"], wrong["history"]) == ("wrong", ["Who is Ryabkov?"])
    assert [c["quote"] for c in cited["shown"]["citations"]] == [c.quote for c in answer.citations]
    assert [c["quote"] for c in refused_["shown"]["closest"]] == [c.quote for c in refusal.closest]
    assert (folder / cited["articles"]["1"]).read_text("utf-8") == articles.article(1).text


def test_of_several_that_are_right_the_last_is_written(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    feedback.mark(ANA, about(articles.index, TWICE, "Rain?", (0, 10)), "right")
    feedback.mark(BEN, about(articles.index, TWICE, "Rain?", (11, 21)), "right")
    export(directory, folder)
    (collection,) = load_questions(folder / "questions.jsonl")
    ((evidence,),) = collection.samples[0].alternatives
    assert (evidence.start, evidence.end) == (11, 21)


def test_a_quote_that_stands_there_twice_is_meant_where_it_was_cited(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    feedback.mark(ANA, about(articles.index, TWICE, "Rain?", (22, 32)), "right")
    export(directory, folder)
    (collection,) = load_questions(folder / "questions.jsonl")
    ((evidence,),) = collection.samples[0].alternatives
    assert (evidence.start, evidence.end) == (22, 32)


def test_an_answer_from_two_articles_is_a_question_to_each(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    one = about(articles.index, "Rain fell.\r\nIt was wet.", "Rain?", (0, 10)).citations[0]
    other = about(articles.index, TWICE, "Rain?", (11, 21)).citations[0]
    feedback.mark(ANA, answered("Rain?", one, replace(other, number=2)), "right")
    export(directory, folder)
    evidence = [c.samples[0].alternatives for c in load_questions(folder / "questions.jsonl")]
    assert [[(e.start, e.end) for e in each] for ((*each,),) in evidence] == [[(0, 10)], [(11, 21)]]


def test_a_rewritten_question_keeps_what_was_asked_before(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    answer = replace(articles.ask(NATO), question="And about NATO?")
    feedback.mark(ANA, answer, "right", history=["what did Ryabkov say?"])
    export(directory, folder)
    (collection,) = load_questions(folder / "questions.jsonl")
    (sample,) = collection.samples
    assert (sample.question, sample.standalone) == ("And about NATO?", NATO)
    assert sample.history == ("what did Ryabkov say?",)


def test_an_article_that_was_removed_leaves_its_question_to_a_person(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    feedback.mark(ANA, about(articles.index, TWICE, "Rain?", (0, 10)), "right")
    articles.index.remove(TWICE)
    export(directory, folder)
    assert questions(folder) == ""
    (row,) = to_complete(folder)
    assert (row["verdict"], row["articles"]) == ("right", {})
    assert row["shown"]["citations"][0]["quote"] == "Rain fell."


def test_an_article_that_a_text_file_cannot_hold_leaves_its_question_to_a_person(
    articles: ArticleQA, feedback: Feedback, directory: Path, folder: Path
) -> None:
    text = f"Rain fell\x7f on {'the town ' * 20}."
    feedback.mark(ANA, about(articles.index, text, "Rain?", (0, len(text))), "right")
    export(directory, folder)
    assert questions(folder) == ""
    assert [row["verdict"] for row in to_complete(folder)] == ["right"]


def test_a_right_refusal_that_shows_nothing_is_left_to_a_person(
    feedback: Feedback, directory: Path, folder: Path
) -> None:
    feedback.mark(ANA, refused("Rain?"), "right")
    export(directory, folder)
    assert questions(folder) == ""
    assert len(to_complete(folder)) == 1


def test_where_nobody_marked_anything_it_says_so_and_writes_nothing(
    directory: Path, folder: Path
) -> None:
    done = export(directory, folder)
    assert done.exit_code == 2
    assert "nobody has marked an answer yet" in done.stderr
    assert not folder.exists()
    assert not (directory / CHATS_FILE).exists()


def test_a_folder_that_cannot_be_written_is_one_line(
    feedback: Feedback, directory: Path, tmp_path: Path
) -> None:
    feedback.mark(ANA, refused("Rain?"), "right")
    taken = tmp_path / "file"
    taken.touch()
    done = export(directory, taken)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"article-qa: {taken}: cannot be written (File exists)\n"

import asyncio
import dataclasses
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

import qa
from index.article_index import ArticleIndex
from index.readers import bundled_document
from index.types import Filters, Hit, Span
from qa.extracting import ANSWERED_FROM
from qa.reading.plain import PlainReader
from qa.service import ArticleQA
from qa.types import Answer, Evidence, Reading
from tests.qa.articles import FERRY, HEADLINES

NATO = "what did Ryabkov say about NATO?"
NOT_IN_THE_ARTICLE = [
    "what did Macron say about the talks?",
    "how many helicopters did Poland send?",
    "what is the capital of Peru?",
    "How do I bake bread?",
    "Who won the World Cup in 1998?",
]
SHORT_QUESTIONS = [
    "How many troops are near the border?",
    "How much assistance was authorized in December?",
    "Who leads the US delegation?",
    "Where were the talks held?",
    "When do the talks continue?",
    "Which network did Blinken talk to?",
]


def _without_timings(answer: Answer) -> Answer:
    return dataclasses.replace(answer, timings={})


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\[(\d+)]", text)]


def test_what_ryabkov_said_about_nato_is_quoted(bundled_qa: ArticleQA) -> None:
    quotes = " ".join(c.quote for c in bundled_qa.ask(NATO).citations)
    assert "no progress had been made when it came to NATO" in quotes
    assert "flat and plan no" in quotes


@pytest.mark.parametrize(
    "question", [NATO, "How many troops are near the border?", "What did Blinken say on Sunday?"]
)
def test_the_text_is_one_to_four_quotes_with_the_markers_of_their_citations(
    bundled_qa: ArticleQA, question: str
) -> None:
    answer = bundled_qa.ask(question)
    assert 1 <= len(answer.citations) <= 4
    statements = " ".join(f"{c.quote} [{c.number}]" for c in answer.citations)
    short = f"{answer.short.quote} [1] – " if answer.short else ""
    assert answer.text == short + statements
    assert _numbers(statements) == list(range(1, len(answer.citations) + 1))


def test_the_short_answer_stands_in_front(bundled_qa: ArticleQA) -> None:
    answer = bundled_qa.ask("How much security assistance was authorized in December?")
    assert answer.short is not None
    assert answer.short.quote.endswith("$200 million")
    assert answer.text.startswith(f"{answer.short.quote} [1] – ")


@pytest.mark.parametrize("question", SHORT_QUESTIONS)
def test_the_short_answer_is_an_exact_part_of_the_first_citation(
    bundled_qa: ArticleQA, question: str
) -> None:
    answer = bundled_qa.ask(question)
    if answer.short is not None:
        [first, *_] = answer.citations
        assert answer.short.number == first.number == 1
        assert first.start <= answer.short.start < answer.short.end <= first.end
        article = bundled_qa.article(first.article_id)
        assert article.text[answer.short.start : answer.short.end] == answer.short.quote


def test_there_is_a_short_answer_to_most_of_what_has_one(bundled_qa: ArticleQA) -> None:
    answers = [bundled_qa.ask(question) for question in SHORT_QUESTIONS]
    assert sum(answer.short is not None for answer in answers) > len(answers) / 2


def test_a_refusal_and_a_reason_have_no_short_answer(bundled_qa: ArticleQA) -> None:
    for question in (*NOT_IN_THE_ARTICLE, "Why is there no progress?", "What is the headline?"):
        assert bundled_qa.ask(question).short is None


def test_a_refusal_keeps_what_it_left_out_and_why(bundled_qa: ArticleQA) -> None:
    answer = bundled_qa.ask(NOT_IN_THE_ARTICLE[0])
    assert not answer.answered
    assert answer.citations == ()
    assert answer.left_out
    for left in answer.left_out:
        [citation] = left.statement.citations
        assert citation.quote == left.statement.text
        assert "confidence" in left.reason
    assert bundled_qa.ask(NATO).left_out == ()


def test_an_answer_says_how_it_was_made(bundled_qa: ArticleQA) -> None:
    answer = bundled_qa.ask(f" {NATO}\n")
    assert (answer.question, answer.standalone_question) == (f" {NATO}\n", NATO)
    assert answer.answered
    assert answer.mode == "extractive"
    assert ANSWERED_FROM <= answer.confidence <= 1
    assert set(answer.timings) == {"retrieve", "read", "total"}
    assert answer.timings["total"] >= answer.timings["retrieve"] > 0


@pytest.mark.parametrize("question", NOT_IN_THE_ARTICLE)
def test_what_the_article_does_not_say_is_not_answered(
    bundled_qa: ArticleQA, question: str
) -> None:
    answer = bundled_qa.ask(question)
    assert not answer.answered
    assert answer.text.startswith("The articles do not say.")
    assert not answer.citations
    assert answer.closest
    assert 0 <= answer.confidence < ANSWERED_FROM


def test_the_closest_passages_are_the_best_that_the_search_found(bundled_qa: ArticleQA) -> None:
    (question, *_) = NOT_IN_THE_ARTICLE
    found = bundled_qa.index.search(question, 3)
    assert [(c.number, c.quote) for c in bundled_qa.ask(question).closest] == [
        (number, hit.passage.text) for number, hit in enumerate(found, start=1)
    ]


def test_a_citation_names_its_speaker(bundled_qa: ArticleQA) -> None:
    assert {c.speaker for c in bundled_qa.ask(NATO).citations} == {"Sergey Ryabkov"}


@pytest.mark.parametrize("question", NOT_IN_THE_ARTICLE)
def test_nobody_is_guessed_to_be_the_speaker(bundled_qa: ArticleQA, question: str) -> None:
    answer = bundled_qa.ask(question)
    assert {c.speaker for c in answer.closest} == {None}


def test_a_citation_carries_the_facts_of_its_article(news_qa: ArticleQA) -> None:
    (citation,) = news_qa.ask("How much did the repairs cost?").citations
    assert citation.quote == "The repairs cost 14 million euros, twice as much as planned."
    assert citation.title == "Clock tower of Brenning opens again after nine years"
    assert citation.url == "https://news.example/brenning-clock-tower"
    assert citation.published == date(2023, 5, 4)
    assert Path(citation.source).name == "clock-tower.txt"
    assert citation.article_id in {article.id for article in news_qa.articles()}


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("What is the headline?", HEADLINES),
        ("When was the article published?", {"20230504", "2024-02-11"}),
        (
            "What is the link to the article?",
            {"https://news.example/brenning-clock-tower", "https://news.example/bakers"},
        ),
    ],
)
def test_a_fact_of_several_articles_is_cited_from_each_that_has_it(
    news_qa: ArticleQA, question: str, quotes: set[str]
) -> None:
    answer = news_qa.ask(question)
    assert {citation.quote for citation in answer.citations} == quotes
    assert _numbers(answer.text) == list(range(1, len(quotes) + 1))


def test_of_several_articles_each_is_named(news_qa: ArticleQA) -> None:
    text = news_qa.ask("When was the article published?").text
    assert all(f"“{a.title}” is dated" in text for a in news_qa.articles() if a.published)


def test_the_date_of_an_article_without_one_is_not_answered(tmp_path: Path) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text(FERRY)
    with qa.open(source) as articles:
        assert not articles.ask("When was the article published?").answered


def test_of_more_than_four_articles_the_headlines_are_not_listed(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Headline {number}\n\n{FERRY}")
    with qa.open(tmp_path) as articles:
        assert articles.ask("What is the headline?").confidence < 1


@pytest.mark.parametrize("question", [NATO, "what is the headline?", NOT_IN_THE_ARTICLE[0]])
def test_the_last_answer_streamed_is_the_one_that_asking_returns(
    bundled_qa: ArticleQA, question: str
) -> None:
    *_, last = bundled_qa.stream(question)
    assert _without_timings(last) == _without_timings(bundled_qa.ask(question))


def test_a_streamed_answer_grows_by_one_statement_at_a_time(bundled_qa: ArticleQA) -> None:
    growing = list(bundled_qa.stream(NATO))
    *_, last = growing
    assert len(growing) > 1
    assert [a.statements for a in growing] == [
        last.statements[:n] for n in range(1, len(last.statements) + 1)
    ]
    assert all(last.text.startswith(answer.text) for answer in growing)


def test_an_event_loop_asks_several_at_once(bundled_qa: ArticleQA) -> None:
    async def ask_both() -> tuple[Answer, Answer]:
        return await asyncio.gather(bundled_qa.aask(NATO), bundled_qa.aask("Who is Jon Finer?"))

    first, second = asyncio.run(ask_both())
    assert _without_timings(first) == _without_timings(bundled_qa.ask(NATO))
    assert second.question == "Who is Jon Finer?"


class _Patient:
    """Does not read before the event loop has come round."""

    def __init__(self) -> None:
        self.loop_goes_on = threading.Event()

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:  # noqa: ARG002 - a Reader's
        return Reading((), 0.1 if self.loop_goes_on.wait(timeout=5) else 0.0)


def test_an_event_loop_goes_on_while_it_asks(bundled_qa: ArticleQA) -> None:
    reader = _Patient()

    async def ask() -> Answer:
        asking = asyncio.create_task(ArticleQA(bundled_qa.index, reader=reader).aask(NATO))
        await asyncio.sleep(0)
        reader.loop_goes_on.set()
        return await asking

    assert asyncio.run(ask()).confidence == 0.1


def test_an_event_loop_asks_with_filters(bundled_qa: ArticleQA) -> None:
    answer = asyncio.run(bundled_qa.aask("what is the headline?", filters=Filters(articles=[])))
    assert not answer.answered


def test_threads_that_ask_at_once_get_what_one_gets(bundled_qa: ArticleQA) -> None:
    questions = [NATO, *NOT_IN_THE_ARTICLE] * 4
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(bundled_qa.ask, questions))
    assert list(map(_without_timings, answers)) == [
        _without_timings(bundled_qa.ask(question)) for question in questions
    ]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(since=date(2024, 2, 11)), {"bakers.md"}),
        (Filters(until=date(2023, 5, 4)), {"clock-tower.txt"}),
        (Filters(since=date(2023, 5, 5), until=date(2024, 2, 10)), set()),
        (Filters(articles=[]), set()),
        (None, {"bakers.md", "clock-tower.txt", "ferry.txt"}),
    ],
)
def test_filters_narrow_what_is_searched(
    news_qa: ArticleQA, filters: Filters | None, names: set[str]
) -> None:
    answer = news_qa.ask("what is the headline?", filters=filters)
    assert {Path(c.source).name for c in answer.citations} == names
    assert answer.answered == bool(names)


def test_filters_narrow_to_articles_by_their_ids(news_qa: ArticleQA) -> None:
    wanted = next(a.id for a in news_qa.articles() if a.source.endswith("ferry.txt"))
    answer = news_qa.ask("How much did the repairs cost?", filters=Filters(articles=[wanted]))
    assert {c.article_id for c in (*answer.citations, *answer.closest)} == {wanted}


def test_an_answer_stays_as_it_was_when_its_article_is_removed(tmp_path: Path) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text(FERRY)
    with qa.open(source, index_dir=tmp_path / "index") as articles:
        answer = articles.ask("When will the night ferry stop?")
        before = deepcopy(answer)
        articles.index.remove(str(source.resolve()))
        with pytest.raises(KeyError):
            articles.article(answer.citations[0].article_id)
    assert answer.answered
    assert answer == before


class _Nobody:
    """Is sure, and has nothing to show for it."""

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:  # noqa: ARG002 - a Reader's
        return Reading((), 0.9)


class _FirstSentence:
    """Takes the first sentence of the best passage."""

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:  # noqa: ARG002 - a Reader's
        passage = hits[0].passage
        return Reading((Evidence(passage, passage.sentences[0], 0.8),), 0.7)


def test_a_reader_of_ones_own_chooses_the_sentences(bundled_qa: ArticleQA) -> None:
    answer = ArticleQA(bundled_qa.index, reader=_FirstSentence()).ask("What did Blinken tell ABC?")
    assert answer.text.startswith("Secretary of State Antony Blinken told ABC on Sunday")
    assert (answer.confidence, answer.citations[0].score) == (0.7, 0.8)


def test_without_a_sentence_there_is_no_answer_however_sure_the_reader_is(
    bundled_qa: ArticleQA,
) -> None:
    answer = ArticleQA(bundled_qa.index, reader=_Nobody()).ask(NATO)
    assert not answer.answered
    assert answer.closest


class _Removing:
    """Another process removes the article while it is read."""

    def __init__(self, index: ArticleIndex) -> None:
        self.index = index

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        reading = PlainReader(self.index.term_weights).read(question, hits)
        self.index.remove(hits[0].article.key)
        return reading


def test_an_article_removed_while_it_is_read_is_still_quoted(tmp_path: Path) -> None:
    index = ArticleIndex.open(tmp_path, create=True)
    index.add(bundled_document())
    with ArticleQA(index, reader=_Removing(index)) as articles:
        assert "flat and plan no" in articles.ask(NATO).text
        assert articles.articles() == []


class _Span:
    """Takes the first sentence of the best passage, and its first word as the short answer."""

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:  # noqa: ARG002 - a Reader's
        passage = hits[0].passage
        start = passage.start
        word = Span(start, start + len(passage.text.split()[0]))
        return Reading((Evidence(passage, passage.sentences[0], 0.8, word),), 0.7)


def test_a_reader_of_ones_own_finds_the_short_answer(bundled_qa: ArticleQA) -> None:
    articles = ArticleQA(bundled_qa.index, reader=_Span())
    short = articles.ask("What did Blinken tell ABC?").short
    assert short is not None
    assert (short.quote, short.number, short.score) == ("Secretary", 1, 0.8)

"""A language model's answers over a real index: what is shown, left out, and when it fails."""

import threading

import pytest

from index.types import Filters
from qa.llm.prompts import CANNOT_ANSWER
from qa.service import ArticleQA
from qa.types import EXTRACTIVE, Answer
from tests.qa.llm.conftest import Opened
from tests.qa.llm.scripted import (
    Act,
    Exchange,
    breaks_off,
    falls_silent,
    refuses,
    says,
    scripted,
    sends,
)
from tests.qa.llm.writing import NATO, NO_INTENTION, SUPPORTED, WRONG, id_of, writes


def asked(opened: Opened, act: Act, question: str = NATO) -> tuple[Answer, ArticleQA]:
    with scripted(act) as server:
        articles = opened(server)
        return articles.ask(question), articles


def test_a_statement_that_its_sentence_supports_is_shown_with_an_exact_citation(
    opened: Opened,
) -> None:
    answer, articles = asked(opened, writes(SUPPORTED))
    assert (answer.mode, answer.answered, answer.notice) == ("small", True, None)
    [citation] = answer.citations
    article = articles.article(citation.article_id)
    assert article.text[citation.start : citation.end] == citation.quote
    assert NO_INTENTION in citation.quote
    assert answer.text == f"{SUPPORTED[0]} [1]"
    assert answer.confidence == answer.statements[0].support > 0
    assert set(answer.timings) == {"retrieve", "write", "first", "total"}


def test_what_is_not_supported_is_left_out_with_the_reason_and_the_rest_is_shown(
    opened: Opened,
) -> None:
    answer, _ = asked(opened, writes(WRONG, SUPPORTED, ("It was a Monday.", "")))
    assert [statement.text for statement in answer.statements] == [SUPPORTED[0]]
    assert [left.statement.text for left in answer.withheld] == [WRONG[0], "It was a Monday."]
    assert all(left.mode == "small" and left.reason for left in answer.withheld)
    assert "war" not in answer.text


@pytest.mark.parametrize(
    "statement",
    [
        'Ryabkov said: "Moscow does want a war with NATO".',
        "Ryabkov said that Moscow had every intention of launching military action.",
        "Stoltenberg said that Moscow had no intention of launching military action.",
        "Ryabkov said that Moscow had no intention of launching military action before 2031.",
        "Ryabkov said that none of 140,000 soldiers would be used.",
    ],
)
def test_without_anything_supported_the_answer_is_made_of_quotations_and_says_so(
    opened: Opened, statement: str
) -> None:
    answer, articles = asked(opened, writes((statement, NO_INTENTION)))
    without = articles.without_model().ask(NATO)
    assert (answer.mode, answer.text) == (EXTRACTIVE, without.text)
    assert answer.notice == (
        "Nothing that small wrote is supported by what it cites. This is the answer without it."
    )
    assert [left.statement.text for left in answer.withheld] == [statement]


def test_ids_that_were_not_shown_support_nothing(
    opened: Opened,
) -> None:
    answer, _ = asked(opened, says(f"{SUPPORTED[0]} [aa1] [zz99]"))
    assert answer.mode == EXTRACTIVE
    assert [left.reason for left in answer.withheld] == [
        "it cites a sentence that it was not shown"
    ]


def test_who_cites_one_sentence_twice_gives_it_one_number(
    opened: Opened,
) -> None:
    again = (f"Moscow had {NO_INTENTION}, Ryabkov said.", NO_INTENTION)
    answer, _ = asked(opened, writes(SUPPORTED, again, SUPPORTED))
    assert [c.number for s in answer.statements for c in s.citations] == [1, 1]
    assert len(answer.citations) == 1
    assert [left.reason for left in answer.withheld] == ["it says again what was said"]


def test_the_model_may_say_that_the_articles_do_not_answer(
    opened: Opened,
) -> None:
    answer, articles = asked(opened, says(CANNOT_ANSWER))
    assert (answer.answered, answer.mode, answer.notice) == (False, "small", None)
    assert answer.text.startswith("The articles do not say.")
    assert answer.closest
    assert CANNOT_ANSWER not in answer.text
    assert articles.model == "small"


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (refuses(401), "key"),
        (refuses(404), "small"),
        (refuses(500), ""),
        (says(""), "empty"),
        (sends(b"data: {nonsense\n\n"), ""),
        (breaks_off("Ryabkov said that"), ""),
    ],
)
def test_a_model_that_fails_leaves_the_answer_without_it_and_a_notice(
    opened: Opened, act: Act, why: str
) -> None:
    answer, articles = asked(opened, act)
    without = articles.without_model().ask(NATO)
    assert (answer.mode, answer.text) == (EXTRACTIVE, without.text)
    assert answer.citations == without.citations
    assert answer.notice
    assert answer.notice.startswith("The language model at 127.0.0.1:")
    assert answer.notice.endswith(" This is the answer without it.")
    assert why in answer.notice


def test_a_refused_connection_is_told_too(opened: Opened) -> None:
    with scripted(says("")) as server:
        articles = opened(server)
    answer = articles.ask(NATO)
    assert answer.mode == EXTRACTIVE
    assert answer.notice


def test_what_was_shown_before_the_model_broke_off_is_kept_in_the_record(
    opened: Opened,
) -> None:
    def act(exchange: Exchange) -> None:
        breaks_off(f"{SUPPORTED[0]} {id_of(exchange.body, NO_INTENTION)}\nAnd ")(exchange)

    with scripted(act) as server:
        grown = list(opened(server).stream(NATO))
    assert grown[0].mode == "small"
    assert grown[-1].mode == EXTRACTIVE
    left = grown[-1].withheld[0]
    assert (left.statement.text, left.reason) == (
        SUPPORTED[0],
        "the language model did not finish its answer",
    )


def test_a_statement_is_shown_while_the_model_still_writes(
    opened: Opened,
) -> None:
    seen = threading.Event()

    def act(exchange: Exchange) -> None:
        exchange.start()
        exchange.say(f"{SUPPORTED[0]} {id_of(exchange.body, NO_INTENTION)}\nAnd")
        assert seen.wait(20)
        exchange.say(" more.")
        exchange.finish()

    with scripted(act) as server:
        answers = opened(server).stream(NATO)
        assert next(answers).text == f"{SUPPORTED[0]} [1]"
        seen.set()
        whole = list(answers)[-1]
    assert [left.statement.text for left in whole.withheld] == ["And more."]


def test_who_stops_listening_ends_the_connection(
    opened: Opened,
) -> None:
    def act(exchange: Exchange) -> None:
        statement = f"{SUPPORTED[0]} {id_of(exchange.body, NO_INTENTION)}\nAnd"
        falls_silent(statement)(exchange)

    with scripted(act) as server:
        answers = opened(server).stream(NATO)
        next(answers)
        answers.close()  # type: ignore[attr-defined]
        assert server.exchanges[0].hung_up.wait(10)


def test_no_piece_of_an_id_or_of_an_unchecked_statement_is_ever_shown(
    opened: Opened,
) -> None:
    def act(exchange: Exchange) -> None:
        texts = [SUPPORTED, WRONG]
        whole = "\n".join(f"{text} {id_of(exchange.body, words)}" for text, words in texts)
        says(*whole)(exchange)

    with scripted(act) as server:
        shown = {answer.text for answer in opened(server).stream(NATO)}
    assert shown == {f"{SUPPORTED[0]} [1]"}


def test_what_an_article_states_of_itself_needs_no_model(
    opened: Opened,
) -> None:
    with scripted(says(CANNOT_ANSWER)) as server:
        articles = opened(server)
        assert articles.ask("When was this published?").mode == EXTRACTIVE
        nowhere = articles.ask(NATO, filters=Filters(articles=[]))
        assert (nowhere.answered, nowhere.mode, nowhere.notice) == (False, EXTRACTIVE, None)
        assert not articles.without_model().ask(NATO).notice
        assert server.exchanges == []


@pytest.mark.parametrize(
    "rider",
    [
        "In truth Moscow does want a war.",
        "Moscow is to blame.",
        "It lied.",
        "He was arrested afterwards.",
        "Call now for a free prize at evil.example!",
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_what_nobody_supports_does_not_ride_on_what_is_true(
    opened: Opened, rider: str, place: str
) -> None:
    text = f"{SUPPORTED[0]} {rider}" if place == "after" else f"{rider} {SUPPORTED[0]}"
    answer, _ = asked(opened, writes((text, NO_INTENTION)))
    assert rider not in answer.text


@pytest.mark.parametrize("name", ["Napoleon Bonaparte", "Joe Biden"])
def test_another_s_words_are_no_answer(opened: Opened, name: str) -> None:
    answer, _ = asked(
        opened, writes(SUPPORTED), f"What did {name} say about military action in Ukraine?"
    )
    assert answer.mode == EXTRACTIVE
    assert "Ryabkov" not in " ".join(statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    "mangled", ["({id}rc25)", "{id}", "(id_{id})", "{id}_1", "#{id}_", "[x{id}", "<{id}>"]
)
def test_no_piece_of_an_id_is_shown(opened: Opened, mangled: str) -> None:
    ids: list[str] = []

    def act(exchange: Exchange) -> None:
        ids.append(id_of(exchange.body, NO_INTENTION).strip("[]"))
        piece = mangled.format(id=ids[0])
        says(f"{SUPPORTED[0].rstrip('.')} {piece} [{ids[0]}].")(exchange)

    answer, _ = asked(opened, act)
    assert ids[0] not in answer.text.casefold()


def test_the_bytes_of_a_quotation_are_the_article_s(opened: Opened) -> None:
    quoting = (
        "Ryabkov reiterated “Russia's demands for ironclad guarantees” that NATO would not expand."
    )
    answer, _ = asked(opened, writes((quoting, "ironclad guarantees")))
    assert "“Russias demands for ironclad guarantees”" in answer.text
    assert answer.mode == "small"


def test_statements_that_rest_on_several_sentences_cite_them_in_their_order(opened: Opened) -> None:
    def act(exchange: Exchange) -> None:
        first, second = (
            id_of(exchange.body, w) for w in ("no progress had been made", NO_INTENTION)
        )
        says(
            "Ryabkov said no progress had been made on NATO, and that Moscow had no intention of "
            f"launching military action. {second} {first}"
        )(exchange)

    answer, articles = asked(opened, act)
    assert answer.withheld == ()
    assert len(answer.citations) == 2
    for citation in answer.citations:
        text = articles.article(citation.article_id).text
        assert text[citation.start : citation.end] == citation.quote

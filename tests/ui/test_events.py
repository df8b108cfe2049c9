"""The events of the page, over a real index and a real file, without a browser."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from index.article_index import ArticleIndex
from index.formats import extract
from index.readers import pasted
from index.types import Filters, Hit
from qa.reading.readers import reader_maker
from qa.service import ArticleQA
from qa.types import Answer, Reading
from tests.ui.answers import answered, citation
from ui.events import NOBODY, Events, Me, Shown, Turns
from ui.messages import problem_message, question_message, turns_messages
from ui.records import Records

NATO = "what did Ryabkov say about NATO?"
DATE = "When was this published?"
HEADLINE = "What is the headline?"
SKIPPED = gr.skip()


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with Records.open(tmp_path) as records:
        yield records


@pytest.fixture
def events(bundled_qa: ArticleQA, records: Records) -> Events:
    """Over the packaged article, which is only read."""
    return Events(bundled_qa, records)


@pytest.fixture
def own_articles(bundled_directory: Path, tmp_path: Path) -> Iterator[ArticleQA]:
    """The packaged article in an index of its own, which may be changed."""
    directory = Path(shutil.copytree(bundled_directory, tmp_path / "index"))
    with ArticleQA(ArticleIndex.open(directory)) as articles:
        yield articles


def asked(events: Events, me: Me, *questions: str, turns: Turns | None = None) -> Shown:
    """What is shown when the last of some questions is answered whole."""
    told = turns or []
    for question in questions:
        shown = whole(events.ask(question, told, me, None))
        told, me = shown.turns, shown.me
    return shown


def whole(steps: Iterator[Shown]) -> Shown:
    """The step with the answer that was kept, with the evidence that was shown before."""
    evidence = SKIPPED
    for step in steps:
        evidence = step.evidence if step.evidence != SKIPPED else evidence
        if step.turns != SKIPPED:
            return step._replace(evidence=evidence)
    raise AssertionError("nothing was answered")


def edit(index: int, value: str) -> gr.EditData:
    return gr.EditData(None, {"index": index, "previous_value": "", "value": value})


def like(index: int, said: bool | str) -> gr.LikeData:
    return gr.LikeData(None, {"index": index, "value": "", "liked": said})


def questions(turns: Sequence[Answer]) -> list[str]:
    return [answer.question for answer in turns]


def in_the_chat(messages: Sequence[Any]) -> list[Any]:
    """As Gradio takes messages, and hands them back to an event."""
    chat = gr.Chatbot()
    return list[Any](chat.preprocess(chat.postprocess([*messages])))


def listed(shown: Shown) -> list[str]:
    """The titles of the conversations."""
    return [title for title, _ in shown.chats["choices"]]


def test_a_first_visit_makes_an_id_that_later_visits_keep(events: Events) -> None:
    me = events.visit(NOBODY).me
    assert len(me[0]) >= 22
    assert me[1] == ""
    assert events.visit(me).me == me
    assert events.visit(NOBODY).me != me


def test_a_first_visit_shows_the_first_article_and_no_conversation(events: Events) -> None:
    shown = events.visit(NOBODY)
    assert (shown.turns, shown.exports, shown.conversation["value"]) == ([], "", [])
    assert "US says no breakthrough" in shown.evidence
    assert "<mark" not in shown.evidence


def test_an_answer_is_kept_and_its_conversation_listed(events: Events, records: Records) -> None:
    shown = asked(events, ["Ana", ""], NATO)
    browser, chat = shown.me
    assert browser == "Ana"
    assert shown.chats["choices"] == [(NATO, chat)]
    assert shown.chats["value"] == chat
    assert records.chats.turns("Ana", chat) == shown.turns
    assert questions(shown.turns) == [NATO]
    assert "conversation.json" in shown.exports


def test_a_question_leaves_its_box_before_it_is_answered(events: Events) -> None:
    shown = next(events.ask(NATO, [], ["Ana", ""], None))
    assert shown.question == ""
    assert shown.conversation == [question_message(NATO)]


def test_an_answer_grows_a_statement_at_a_time(events: Events) -> None:
    _, *growing, last = events.ask(NATO, [], ["Ana", ""], None)
    assert len(growing) > 1
    assert {str(step.question) for step in (*growing, last)} == {str(SKIPPED)}
    links = [step.conversation[-1]["content"].count('class="citation"') for step in growing]
    assert links == list(range(1, len(growing) + 1))
    assert all(f'data-citations="1-{n}"' in growing[-1].evidence for n in links)


def test_below_the_last_answer_questions_are_offered_that_go_on(events: Events) -> None:
    before = asked(events, ["Ana", ""], DATE, NATO)
    *_, last = in_the_chat(events.offer(in_the_chat(turns_messages(before.turns)), before.turns))
    options = [option["value"] for option in last["options"]]
    assert options
    chosen = gr.SelectData(None, {"index": 0, "value": options[0]})
    shown = whole(events.ask_example(chosen, before.turns, before.me, None))
    assert questions(shown.turns) == [DATE, NATO, options[0]]
    assert shown.turns[-1].answered


def test_what_is_offered_changes_no_message(events: Events) -> None:
    before = asked(events, ["Ana", ""], DATE, NATO)
    messages = in_the_chat(turns_messages(before.turns))
    offered = in_the_chat(events.offer(messages, before.turns))
    assert [m["content"] for m in offered] == [m["content"] for m in messages]


def test_below_a_problem_and_before_any_answer_nothing_is_offered(events: Events) -> None:
    before = asked(events, ["Ana", ""], DATE)
    problem = [question_message("???"), problem_message("only punctuation")]
    messages = in_the_chat([*turns_messages(before.turns), *problem])
    assert events.offer(messages, before.turns) == SKIPPED
    assert events.offer(in_the_chat(problem), []) == SKIPPED
    assert events.offer([], []) == SKIPPED


def test_an_example_is_asked_by_its_text(events: Events) -> None:
    chosen = gr.SelectData(None, {"index": 0, "value": {"text": DATE}})
    assert questions(whole(events.ask_example(chosen, [], ["Ana", ""], None)).turns) == [DATE]


def test_a_later_visit_shows_the_conversation_that_was_open(events: Events) -> None:
    before = asked(events, ["Ana", ""], DATE, HEADLINE)
    shown = events.visit(before.me)
    assert shown.turns == before.turns
    assert shown.conversation["value"] == turns_messages(before.turns)
    assert 'data-citations="2-1"' in shown.evidence
    assert listed(shown) == [DATE]
    assert shown.me == before.me


def test_another_browser_sees_nothing_of_it(events: Events) -> None:
    _, chat = asked(events, ["Ana", ""], DATE).me
    shown = events.visit(["Ben", chat])
    assert (shown.turns, listed(shown)) == ([], [])
    assert events.open_chat(chat, ["Ben", ""]).turns == []


def test_conversations_are_opened_and_begun(events: Events) -> None:
    first = asked(events, ["Ana", ""], DATE)
    begun = events.begin(first.me)
    assert (begun.turns, begun.me, begun.chats["value"]) == ([], ["Ana", ""], None)
    second = asked(events, begun.me, HEADLINE)
    assert listed(second) == [HEADLINE, DATE]
    opened = events.open_chat(first.me[1], second.me)
    assert (opened.turns, opened.me) == (first.turns, first.me)


def test_what_is_asked_again_takes_the_place_of_what_came_after(
    events: Events, records: Records
) -> None:
    before = asked(events, ["Ana", ""], NATO, DATE, HEADLINE)
    edited = edit(2, "Who *leads* the U\\.S\\. delegation?")
    shown = whole(events.ask_again(edited, before.turns, before.me, None))
    assert questions(shown.turns) == [NATO, "Who *leads* the U.S. delegation?"]
    assert shown.me == before.me
    assert records.chats.turns(*before.me) == shown.turns


def test_what_is_stopped_when_asked_again_takes_no_place(events: Events, records: Records) -> None:
    before = asked(events, ["Ana", ""], NATO, DATE)
    steps = events.ask_again(edit(0, NATO), before.turns, before.me, None)
    assert [next(steps).turns, next(steps).turns] == [SKIPPED, SKIPPED]
    assert records.chats.turns(*before.me) == before.turns


def test_what_cannot_be_asked_again_stands_below_what_stays(
    events: Events, records: Records
) -> None:
    before = asked(events, ["Ana", ""], NATO, DATE)
    _, shown = events.ask_again(edit(2, "???"), before.turns, before.me, None)
    *stayed, question, problem = shown.conversation
    assert stayed == turns_messages(before.turns)
    assert question == question_message("???")
    assert "only punctuation" in problem["content"]
    assert events.offer(in_the_chat(shown.conversation), before.turns) == SKIPPED
    assert records.chats.turns(*before.me) == before.turns


def test_a_conversation_open_twice_keeps_what_is_asked_in_both(
    events: Events, records: Records
) -> None:
    first = asked(events, ["Ana", ""], NATO)
    asked(events, first.me, DATE, turns=first.turns)
    asked(events, first.me, HEADLINE, turns=first.turns)
    assert questions(records.chats.turns(*first.me)) == [NATO, DATE, HEADLINE]


@pytest.mark.parametrize("question", ["", "???"])
def test_what_cannot_be_asked_stays_in_its_box_and_nothing_is_kept(
    events: Events, records: Records, question: str
) -> None:
    _, shown = events.ask(question, [], ["Ana", ""], None)
    assert shown.question == question
    assert 'role="alert"' in shown.conversation[-1]["content"]
    assert (shown.turns, shown.evidence, shown.me) == (SKIPPED, SKIPPED, SKIPPED)
    assert records.chats.chats("Ana") == []


def test_where_nothing_is_searched_the_refusal_says_so(events: Events) -> None:
    _, shown, _ = events.ask(NATO, [], ["Ana", ""], Filters(articles=()))
    assert "No article is searched." in shown.conversation[-1]["content"]


def test_stopping_leaves_the_answers_that_are_whole(events: Events) -> None:
    before = asked(events, ["Ana", ""], DATE)
    shown = events.stopped(before.turns)
    assert shown.conversation == turns_messages(before.turns)
    assert 'data-citations="1-1"' in shown.evidence
    assert shown.turns == SKIPPED


@pytest.mark.parametrize(
    ("said", "name"),
    [(True, "Like"), (False, "Dislike"), ("Wrong citation [1]", "Wrong citation [1]")],
)
def test_a_mark_is_kept_shown_again_and_taken_back(
    events: Events, said: bool | str, name: str
) -> None:
    before = asked(events, ["Ana", ""], DATE, HEADLINE)
    events.mark(like(3, said), before.turns, before.me)
    assert events.visit(before.me).conversation["feedback_value"] == [None, name]
    events.mark(like(3, ""), before.turns, before.me)
    assert events.visit(before.me).conversation["feedback_value"] == [None, None]


def test_a_mark_is_kept_with_what_was_asked_before(events: Events, records: Records) -> None:
    before = asked(events, ["Ana", ""], DATE, HEADLINE)
    events.mark(like(3, "Dislike"), before.turns, before.me)
    (mark,) = records.feedback.marks()
    assert (mark.answer, mark.verdict, mark.history) == (before.turns[1], "wrong", (DATE,))


def test_a_citation_that_the_answer_does_not_have_cannot_be_wrong(
    events: Events, records: Records
) -> None:
    turns = [answered("Did it rain?", citation("Rain fell."))]
    with pytest.raises(gr.Error, match=r"\[4\]: the answer has no such citation"):
        events.mark(like(1, "Wrong citation [4]"), turns, ["Ana", ""])
    assert records.feedback.marks() == []


def test_a_problem_is_not_marked(events: Events, records: Records) -> None:
    events.mark(like(1, True), [], ["Ana", ""])
    assert records.feedback.marks() == []


def test_a_removed_conversation_is_gone_and_the_others_stay(
    events: Events, records: Records
) -> None:
    kept = asked(events, ["Ana", ""], DATE)
    removed = asked(events, ["Ana", ""], HEADLINE)
    shown = events.remove(removed.me)
    assert (shown.turns, shown.me) == ([], ["Ana", ""])
    assert listed(shown) == [DATE]
    assert records.chats.turns(*removed.me) == []
    assert records.chats.turns(*kept.me) == kept.turns


def test_where_no_conversation_is_open_none_is_removed(events: Events) -> None:
    asked(events, ["Ana", ""], DATE)
    assert set(map(str, events.remove(["Ana", ""]))) == {str(SKIPPED)}
    assert listed(events.visit(["Ana", ""])) == [DATE]


def test_what_was_cited_of_a_removed_article_is_from_an_earlier_version(
    own_articles: ArticleQA, records: Records
) -> None:
    events = Events(own_articles, records)
    before = asked(events, ["Ana", ""], DATE)
    own_articles.index.remove(own_articles.articles()[0].key)
    own_articles.index.add(extract(pasted("Rain in Brenning\n\nRain fell on the town.")))
    shown = events.visit(before.me)
    assert "From an earlier version" in shown.evidence
    assert 'data-citations="1-1">20220110</mark>' in shown.evidence
    assert "Brenning" not in shown.evidence
    assert "The article is dated 10 January 2022." in shown.conversation["value"][1]["content"]


class CountingReader:
    """The trained reader; it counts what it is asked."""

    def __init__(self, index: ArticleIndex) -> None:
        self._reader = reader_maker(None)(index.term_weights)
        self.count = 0

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        self.count += 1
        return self._reader.read(question, hits)


def test_examples_are_made_once_as_long_as_the_articles_are_the_same(
    own_articles: ArticleQA, records: Records
) -> None:
    index = own_articles.index
    reader = CountingReader(index)
    events = Events(ArticleQA(index, reader=reader), records)
    first = events.offered([])[0]["examples"]
    count = reader.count
    assert count > 0
    assert first[0]["text"]
    assert events.offered([])[0]["examples"] == first
    assert reader.count == count
    index.add(extract(pasted("Rain in Brenning\n\nThe rain will stop, mayor Ilse Karlsen said.")))
    events.offered([])
    assert reader.count > count


def test_the_offered_evidence_is_that_of_the_conversation(events: Events) -> None:
    before = asked(events, ["Ana", ""], DATE)
    assert events.offered(before.turns)[1] == before.evidence

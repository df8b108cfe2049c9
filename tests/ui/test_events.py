"""The events of the page, over a real index and a real file, without a browser."""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import gradio as gr
import pytest

from index.article_index import ArticleIndex
from index.errors import IndexStateError
from index.formats import extract
from index.readers import pasted
from index.types import Filters, Hit
from qa.abandoning import ABANDONED
from qa.reading.readers import reader_maker
from qa.service import ArticleQA
from qa.types import Answer, Reading
from tests.ui.answers import answered, citation
from ui.events import NOBODY, Events, Me, Shown
from ui.messages import problem_message, question_message, turns_messages
from ui.records import Records

NATO = "what did Ryabkov say about NATO?"
DATE = "When was this published?"
HEADLINE = "What is the headline?"
BROKEN = "What is broken?"
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


def asked(events: Events, me: Me, *questions: str) -> Shown:
    """What is shown when the last of some questions is answered whole."""
    for question in questions:
        shown = whole(events.ask(question, me, None))
        me = shown.me
    return shown


def whole(steps: Iterator[Shown]) -> Shown:
    """What stands in each component when all is answered: the last value that changed it."""
    changed = [
        [value for value in values if value != SKIPPED] for values in zip(*steps, strict=True)
    ]
    return Shown(*(values[-1] if values else SKIPPED for values in changed))


def edit(index: int, value: str) -> gr.EditData:
    return gr.EditData(None, {"index": index, "previous_value": "", "value": value})


def select(value: Any) -> gr.SelectData:  # noqa: ANN401 - whatever the chat offers
    return gr.SelectData(None, {"index": 0, "value": value})


def like(index: int, said: bool | str) -> gr.LikeData:
    return gr.LikeData(None, {"index": index, "value": "", "liked": said})


def kept(records: Records, me: Me) -> list[Answer]:
    """The answers of the conversation that is open."""
    return records.chats.turns(*me)


def questions(records: Records, me: Me) -> list[str]:
    return [answer.question for answer in kept(records, me)]


def in_the_chat(messages: Sequence[Any]) -> list[Any]:
    """As Gradio takes messages, and hands them back to an event."""
    chat = gr.Chatbot()
    return list[Any](chat.preprocess(chat.postprocess([*messages])))


def offered(events: Events, records: Records, me: Me, filters: Filters | None) -> list[str]:
    """The questions below the last answer, one at least."""
    messages = in_the_chat(turns_messages(kept(records, me)))
    *_, last = in_the_chat(events.offer(messages, me, filters))
    options = [option["value"] for option in last["options"]]
    assert options
    return options


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
    assert (shown.exports, shown.conversation["value"]) == ("", [])
    assert "US says no breakthrough" in shown.evidence
    assert "<mark" not in shown.evidence


def test_an_answer_is_kept_and_its_conversation_listed(events: Events, records: Records) -> None:
    shown = asked(events, ["Ana", ""], NATO)
    browser, chat = shown.me
    assert browser == "Ana"
    assert shown.chats["choices"] == [(NATO, chat)]
    assert shown.chats["value"] == chat
    assert questions(records, shown.me) == [NATO]
    assert "conversation.json" in shown.exports


def test_a_question_leaves_its_box_before_it_is_answered(events: Events) -> None:
    shown = next(events.ask(NATO, ["Ana", ""], None))
    assert shown.question == ""
    assert shown.conversation == [question_message(NATO)]


def test_an_answer_grows_a_statement_at_a_time(events: Events) -> None:
    _, *growing, last = events.ask(NATO, ["Ana", ""], None)
    assert len(growing) > 1
    assert {str(step.question) for step in (*growing, last)} == {str(SKIPPED)}
    links = [step.conversation[-1]["content"].count('class="citation"') for step in growing]
    assert links == list(range(1, len(growing) + 1))
    assert all(f'data-citations="1-{n}"' in growing[-1].evidence for n in links)


def test_below_the_last_answer_questions_are_offered_that_go_on(
    events: Events, records: Records
) -> None:
    me = asked(events, ["Ana", ""], DATE, NATO).me
    option = offered(events, records, me, None)[0]
    whole(events.ask_example(select(option), me, None))
    assert questions(records, me) == [DATE, NATO, option]
    assert kept(records, me)[-1].answered


def test_what_is_offered_under_filters_is_answered_under_them(
    own_articles: ArticleQA, records: Records
) -> None:
    events = Events(own_articles, records)
    (article,) = own_articles.articles()
    own_articles.index.add(extract(pasted(f"A copy\n\n{article.text}")))
    me = asked(events, ["Ana", ""], NATO).me
    for each in own_articles.articles():
        only = Filters(articles=(each.id,))
        for option in offered(events, records, me, only):
            whole(events.ask_example(select(option), me, only))
            answer = kept(records, me)[-1]
            assert answer.answered
            assert {c.article_id for c in answer.citations} == {each.id}


def test_what_is_offered_changes_no_message(events: Events, records: Records) -> None:
    me = asked(events, ["Ana", ""], DATE, NATO).me
    messages = in_the_chat(turns_messages(kept(records, me)))
    after = in_the_chat(events.offer(messages, me, None))
    assert [m["content"] for m in after] == [m["content"] for m in messages]


def test_below_a_problem_and_before_any_answer_nothing_is_offered(
    events: Events, records: Records
) -> None:
    me = asked(events, ["Ana", ""], DATE).me
    problem = [question_message("???"), problem_message("only punctuation")]
    messages = in_the_chat([*turns_messages(kept(records, me)), *problem])
    assert events.offer(messages, me, None) == SKIPPED
    assert events.offer(in_the_chat(problem), ["Ana", ""], None) == SKIPPED
    assert events.offer([], ["Ana", ""], None) == SKIPPED


def test_an_example_is_asked_by_its_text(events: Events, records: Records) -> None:
    shown = whole(events.ask_example(select({"text": DATE}), ["Ana", ""], None))
    assert questions(records, shown.me) == [DATE]


def test_a_later_visit_shows_the_conversation_that_was_open(
    events: Events, records: Records
) -> None:
    me = asked(events, ["Ana", ""], DATE, HEADLINE).me
    shown = events.visit(me)
    assert shown.conversation["value"] == turns_messages(kept(records, me))
    assert 'data-citations="2-1"' in shown.evidence
    assert listed(shown) == [DATE]
    assert shown.me == me


def test_another_browser_sees_nothing_of_it(events: Events) -> None:
    _, chat = asked(events, ["Ana", ""], DATE).me
    shown = events.visit(["Ben", chat])
    assert (shown.conversation["value"], listed(shown)) == ([], [])
    assert events.open_chat(chat, ["Ben", ""]).conversation["value"] == []


@pytest.mark.parametrize("me", [None, "Ana", ["Ana"], ["Ana", None], ["Ana", "", ""], {"Ana": ""}])
def test_who_is_known_in_another_form_is_nobody(events: Events, me: Any) -> None:  # noqa: ANN401
    asked(events, ["Ana", ""], DATE)
    shown = events.visit(me)
    assert (shown.conversation["value"], listed(shown)) == ([], [])
    browser, chat = shown.me
    assert len(browser) >= 22
    assert chat == ""


def test_conversations_are_opened_and_begun(events: Events, records: Records) -> None:
    first = asked(events, ["Ana", ""], DATE).me
    begun = events.begin(first)
    assert (begun.conversation["value"], begun.me) == ([], ["Ana", ""])
    assert begun.chats["value"] is None
    second = asked(events, begun.me, HEADLINE)
    assert listed(second) == [HEADLINE, DATE]
    opened = events.open_chat(first[1], second.me)
    assert opened.conversation["value"] == turns_messages(kept(records, first))
    assert opened.me == first


def test_what_is_asked_again_takes_the_place_of_what_came_after(
    events: Events, records: Records
) -> None:
    me = asked(events, ["Ana", ""], NATO, DATE, HEADLINE).me
    edited = edit(2, "Who *leads* the U\\.S\\. delegation?")
    assert whole(events.ask_again(edited, me, None)).me == me
    assert questions(records, me) == [NATO, "Who *leads* the U.S. delegation?"]


def test_what_is_asked_again_keeps_what_another_tab_added_before_it(
    events: Events, records: Records
) -> None:
    me = asked(events, ["Ana", ""], NATO).me
    asked(events, me, DATE)
    steps = list(events.ask_again(edit(4, HEADLINE), me, None))
    earlier = turns_messages(kept(records, me)[:2])
    assert steps[0].conversation == [*earlier, question_message(HEADLINE)]
    assert questions(records, me) == [NATO, DATE, HEADLINE]


def test_what_is_asked_again_ends_what_another_tab_went_on_with(
    events: Events, records: Records
) -> None:
    me = asked(events, ["Ana", ""], NATO, DATE).me
    asked(events, me, HEADLINE)
    whole(events.ask_again(edit(2, "Who leads the delegation?"), me, None))
    assert questions(records, me) == [NATO, "Who leads the delegation?"]


def test_what_is_stopped_when_asked_again_takes_no_place(events: Events, records: Records) -> None:
    me = asked(events, ["Ana", ""], NATO, DATE).me
    before = kept(records, me)
    steps = events.ask_again(edit(0, NATO), me, None)
    assert [next(steps).exports, next(steps).exports] == [SKIPPED, SKIPPED]
    assert kept(records, me) == before


def test_what_cannot_be_asked_again_stands_below_what_stays(
    events: Events, records: Records
) -> None:
    me = asked(events, ["Ana", ""], NATO, DATE).me
    before = kept(records, me)
    _, shown = events.ask_again(edit(2, "???"), me, None)
    *stayed, question, problem = shown.conversation
    assert stayed == turns_messages(before)
    assert question == question_message("???")
    assert "only punctuation" in problem["content"]
    assert events.offer(in_the_chat(shown.conversation), me, None) == SKIPPED
    assert kept(records, me) == before


def test_a_conversation_open_twice_keeps_what_is_asked_in_both(
    events: Events, records: Records
) -> None:
    me = asked(events, ["Ana", ""], NATO).me
    asked(events, me, DATE)
    asked(events, me, HEADLINE)
    assert questions(records, me) == [NATO, DATE, HEADLINE]


def test_an_empty_box_asks_nothing(events: Events) -> None:
    assert list(events.ask(" ", ["Ana", ""], None)) == [Shown(*[SKIPPED] * len(Shown._fields))]


@pytest.mark.parametrize("question", ["?", "???"])
def test_what_cannot_be_asked_stays_in_its_box_and_nothing_is_kept(
    events: Events, records: Records, question: str
) -> None:
    _, shown = events.ask(question, ["Ana", ""], None)
    assert shown.question == question
    assert 'role="alert"' in shown.conversation[-1]["content"]
    assert (shown.evidence, shown.me) == (SKIPPED, SKIPPED)
    assert records.chats.chats("Ana") == []


def test_where_conversations_cannot_be_read_asking_says_so(
    events: Events, records: Records
) -> None:
    me = asked(events, ["Ana", ""], NATO).me
    records.chats.close()
    with pytest.raises(gr.Error, match="it was closed meanwhile"):
        next(events.ask(DATE, me, None))


def test_where_nothing_is_searched_the_refusal_says_so(events: Events) -> None:
    _, shown, _ = events.ask(NATO, ["Ana", ""], Filters(articles=()))
    assert "Searched: no article." in shown.conversation[-1]["content"]


def test_what_is_stopped_is_not_kept(events: Events, records: Records) -> None:
    me = asked(events, ["Ana", ""], DATE).me
    steps = events.ask(NATO, me, None)
    assert [next(steps).exports, next(steps).exports] == [SKIPPED, SKIPPED]
    assert questions(records, me) == [DATE]
    assert 'data-citations="1-1"' in events.visit(me).evidence


@pytest.mark.parametrize(
    ("said", "name"),
    [(True, "Like"), (False, "Dislike"), ("Wrong citation [1]", "Wrong citation [1]")],
)
def test_a_mark_is_kept_shown_again_and_taken_back(
    events: Events, said: bool | str, name: str
) -> None:
    me = asked(events, ["Ana", ""], DATE, HEADLINE).me
    assert events.mark(like(3, said), me)["feedback_value"] == [None, name]
    assert events.visit(me).conversation["feedback_value"] == [None, name]
    assert events.mark(like(3, ""), me)["feedback_value"] == [None, None]
    assert events.visit(me).conversation["feedback_value"] == [None, None]


def test_after_an_edit_the_earlier_answers_keep_their_marks(events: Events) -> None:
    me = asked(events, ["Ana", ""], DATE, HEADLINE).me
    events.mark(like(1, True), me)
    events.mark(like(3, False), me)
    shown = whole(events.ask_again(edit(2, NATO), me, None))
    assert shown.conversation["feedback_value"] == ["Like", None]


def test_a_mark_is_kept_with_what_was_asked_before(events: Events, records: Records) -> None:
    me = asked(events, ["Ana", ""], DATE, HEADLINE).me
    events.mark(like(3, "Dislike"), me)
    (mark,) = records.feedback.marks()
    assert (mark.answer, mark.verdict, mark.history) == (kept(records, me)[1], "wrong", (DATE,))


def test_a_citation_that_the_answer_does_not_have_cannot_be_wrong(
    events: Events, records: Records
) -> None:
    answer = answered("Did it rain?", citation("Rain fell."))
    me = ["Ana", records.chats.append("Ana", None, answer)]
    with pytest.raises(gr.Error, match=r"\[4\]: the answer has no such citation"):
        events.mark(like(1, "Wrong citation [4]"), me)
    assert records.feedback.marks() == []


def test_a_problem_is_not_marked(events: Events, records: Records) -> None:
    me = asked(events, ["Ana", ""], DATE).me
    assert events.mark(like(3, True), me) == SKIPPED
    assert records.feedback.marks() == []


def test_a_removed_conversation_is_gone_and_the_others_stay(
    events: Events, records: Records
) -> None:
    stays = asked(events, ["Ana", ""], DATE).me
    removed = asked(events, ["Ana", ""], HEADLINE).me
    shown = events.remove(removed)
    assert (shown.conversation["value"], shown.me) == ([], ["Ana", ""])
    assert listed(shown) == [DATE]
    assert questions(records, removed) == []
    assert questions(records, stays) == [DATE]


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
    first = events.examples()["examples"]
    count = reader.count
    assert count > 0
    assert first[0]["text"]
    assert events.examples()["examples"] == first
    assert reader.count == count
    index.add(extract(pasted("Rain in Brenning\n\nThe rain will stop, mayor Ilse Karlsen said.")))
    events.examples()
    assert reader.count > count


def test_examples_for_visitors_at_once_are_made_once(
    bundled_index: ArticleIndex, records: Records
) -> None:
    reader = CountingReader(bundled_index)
    articles = ArticleQA(bundled_index, reader=reader)
    Events(articles, records).examples()
    count = reader.count
    events = Events(articles, records)
    with ThreadPoolExecutor(4) as visitors:
        made = [visitors.submit(events.examples) for _ in range(4)]
    first, *others = [each.result() for each in made]
    assert all(other == first for other in others)
    assert reader.count == 2 * count


def test_what_is_cited_is_that_of_the_open_conversation(events: Events) -> None:
    before = asked(events, ["Ana", ""], DATE)
    assert events.cited(before.me) == before.evidence


def test_while_an_answer_is_made_what_is_cited_is_left_to_it(events: Events) -> None:
    me = asked(events, ["Ana", ""], DATE).me
    steps = events.ask(NATO, me, None)
    next(steps)
    assert events.cited(me) == SKIPPED
    assert events.cited(["Ben", ""]) != SKIPPED
    answer = whole(steps)
    assert events.cited(me) == answer.evidence


def test_what_is_cited_is_shown_again_after_an_answer_is_given_up(events: Events) -> None:
    before = asked(events, ["Ana", ""], DATE)
    steps = events.ask(NATO, before.me, None)
    next(steps)
    del steps
    assert events.cited(before.me) == before.evidence


def test_who_is_not_known_yet_is_shown_what_is_cited_by_the_visit(events: Events) -> None:
    assert events.cited(NOBODY) == SKIPPED


def test_of_two_answers_at_once_the_last_shows_both(events: Events, records: Records) -> None:
    me = asked(events, ["Ana", ""], DATE).me
    first, second = events.ask(NATO, me, None), events.ask(HEADLINE, me, None)
    next(first)
    next(second)
    assert whole(first).exports == SKIPPED
    both = whole(second)
    assert questions(records, me) == [DATE, NATO, HEADLINE]
    assert both.conversation["value"] == turns_messages(kept(records, me))
    assert both.evidence == events.visit(me).evidence


def test_where_the_last_of_two_is_a_problem_the_other_answer_is_shown(
    bundled_index: ArticleIndex, records: Records
) -> None:
    class FailingReader(CountingReader):
        """It cannot read for one question."""

        def read(self, question: str, hits: Sequence[Hit]) -> Reading:
            if question == BROKEN:
                message = "it is broken"
                raise IndexStateError(message)
            return super().read(question, hits)

    events = Events(ArticleQA(bundled_index, reader=FailingReader(bundled_index)), records)
    me: Me = ["Ana", "chat"]
    first, second = events.ask(NATO, me, None), events.ask(BROKEN, me, None)
    next(first)
    next(second)
    assert whole(first).exports == SKIPPED
    shown = whole(second)
    assert shown.conversation[:-2] == turns_messages(kept(records, me))
    assert shown.conversation[-2] == question_message(BROKEN)
    assert events.offer(in_the_chat(shown.conversation), me, None) == SKIPPED


def test_answers_of_two_conversations_do_not_wait_for_each_other(events: Events) -> None:
    first, second = events.ask(NATO, ["Ana", "one"], None), events.ask(DATE, ["Ana", "two"], None)
    next(first)
    next(second)
    assert whole(first).me == ["Ana", "one"]
    assert whole(second).me == ["Ana", "two"]


def test_an_answer_that_nobody_waits_for_hinders_nothing(events: Events) -> None:
    before = asked(events, ["Ana", ""], DATE)
    abandoned = Event()
    token = ABANDONED.set(abandoned)
    steps = events.ask(NATO, before.me, None)
    next(steps)
    ABANDONED.reset(token)
    assert events.cited(before.me) == SKIPPED
    abandoned.set()
    assert events.cited(before.me) == before.evidence


def test_nothing_is_offered_while_an_answer_is_made(events: Events, records: Records) -> None:
    me = asked(events, ["Ana", ""], DATE).me
    messages = in_the_chat(turns_messages(kept(records, me)))
    steps = events.ask(NATO, me, None)
    next(steps)
    assert events.offer(messages, me, None) == SKIPPED
    del steps
    assert events.offer(messages, me, None) != SKIPPED


def test_nothing_is_offered_to_a_conversation_that_went_on_meanwhile(
    bundled_index: ArticleIndex, records: Records
) -> None:
    class AnsweringMeanwhile(CountingReader):
        """While it reads to find what to offer, another answer comes."""

        goes_on = False

        def read(self, question: str, hits: Sequence[Hit]) -> Reading:
            if self.goes_on:
                self.goes_on = False
                records.chats.append(me[0], me[1], answered("Did it rain?"))
            return super().read(question, hits)

    reader = AnsweringMeanwhile(bundled_index)
    events = Events(ArticleQA(bundled_index, reader=reader), records)
    me = asked(events, ["Ana", ""], NATO).me
    reader.goes_on = True
    assert events.offer(in_the_chat(turns_messages(kept(records, me))), me, None) == SKIPPED
    assert questions(records, me) == [NATO, "Did it rain?"]


def test_what_a_page_asked_before_it_heard_of_its_answer_shows_nothing(events: Events) -> None:
    before = events.visit(NOBODY).me
    assert events.cited(before) != SKIPPED
    asked(events, before, DATE)
    assert events.cited(before) == SKIPPED

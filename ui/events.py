"""What happens on the page: each method is an event, its result what the page then shows."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any, NamedTuple

import gradio as gr

from index.errors import ArticleQAError
from index.types import Article, Filters
from qa.service import ArticleQA
from qa.suggestions import examples, follow_ups
from qa.types import Answer, Turn
from ui.answering import Answering, Known
from ui.chats import random_id
from ui.feedback import Verdict
from ui.html.evidence import evidence_html
from ui.html.exports import exports_html
from ui.messages import (
    Message,
    answer_message,
    edited_question,
    pending_message,
    problem_message,
    question_message,
    turns_messages,
)
from ui.records import Records
from ui.telling import errors_told, telling_errors

Turns = list[Answer]
Me = list[str]
"""What the browser keeps: the id by which it is known, and the conversation that is open, or ""."""

NOBODY: Me = ["", ""]


class Shown(NamedTuple):
    """What the page shows after an event: a value for each component; see ``shown``.

    Attributes:
        question: The box for it.
        conversation: The messages.
        evidence: The articles that they cite.
        chats: The conversations of this browser.
        exports: The links that save the one that is open.
        me: What the browser keeps.
    """

    question: Any
    conversation: Any
    evidence: Any
    chats: Any
    exports: Any
    me: Any


def shown(**changed: Any) -> Shown:  # noqa: ANN401 - whatever the components take
    """Returns what changes; all else stays as it is."""
    return Shown(**{name: gr.skip() for name in Shown._fields} | changed)


_WRONG_CITATION = "Wrong citation"
VERDICTS = ("Like", "Dislike", *(f"{_WRONG_CITATION} [{n}]" for n in range(1, 5)))
"""What may be said of an answer, as Gradio's chat offers it; the first two are thumbs."""


class Events:
    """The events of one page, over opened articles and what the page keeps."""

    def __init__(self, articles: ArticleQA, records: Records) -> None:
        """Makes them; both stay the caller's to close."""
        self._articles = articles
        self._chats = records.chats
        self._feedback = records.feedback
        self._examples: tuple[tuple[int, ...], list[str]] = (), []
        self._making = Lock()
        self._answering = Answering()

    @errors_told
    def visit(self, me: Me) -> Shown:
        """Shows the conversation that was open in this browser, which is known from now on."""
        browser, chat = _known(me)
        return self._opened([browser or random_id(), chat])

    @errors_told
    def open_chat(self, chat: str | None, me: Me) -> Shown:
        """Shows a conversation of this browser; None begins one."""
        return self._opened([_known(me)[0], chat or ""])

    @errors_told
    def begin(self, me: Me) -> Shown:
        """Begins a conversation."""
        return self.open_chat(None, me)

    @errors_told
    def remove(self, me: Me) -> Shown:
        """Removes the conversation that is open, if one is."""
        browser, chat = _known(me)
        if not chat:
            return shown()
        self._chats.remove(browser, chat)
        return self.begin(me)

    def ask(self, question: str, me: Me, filters: Filters | None) -> Iterator[Shown]:
        """Answers, a statement at a time, and keeps the answer; an empty box asks nothing."""
        if question.strip():
            yield from self._ask(question, me, filters)
        else:
            yield shown()

    def ask_example(
        self, chosen: gr.SelectData, me: Me, filters: Filters | None
    ) -> Iterator[Shown]:
        """Asks a question that was offered."""
        question = chosen.value["text"] if isinstance(chosen.value, dict) else chosen.value
        yield from self.ask(question, me, filters)

    def ask_again(self, edited: gr.EditData, me: Me, filters: Filters | None) -> Iterator[Shown]:
        """Asks an earlier question in other words; what came after it is gone."""
        question = edited_question(edited.value)
        yield from self._ask(question, me, filters, after=_turn(edited.index))

    @errors_told
    def offer(self, messages: Sequence[Message], me: Me, filters: Filters | None) -> Any:  # noqa: ANN401 - Gradio's
        """Offers questions to ask next below the last answer, unless a problem is shown there."""

        def with_options(turns: Turns) -> Any:  # noqa: ANN401 - Gradio's
            if not turns or len(messages) != len(turns_messages(turns)):
                return gr.skip()
            asked = [turn.question for turn in turns]
            offered = follow_ups(self._articles.without_model(), turns[-1], asked, filters=filters)
            return [*messages[:-1], {**messages[-1], "options": [{"value": q} for q in offered]}]

        return self._at_rest(me, with_options)

    @errors_told
    def mark(self, marked: gr.LikeData, me: Me) -> Any:  # noqa: ANN401 - Gradio's
        """Keeps what somebody says of an answer, or takes it back.

        It is told to the page, too: Gradio's chat forgets it when the messages change.
        """
        turn, turns = _turn(marked.index), self._turns(me)
        if turn >= len(turns):  # A problem is no answer, nor is one that still grows.
            return gr.skip()
        answer, browser = turns[turn], _known(me)[0]
        earlier = [each.question for each in turns[:turn]]
        if verdict := _verdict(marked.liked):
            self._feedback.mark(browser, answer, *verdict, history=earlier)
        else:
            self._feedback.unmark(browser, answer)
        return gr.update(feedback_value=self._said(turns, browser))

    @errors_told
    def examples(self) -> Any:  # noqa: ANN401 - Gradio's
        """Offers examples, made anew where the articles have changed."""
        ids = tuple(article.id for article in self._articles.articles())
        with self._making:
            if self._examples[0] != ids:
                self._examples = ids, examples(self._articles.without_model())
        return gr.update(examples=[{"text": question} for question in self._examples[1]])

    @errors_told
    def cited(self, me: Me) -> Any:  # noqa: ANN401 - Gradio's
        """Shows what is cited in the open conversation, of articles that may have changed."""
        return self._at_rest(me, self.evidence) if _known(me)[0] else gr.skip()

    def evidence(self, turns: Sequence[Answer]) -> str:
        """Returns the articles cited so far; before anything was cited, the first one."""
        known: dict[int, Article] = {}
        for article_id in {c.article_id for answer in turns for c in answer.shown}:
            with suppress(KeyError):  # Removed since.
                known[article_id] = self._articles.article(article_id)
        cited = any(answer.shown for answer in turns)
        present = known if cited else {a.id: a for a in self._articles.articles()[:1]}
        said = self._articles.index.attributions
        return evidence_html(turns, present, {i: said(i) for i in present})

    def _ask(
        self,
        question: str,
        me: Me,
        filters: Filters | None,
        *,
        after: int | None = None,
    ) -> Iterator[Shown]:
        """Answers after so many turns, all if None. The rest stays until there is an answer."""
        with telling_errors():
            turns = self._turns(me)
        browser, chat = _known(me)
        own = browser or random_id(), chat or random_id()
        with self._answering.of(own):
            is_kept = yield from self._answer(question, own, turns, filters, after)
        if is_kept and own not in self._answering:  # Else the other answer shows both.
            yield self._opened([*own])

    def _answer(
        self,
        question: str,
        own: Known,
        turns: Turns,
        filters: Filters | None,
        after: int | None,
    ) -> Generator[Shown, None, bool]:
        """Shows an answer as it grows, and keeps it; returns False where there is a problem."""
        earlier = turns[:after]
        asked = [*turns_messages(earlier), question_message(question)]
        pending = [pending_message(self._articles.model)] if self._articles.model else []
        yield shown(question="", conversation=[*asked, *pending], me=[*own])
        history = [Turn(answer.question, answer) for answer in earlier]
        try:
            for answer in self._articles.stream(question, filters=filters, history=history):
                told = [*earlier, answer]
                reply = answer_message(answer, len(told))
                yield shown(conversation=[*asked, reply], evidence=self.evidence(told))
            if after is not None:
                self._chats.keep(*own, after)
            self._chats.append(*own, answer)
        except ArticleQAError as error:
            problem = [question_message(question), problem_message(str(error))]
            yield self._given_up(question, own, turns, *problem)
            return False
        except Exception:
            yield self._given_up(question, own, turns)
            raise
        return True

    def _given_up(self, question: str, own: Known, turns: Turns, *told: Message) -> Shown:
        """Shows the conversation without the answer: as another one left it, if one came."""
        with suppress(ArticleQAError):  # What went wrong is told already.
            turns = self._chats.turns(*own)
        return shown(question=question, conversation=[*turns_messages(turns), *told])

    def _at_rest(self, me: Me, show: Callable[[Turns], Any]) -> Any:  # noqa: ANN401 - Gradio's
        """Shows something of the conversation; nothing while an answer is being made.

        The page might get this after that answer, and would show the older state.
        """
        own, turns = _known(me), self._turns(me)
        if own in self._answering:
            return gr.skip()
        made = show(turns)
        is_old = own in self._answering or self._turns(me) != turns
        return gr.skip() if is_old else made

    def _turns(self, me: Me) -> Turns:
        return self._chats.turns(*_known(me))

    def _opened(self, me: Me) -> Shown:
        turns = self._turns(me)
        said = self._said(turns, me[0])
        chat = gr.update(value=turns_messages(turns), feedback_value=said)
        return shown(conversation=chat, evidence=self.evidence(turns), **self._listed(turns, me))

    def _said(self, turns: Turns, browser: str) -> list[str | None]:
        """What was said of each answer, as Gradio's chat calls it."""
        marks = [self._feedback.mark_of(browser, answer) for answer in turns]
        return [_shown_verdict(m.verdict, m.citation) if m else None for m in marks]

    def _listed(self, turns: Turns, me: Me) -> dict[str, Any]:
        """The open conversation among those of this browser."""
        own = [(chat.title, chat.id) for chat in self._chats.chats(me[0])]
        chats = gr.update(choices=own, value=me[1] if turns else None)
        return {"chats": chats, "exports": exports_html(turns), "me": me}


def _known(me: Me) -> Known:
    """The browser and its conversation. What an older version of the page kept counts as none."""
    match me:
        case [str(browser), str(chat)]:
            return browser, chat
    return "", ""


def _turn(index: int | tuple[int, int]) -> int:
    """The number of the turn, from 0, of a message: each has a question and an answer."""
    message = index if isinstance(index, int) else index[0]
    return message // 2


def _verdict(said: bool | str) -> tuple[Verdict, int | None] | None:
    """What Gradio calls what somebody said; None where it was taken back."""
    if said in (True, "Like"):
        return "right", None
    if said in (False, "Dislike"):
        return "wrong", None
    if isinstance(said, str) and said.startswith(_WRONG_CITATION):
        return "wrong citation", int(said.rpartition("[")[2].rstrip("]"))
    return None


def _shown_verdict(verdict: Verdict, citation: int | None) -> str:
    return {"right": "Like", "wrong": "Dislike"}.get(verdict, f"{_WRONG_CITATION} [{citation}]")

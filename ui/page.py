"""The chat page: the conversation on the left, the article with what is cited on the right."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.resources import files
from typing import Any

import gradio as gr

from index.errors import ArticleQAError
from index.readers import BUNDLED_KEY
from index.types import Article
from qa.service import ArticleQA
from qa.types import Answer
from ui.rendering import answer_html, evidence_html, problem_html, question_html

HOST = "127.0.0.1"
_AT_ONCE = 8
"""How many people's questions are answered at the same time."""

_EXAMPLES = (
    "What did Ryabkov say about NATO?",
    "How many Russian troops are near the Ukrainian border?",
    "How much security assistance did the Biden administration authorize in December?",
    "When was this published?",
    "What did Macron say about the talks?",
)
_EXAMPLES_OF_ANY = ("What is the headline?", "When was this published?")

_INTRODUCTION = (
    "## Ask the articles\n"
    "Every answer is made of exact quotations. Click a number such as [1] to see it in the article."
)

Messages = list[dict[str, Any]]


class _Conversation:
    """What happens on the page: each method is an event, its result what the page then shows."""

    def __init__(self, articles: ArticleQA) -> None:
        self._articles = articles

    def ask(
        self, question: str, messages: Messages, turns: list[Answer]
    ) -> Iterator[tuple[str, Messages, list[Answer], str]]:
        asked = [*messages, _message("user", question_html(question))]
        try:
            for part in self._articles.stream(question):
                told = [*turns, part]
                reply = _message("assistant", answer_html(part, len(told)))
                yield "", [*asked, reply], told, self.evidence(told)
        except ArticleQAError as error:
            reply = _message("assistant", problem_html(str(error)))
            yield question, [*asked, reply], turns, self.evidence(turns)

    def ask_example(
        self, chosen: gr.SelectData, messages: Messages, turns: list[Answer]
    ) -> Iterator[tuple[str, Messages, list[Answer], str]]:
        yield from self.ask(chosen.value["text"], messages, turns)

    def clear(self) -> tuple[list[Answer], str]:
        return [], self.evidence([])

    def evidence(self, turns: Sequence[Answer]) -> str:
        """The articles cited so far; before anything was cited, the first one."""
        known: dict[int, Article] = {}
        for article_id in {c.article_id for answer in turns for c in answer.shown}:
            with suppress(KeyError):  # Removed since: its quotation stays in the answer.
                known[article_id] = self._articles.article(article_id)
        shown = known or {a.id: a for a in self._articles.articles()[:1]}
        said = self._articles.index.attributions
        return evidence_html(turns, shown, {i: said(i) for i in shown})


def build_page(articles: ArticleQA) -> gr.Blocks:
    """Returns the page over opened articles; see ``launch_options`` for how to start it."""
    events = _Conversation(articles)
    page = gr.Blocks(title="Ask the articles", analytics_enabled=False, fill_width=True)
    with page:
        turns = gr.State([])
        gr.Markdown(_INTRODUCTION)
        with gr.Row():
            with gr.Column(scale=5):
                conversation = gr.Chatbot(
                    label="Conversation",
                    elem_id="conversation",
                    height="calc(100vh - 16rem)",
                    latex_delimiters=[],
                    examples=[{"text": example} for example in _examples(articles)],
                    buttons=[],
                )
                question = gr.Textbox(
                    label="Question",
                    elem_id="question",
                    placeholder="What did ... say about ...?",
                    submit_btn="Ask",
                )
            with gr.Column(scale=6):
                evidence = gr.HTML(lambda: events.evidence([]), elem_id="evidence")
        shown = [question, conversation, turns, evidence]
        options: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        question.submit(events.ask, [question, conversation, turns], shown, **options)
        conversation.example_select(events.ask_example, [conversation, turns], shown, **options)
        conversation.clear(events.clear, None, [turns, evidence], **options)
    page.queue(default_concurrency_limit=_AT_ONCE)
    return page


def launch_options(port: int) -> dict[str, Any]:
    """Returns what ``Blocks.launch`` is to be called with: this machine only, nothing shared."""
    static = files("ui").joinpath("static")
    return {
        "server_name": HOST,
        "server_port": port,
        "share": False,
        "quiet": True,
        "footer_links": [],
        "css": static.joinpath("page.css").read_text("utf-8"),
        "head": f"<script>{static.joinpath('page.js').read_text('utf-8')}</script>",
    }


def _examples(articles: ArticleQA) -> Sequence[str]:
    keys = {article.key for article in articles.articles()}
    return _EXAMPLES if BUNDLED_KEY in keys else _EXAMPLES_OF_ANY


def _message(role: str, html: str) -> dict[str, Any]:
    return {"role": role, "content": html}

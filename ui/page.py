"""The chat page: the conversation on the left, the articles with what is cited on the right."""

from collections.abc import Sequence
from typing import Any, Literal

import gradio as gr

from qa.service import ArticleQA
from ui.api import add_endpoints
from ui.events import NOBODY, VERDICTS, Events, Shown
from ui.library_panel import LibraryPanel, build_library
from ui.records import Records
from ui.stopping import stoppable

_CLICK = "Click a number such as [1] to see it in the article."
_QUOTED = "Every answer is made of exact quotations."
_WRITTEN = "A language model writes the answers; each statement is checked against what it cites."
_UPLOADS_KEPT = 60 * 60
"""How many seconds files stay on the server that were uploaded: they are read at once."""

_WAITING_AT_ONCE = 32
"""How many ask at once where a language model answers: they wait, and take no processor."""

_BY_DEFAULT: Literal["default"] = "default"
"""As many as of any other event; see ``ui.server``."""

_STORAGE_KEY = "article-qa"
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# Without a conversation in what is passed on, nothing is deleted.
_CONFIRM = "(me) => confirm('Delete this conversation?') ? [me] : [[me[0], '']]"


def build_page(articles: ArticleQA, records: Records) -> gr.Blocks:
    """Returns the page; see ``ui.server.start``.

    Args:
        articles: What is asked.
        records: What is kept of the conversations.
    """
    page = gr.Blocks(
        title="Ask the articles",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(_UPLOADS_KEPT, _UPLOADS_KEPT),
    )
    with page:
        made = _WRITTEN if articles.model else _QUOTED
        gr.Markdown(f"# Ask the articles\n{made} {_CLICK}")
        with gr.Row():
            with gr.Column(scale=5):
                parts = _Parts()
            with gr.Column(scale=6):
                library = build_library(articles, page)
                evidence = gr.HTML(elem_id="evidence")
        at_once = _WAITING_AT_ONCE if articles.model else _BY_DEFAULT
        _connect(page, Events(articles, records), parts, library, evidence, at_once)
        add_endpoints(articles)
        _cancel_first(page)
    return page


def _cancel_first(page: gr.Blocks) -> None:
    """Lets each event that cancels others do so before anything else that its trigger does.

    The browser goes through what a trigger does in order, and waits for each to end. Cancelling
    would come last, and end what was begun meanwhile.
    """
    others_last = sorted(page.fns.items(), key=lambda each: not each[1].cancels)
    page.default_config.fns = dict(others_last)


class _Parts:
    """The conversation, laid out in the order in which its components are made."""

    def __init__(self) -> None:
        self.me = gr.BrowserState(NOBODY, storage_key=_STORAGE_KEY, secret=_STORAGE_KEY)
        with gr.Row(elem_id="chats"):
            self.chats = gr.Dropdown([], label="Conversations", scale=4)
            self.begin = gr.Button("New conversation", size="sm", min_width=120)
            self.remove = gr.Button("Delete conversation", size="sm", min_width=120)
        self.conversation = gr.Chatbot(
            label="Conversation",
            show_label=False,
            elem_id="conversation",
            height="calc(100vh - 25rem)",
            latex_delimiters=[],
            buttons=[],
            editable="user",
            feedback_options=VERDICTS,
        )
        self.question = gr.Textbox(
            label="Question",
            elem_id="question",
            placeholder="What did ... say about ...?",
            submit_btn="Ask",
        )
        with gr.Row():
            self.stop = gr.Button("Stop", size="sm", scale=0, min_width=80)
            self.exports = gr.HTML(elem_id="exports")


def _connect(
    page: gr.Blocks,
    events: Events,
    parts: _Parts,
    library: LibraryPanel,
    evidence: gr.HTML,
    at_once: int | Literal["default"],
) -> None:
    me, conversation, question = parts.me, parts.conversation, parts.question
    shown = list(Shown(question, conversation, evidence, parts.chats, parts.exports, me))
    asking = [me, library.filters]
    offered = [conversation, *asking]
    answering = _connect_asking(events, parts, asking, shown, at_once)
    offering = [e.then(events.offer, offered, conversation, **_QUIET) for e in answering]
    ending = {"cancels": _dicts([*answering, *offering]), **_QUIET}
    gr.on([parts.stop.click], events.visit, me, shown, **ending)
    gr.on([parts.begin.click, conversation.clear], events.begin, me, shown, **ending)
    parts.remove.click(events.remove, me, shown, js=_CONFIRM, **ending)
    parts.chats.input(events.open_chat, [parts.chats, me], shown, **ending)
    conversation.like(events.mark, me, conversation, **_QUIET)
    opened = page.load(events.visit, me, shown, **_QUIET)
    reopened = opened.then(events.offer, offered, conversation, **_QUIET)
    changed = library.held.change(events.cited, me, evidence, **_QUIET)
    library.held.change(events.examples, None, conversation, **_QUIET)
    # Who goes on is not shown what was still being looked for.
    looking = _dicts([*offering, opened, reopened, changed])
    chosen = [conversation.example_select, conversation.option_select, conversation.edit]
    gr.on([question.submit, *chosen], cancels=looking, **_QUIET)


def _connect_asking(
    events: Events,
    parts: _Parts,
    asking: Sequence[gr.components.Component],
    shown: Sequence[gr.components.Component],
    at_once: int | Literal["default"],
) -> list[gr.events.Dependency]:
    """All ways to ask: what is typed, chosen, or put in other words."""
    options: dict[str, Any] = {"concurrency_limit": at_once, **_QUIET}
    typed, chat = [parts.question, *asking], parts.conversation
    return [
        # Gradio else drops what is asked while an earlier question ends, or is being stopped.
        parts.question.submit(
            stoppable(events.ask), typed, shown, trigger_mode="multiple", **options
        ),
        chat.example_select(stoppable(events.ask_example), asking, shown, **options),
        chat.option_select(stoppable(events.ask_example), asking, shown, **options),
        chat.edit(stoppable(events.ask_again), asking, shown, **options),
    ]


def _dicts(events: Sequence[gr.events.Dependency]) -> list[dict[str, Any]]:
    """What ``cancels`` takes, in the words of its type."""
    return list(events)

"""The panel of articles: where they are added, removed, and chosen to be searched.

Its look is in ``static/library.css``, which is the page's to include.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import IndexStateError
from qa.service import ArticleQA
from ui import library
from ui.library import DateError, Offer, Report

_PROGRESS = gr.Progress()
_DROP_HEIGHT = 170
_NARROW = 120
"""In pixels: two such beside each other fit on a phone."""

# The element itself stays when its content changes: only so do screen readers tell of it.
_LIVE = "element.setAttribute('role', 'status');"
_SCRIPT = files("ui").joinpath("static", "library.js").read_text("utf-8")

_CONFIRM = """(ticked) => {
    const articles = ticked.length === 1 ? "article" : `${ticked.length} articles`;
    const question = `Remove the ticked ${articles} for everybody who asks here?`;
    return [ticked.length && confirm(question) ? ticked : []];
}"""


@dataclass(frozen=True)
class LibraryPanel:
    """What the page needs of the panel.

    Attributes:
        filters: Which articles to search, ``index.types.Filters | None``: an input of asking.
        held: The ids of all articles. It changes when these change.
    """

    filters: gr.State
    held: gr.State


def build_library(articles: ArticleQA, page: gr.Blocks) -> LibraryPanel:
    """Lays out the panel at this place of the page, and returns what the page needs of it."""
    with gr.Accordion("Articles", open=False, elem_id="library"):
        parts = _Parts()
        panel = LibraryPanel(gr.State(None), gr.State(()))
    _connect(page, _Events(articles), parts, panel)
    return panel


class _Parts:
    """The components, laid out in the order in which they are made."""

    def __init__(self) -> None:
        with gr.Row():
            with gr.Column():
                self.files = gr.File(
                    label="Add files: text, Markdown, HTML, PDF, Word",
                    file_count="multiple",
                    height=_DROP_HEIGHT,
                    elem_id="library-files",
                )
            with gr.Column():
                self.address = gr.Textbox(
                    "", label="Add a web address", placeholder="https://", submit_btn="Add page"
                )
                self.text = gr.Textbox(
                    "", label="Add pasted text", lines=2, max_lines=8, submit_btn="Add text"
                )
        self.told = gr.HTML(elem_id="library-told", js_on_load=_LIVE)
        self.bar = gr.HTML(elem_id="library-bar")
        self.ticked = gr.CheckboxGroup(
            [], label="Articles to search (all, where none is ticked)", elem_id="library-list"
        )
        small: dict[str, Any] = {"size": "sm", "min_width": _NARROW}
        with gr.Row():
            self.all = gr.Button("Tick all", **small)
            self.none = gr.Button("Tick none", **small)
            self.refresh = gr.Button("Refresh the list", **small)
            self.remove = gr.Button("Remove the ticked", **small)
        with gr.Row():
            self.since = _day("Published from")
            self.until = _day("Published until")
        self.searched = gr.HTML(elem_id="library-searched", js_on_load=_SCRIPT)


def _day(label: str) -> gr.Textbox:
    return gr.Textbox("", label=label, placeholder="YYYY-MM-DD", max_lines=1, min_width=_NARROW)


class _Events:
    """What happens: each method is an event, its result what the panel then shows."""

    def __init__(self, articles: ArticleQA) -> None:
        self._articles = articles
        self._index = articles.index

    def add_files(
        self, paths: Sequence[str], progress: gr.Progress = _PROGRESS
    ) -> Iterator[tuple[None, str]]:
        """The drop is emptied at once: more can be dropped meanwhile."""
        offers = [library.offered_file(Path(path)) for path in paths]
        for report in library.add(self._index, offers, progress):
            yield None, _report_html(report)

    def add_address(
        self, address: str, progress: gr.Progress = _PROGRESS
    ) -> Iterator[tuple[str, str]]:
        yield from self._add_typed(address, library.offered_address(address), progress)

    def add_text(self, text: str, progress: gr.Progress = _PROGRESS) -> Iterator[tuple[str, str]]:
        yield from self._add_typed(text, library.offered_text(text), progress)

    def remove(self, ticked: Sequence[int]) -> str:
        try:
            count = library.remove(self._index, ticked)
        except IndexStateError as error:
            return _paragraph(f"The index cannot be written, so that none is removed ({error})")
        return _paragraph(f"Articles removed: {count}." if count else "No article was removed.")

    def refresh(
        self, ticked: Sequence[int], held: Sequence[int]
    ) -> tuple[dict[str, Any], tuple[int, ...]]:
        """What was ticked stays so; what is new is ticked."""
        articles = self._index.articles()
        value = [a.id for a in articles if a.id in ticked or a.id not in held]
        choices = [(library.label(a), a.id) for a in articles]
        return gr.update(choices=choices, value=value), tuple(a.id for a in articles)

    def choose(
        self, ticked: Sequence[int], held: Sequence[int], since: str, until: str
    ) -> tuple[Any, str]:
        """Where all in the list are ticked, those are searched too that others add meanwhile."""
        articles = [article for article in self._index.articles() if article.id in held]
        try:
            filters = library.chosen(articles, ticked, since, until)
        except DateError as error:
            return gr.skip(), _paragraph(f"{error}. What is searched stays as it was.")
        return filters, _paragraph(str(self._articles.searched(filters)))

    def _add_typed(
        self, typed: str, offer: Offer, progress: gr.Progress
    ) -> Iterator[tuple[str, str]]:
        """What was typed stays in its box to be put right, unless it could be added."""
        for report in library.add(self._index, [offer], progress):
            yield "" if report.added else typed, _report_html(report)


def _connect(page: gr.Blocks, events: _Events, parts: _Parts, panel: LibraryPanel) -> None:
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    listed = [parts.ticked, panel.held]
    for change in [
        *_connect_adding(events, parts),
        parts.remove.click(events.remove, parts.ticked, parts.told, js=_CONFIRM, **quiet),
    ]:
        change.then(events.refresh, listed, listed, **quiet)
    gr.on([page.load, parts.refresh.click], events.refresh, listed, listed, **quiet)
    parts.all.click(list, panel.held, parts.ticked, **quiet)
    parts.none.click(list, None, parts.ticked, **quiet)
    typed = [event for day in (parts.since, parts.until) for event in (day.submit, day.blur)]
    gr.on(
        [parts.ticked.change, panel.held.change, *typed],
        events.choose,
        [*listed, parts.since, parts.until],
        [panel.filters, parts.searched],
        trigger_mode="always_last",
        **quiet,
    )


def _connect_adding(events: _Events, parts: _Parts) -> list[gr.events.Dependency]:
    """One adds at a time, in a queue of their own: those who ask do not wait there."""
    options: dict[str, Any] = {
        "api_visibility": "private",
        "show_progress_on": parts.bar,
        "concurrency_id": "library",
        "concurrency_limit": 1,
    }
    drop, address, text, told = parts.files, parts.address, parts.text, parts.told
    return [
        drop.upload(events.add_files, drop, [drop, told], trigger_mode="multiple", **options),
        address.submit(events.add_address, address, [address, told], **options),
        text.submit(events.add_text, text, [text, told], **options),
    ]


def _report_html(report: Report) -> str:
    known = [one.source for one in report.added if one.change == "unchanged"]
    new = len(report.added) - len(known)
    if report.done < report.total and not report.stopped:
        told = f"Adding: {report.done} of {report.total} done."
    else:
        told = f"Added {new} of {report.total}." if new else "Nothing was added."
    lines = [*(f"{source}: it is there already" for source in known), *report.faults]
    items = "".join(f"<li>{escape(line)}</li>" for line in [*lines, report.stopped] if line)
    return _paragraph(told) + (f"<ul>{items}</ul>" if items else "")


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"

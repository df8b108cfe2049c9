"""The articles that a conversation cites, with what it cites of them."""

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from index.sentences import split_paragraphs
from index.types import Article, Attribution, Span
from qa.types import Answer, Citation
from ui.html.marks import mark_html, marked_paragraphs, marks_in
from ui.html.quotations import is_web, quotations_html
from ui.html.speakers import speakers_html
from ui.html.text import attribute, inline, written_day

Said = Mapping[int, Sequence[Attribution]]
"""Who says what, by article."""


def evidence_html(
    turns: Sequence[Answer], articles: Mapping[int, Article], said: Said = MappingProxyType({})
) -> str:
    """Returns the articles that are cited, marked, the one of the latest answer shown.

    Args:
        turns: The answers of the conversation, oldest first.
        articles: Those that are in the index, by id; where nothing is cited, the first is shown.
            Of one that is not there (any more) what was cited is shown.
        said: Who says what in them, as far as it is to be listed.
    """
    cited = {c.article_id: c for answer in reversed(turns) for c in answer.shown}
    shown = list(cited) or list(articles)[:1]
    parts = [
        _article_html(articles[i], said.get(i, ()), turns, hidden=place > 0)
        if i in articles
        else _earlier_html(cited[i], turns, hidden=place > 0)
        for place, i in enumerate(shown)
    ]
    titles = [articles[i].title if i in articles else cited[i].title for i in shown]
    return _choice(titles) + "".join(parts)


def _choice(titles: Sequence[str]) -> str:
    """Which of several articles is shown."""
    if len(titles) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" data-article="{place}" aria-pressed="{str(place == 0).lower()}">'
        f"{escape(title)}</button>"
        for place, title in enumerate(titles)
    )
    return f'<nav class="cited" aria-label="Cited articles">{buttons}</nav>'


def _article_html(
    article: Article, attributions: Sequence[Attribution], turns: Sequence[Answer], *, hidden: bool
) -> str:
    marks, latest = marks_in(article, turns), len(turns)
    header_end = max((span.end for span in article.header.values()), default=0)
    before = split_paragraphs(article.text, Span(0, header_end))
    stated = [p for p in before if any(_overlap(p, span) for span in article.header.values())]
    rest = [*(p for p in before if p not in stated), *_blocks(article, header_end)]
    header = marked_paragraphs(article.text, stated, marks, latest)
    body = marked_paragraphs(article.text, rest, marks, latest)
    return (
        f"{_opening(hidden)}"
        f'<header><h2 dir="auto">{escape(article.title)}</h2>'
        f'<p class="facts">{_facts(article)}</p></header>'
        f"{_latest_quotations(article.id, turns)}"
        f"{speakers_html(article, attributions)}"
        f'<div class="header-lines">{header}</div><div class="text">{body}</div></article>'
    )


def _earlier_html(citation: Citation, turns: Sequence[Answer], *, hidden: bool) -> str:
    """What was cited of an article that is no longer there as it was."""
    quotes = [
        (f"{turn}-{c.number}", c)
        for turn, answer in enumerate(turns, start=1)
        for c in answer.shown
        if c.article_id == citation.article_id
    ]
    cited = "".join(
        f'<p dir="auto">{mark_html(inline(c.quote), [name], len(turns))}</p>' for name, c in quotes
    )
    return (
        f"{_opening(hidden)}"
        f'<header><h2 dir="auto">{escape(citation.title)}</h2>'
        f'<p class="facts">{_facts(citation)}</p></header>'
        '<p class="earlier">From an earlier version: the article was removed or has changed '
        "since. What was cited of it:</p>"
        f"{_latest_quotations(citation.article_id, turns)}"
        f'<div class="text">{cited}</div></article>'
    )


def _opening(hidden: bool) -> str:
    return f'<article class="source"{" hidden" if hidden else ""}>'


def _latest_quotations(article_id: int, turns: Sequence[Answer]) -> str:
    latest = turns[-1].shown if turns else ()
    return quotations_html([c for c in latest if c.article_id == article_id], len(turns))


def _blocks(article: Article, position: int) -> list[Span]:
    """The paragraphs from there on, and the lines between them, which are part of the text too."""
    blocks: list[Span] = []
    for paragraph in article.paragraphs:
        if paragraph.start >= position:
            blocks += [*split_paragraphs(article.text, Span(position, paragraph.start)), paragraph]
            position = paragraph.end
    return blocks + split_paragraphs(article.text, Span(position, len(article.text)))


def _facts(of: Article | Citation) -> str:
    facts = [escape(of.author)] if isinstance(of, Article) and of.author else []
    if of.published:
        facts.append(f'<time datetime="{of.published}">{written_day(of.published)}</time>')
    if is_web(of.url):
        address = attribute(of.url or "")
        facts.append(f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>')
    else:
        facts.append(escape(of.source))
    return " · ".join(facts)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end

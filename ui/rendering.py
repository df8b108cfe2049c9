"""Answers and articles as HTML. Everything that people or articles wrote is escaped here.

A citation is named ``TURN-NUMBER``: links in the chat point to ``#citation-TURN-NUMBER``, and the
marks in the article carry the names of all citations that cover them.
"""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from types import MappingProxyType

from index.sentences import split_paragraphs
from index.types import Article, Attribution, Span
from qa.types import Answer, Citation
from ui.speakers import speakers_html

_LIKELY, _VERY_LIKELY = 0.65, 0.85
"""From these confidences on, an answer is called likely or very likely right."""


def question_html(question: str) -> str:
    """Returns a question as it is shown in the chat: as it was typed, markup included."""
    return f'<div class="question" dir="auto">{_inline(question)}</div>'


def answer_html(answer: Answer, turn: int) -> str:
    """Returns an answer as it is shown in the chat, with a link for each citation."""
    if not answer.answered:
        return _rewritten(answer) + _abstention_html(answer, turn)
    statements = " ".join(
        f"{_inline(s.text)} {''.join(_link(turn, c) for c in s.citations)}"
        for s in answer.statements
    )
    short = f'<strong class="short">{_inline(answer.short.quote)}</strong> ' if answer.short else ""
    return (
        f'{_rewritten(answer)}<div class="answer" dir="auto">{short}{statements}'
        f'<div class="confidence">{_confidence(answer.confidence)}</div></div>'
    )


def _rewritten(answer: Answer) -> str:
    if not answer.is_rewritten:
        return ""
    return f'<div class="rewritten">Asked as: {_inline(answer.standalone_question)}</div>'


def problem_html(message: str) -> str:
    """Returns an error as it is shown in the chat."""
    return f'<div class="problem" role="alert">{_inline(message)}</div>'


Said = Mapping[int, Sequence[Attribution]]
"""Who says what, by article."""


def evidence_html(
    turns: Sequence[Answer], articles: Mapping[int, Article], said: Said = MappingProxyType({})
) -> str:
    """Returns the articles that are cited, marked, the one of the latest answer shown.

    Args:
        turns: The answers of the conversation, oldest first.
        articles: Those that are in the index, by id. One that was removed cannot be shown.
        said: Who says what in them, as far as it is to be listed.
    """
    cited = {c.article_id: None for answer in reversed(turns) for c in answer.shown}
    present = [articles[article_id] for article_id in cited if article_id in articles]
    if not present:
        present = list(articles.values())[:1]
    return "".join(
        _article_html(article, said.get(article.id, ()), turns, hidden=position > 0)
        for position, article in enumerate(present)
    )


def _abstention_html(answer: Answer, turn: int) -> str:
    closest = "".join(f"<li>{_inline(c.quote)} {_link(turn, c)}</li>" for c in answer.closest)
    return (
        f'<div class="abstention" dir="auto"><strong>{_inline(answer.text)}</strong>'
        f"<p>The closest passages, which may not be about your question:</p>"
        f"<ul>{closest}</ul></div>"
    )


def _confidence(confidence: float) -> str:
    if confidence >= _VERY_LIKELY:
        return "very likely what you asked for"
    if confidence >= _LIKELY:
        return "likely what you asked for"
    return "perhaps not what you asked for: check the article"


def _link(turn: int, citation: Citation) -> str:
    said_by = f"{citation.speaker}: " if citation.speaker else ""
    quote = escape(said_by + " ".join(citation.quote.split()), quote=True)
    return (
        f'<a class="citation" href="#citation-{turn}-{citation.number}" title="{quote}">'
        f"[{citation.number}]</a>"
    )


def _article_html(
    article: Article,
    attributions: Sequence[Attribution],
    turns: Sequence[Answer],
    *,
    hidden: bool,
) -> str:
    marks = _marks(article, turns)
    header_end = max((span.end for span in article.header.values()), default=0)
    before = split_paragraphs(article.text, Span(0, header_end))
    stated = [p for p in before if any(_overlap(p, span) for span in article.header.values())]
    rest = [*(p for p in before if p not in stated), *_blocks(article, header_end)]
    header = _paragraphs(article, stated, marks, len(turns))
    body = _paragraphs(article, rest, marks, len(turns))
    return (
        f'<article class="source"{" hidden" if hidden else ""}>'
        f'<header><h2 dir="auto">{escape(article.title)}</h2>'
        f'<p class="facts">{_facts(article)}</p></header>'
        f"{speakers_html(article, attributions)}"
        f'<div class="header-lines">{header}</div><div class="text">{body}</div></article>'
    )


def _blocks(article: Article, position: int) -> list[Span]:
    """The paragraphs from there on, and the lines between them, which are part of the text too."""
    blocks: list[Span] = []
    for paragraph in article.paragraphs:
        if paragraph.start >= position:
            blocks += [*split_paragraphs(article.text, Span(position, paragraph.start)), paragraph]
            position = paragraph.end
    return blocks + split_paragraphs(article.text, Span(position, len(article.text)))


def _facts(article: Article) -> str:
    facts = [escape(article.author)] if article.author else []
    if article.published:
        day = f"{article.published.day} {article.published:%B %Y}"
        facts.append(f'<time datetime="{article.published}">{day}</time>')
    if article.url and article.url.startswith(("http://", "https://")):
        address = escape(article.url, quote=True)
        facts.append(f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>')
    else:
        facts.append(escape(article.source))
    return " · ".join(facts)


def _marks(article: Article, turns: Sequence[Answer]) -> list[tuple[Span, str]]:
    """Where the conversation's citations stand in this article, with their names."""
    return [
        (Span(c.start, c.end), f"{turn}-{c.number}")
        for turn, answer in enumerate(turns, start=1)
        for c in answer.shown
        if c.article_id == article.id
    ]


def _paragraphs(
    article: Article,
    paragraphs: Sequence[Span],
    marks: Sequence[tuple[Span, str]],
    latest: int,
) -> str:
    return "".join(
        f'<p dir="auto" data-start="{paragraph.start}">'
        f"{_marked(article.text, paragraph, marks, latest)}</p>"
        for paragraph in paragraphs
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _marked(text: str, paragraph: Span, marks: Sequence[tuple[Span, str]], latest: int) -> str:
    """A paragraph's text with its cited stretches marked; citations may overlap."""
    inside = [mark for mark in marks if _overlap(mark[0], paragraph)]
    edges = {edge for span, _ in inside for edge in span}
    cuts = sorted({*paragraph, *(e for e in edges if paragraph.start < e < paragraph.end)})
    pieces = []
    for start, end in pairwise(cuts):
        names = [name for span, name in inside if span.start <= start and end <= span.end]
        piece = escape(text[start:end])
        pieces.append(_mark(piece, names, latest) if names else piece)
    return "".join(pieces)


def _mark(piece: str, names: Sequence[str], latest: int) -> str:
    numbers = [name.split("-")[1] for name in names if name.startswith(f"{latest}-")]
    active = ' class="active"' if numbers else ""
    label = f' data-number="{numbers[0]}"' if numbers else ""
    return f'<mark{active} data-citations="{" ".join(names)}"{label}>{piece}</mark>'


def _inline(text: str) -> str:
    """Escaped, on one line: a blank line would end the block and start Markdown."""
    return "<br>".join(escape(line) for line in text.splitlines() if line.strip())

"""The quotations of an answer, each with a way to its place on the web and to take it along."""

from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import quote, urlsplit

from qa.types import Citation
from ui.html.text import attribute, inline, written_day

_WORDS_AT_AN_END = 5
"""How many words of a long quotation a link names at either end."""


def quotations_html(citations: Sequence[Citation], turn: int) -> str:
    """Returns the list of what an answer cites of an article; empty where that is nothing."""
    if not citations:
        return ""
    items = "".join(f"<li>{_quotation(citation, turn)}</li>" for citation in citations)
    return f'<ul class="quotations" aria-label="Quotations of the answer">{items}</ul>'


def _quotation(citation: Citation, turn: int) -> str:
    number = citation.number
    speaker = f"<cite>{inline(citation.speaker)}</cite>: " if citation.speaker else ""
    return (
        f'<a class="number" href="#citation-{turn}-{number}">[{number}]</a> '
        f'<span dir="auto">{speaker}<q>{inline(citation.quote)}</q></span> '
        f"{_original(citation)}"
        f'<button type="button" class="copy" data-copy="{attribute(with_source(citation))}" '
        f'aria-label="Copy quotation {number} with its source">Copy with citation</button>'
    )


def _original(citation: Citation) -> str:
    if not is_web(citation.url):
        return ""
    address = attribute(address_of(citation))
    return (
        f'<a class="original" href="{address}" target="_blank" rel="noopener noreferrer" '
        f'aria-label="Quotation {citation.number} on the original page">Original page</a> '
    )


def is_web(url: str | None) -> bool:
    """Tells whether an address is one that a link may lead to."""
    return url is not None and url.startswith(("http://", "https://"))


def address_of(citation: Citation) -> str:
    """Returns the address of a quotation on its page, by its words.

    See https://wicg.github.io/scroll-to-text-fragment/: browsers go to the sentence and mark it.
    """
    words = citation.quote.split()
    ends = (
        [words[:_WORDS_AT_AN_END], words[-_WORDS_AT_AN_END:]]
        if len(words) > 2 * _WORDS_AT_AN_END
        else [words]
    )
    # A hyphen has a meaning there, too.
    text = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    # An address that was copied from a search engine names words of its own.
    page = (citation.url or "").partition(":~:")[0]
    between = ":~:text=" if "#" in page else "#:~:text="
    return f"{page}{between}{text}"


def with_source(citation: Citation) -> str:
    """Returns a quotation with who says it, the headline, the publisher, the date and the URL."""
    facts = [
        citation.speaker,
        f"“{citation.title}”",
        _publisher(citation.url or "") or citation.source,
        written_day(citation.published) if citation.published else None,
        citation.url,
    ]
    return f"“{' '.join(citation.quote.split())}” – {', '.join(filter(None, facts))}"


def _publisher(url: str) -> str:
    with suppress(ValueError):  # It has a square bracket alone.
        return (urlsplit(url).hostname or "").removeprefix("www.")
    return ""

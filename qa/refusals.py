"""What is said and shown where the articles do not answer."""

from collections.abc import Sequence
from typing import NamedTuple

from index.article_index import ArticleIndex
from index.types import Hit, Span
from qa.citing import cite
from qa.quotes import find_quotes
from qa.retrieving import Retrieved
from qa.types import Citation

NOT_ANSWERED = "The articles do not say."
_CLOSEST = 3


class Refusal(NamedTuple):
    """The words of a refusal, and the closest passages."""

    text: str
    closest: tuple[Citation, ...]


def refuse(index: ArticleIndex, found: Retrieved) -> Refusal:
    """Returns a refusal: where somebody's words are asked for, with what they do speak about."""
    asked, hits = found.asked, found.hits
    if asked is None:
        return Refusal(NOT_ANSWERED, _closest(hits))
    if asked.speakers:
        own = find_quotes(index, asked.speakers, found.standalone, _CLOSEST, found.filters)
        names = list(dict.fromkeys(str(quotation.speaker) for quotation in own))
        if names:
            verb = "is" if len(names) == 1 else "are"
            text = f"{NOT_ANSWERED} {_joined(names)} {verb} quoted; these statements are closest."
            return Refusal(text, tuple(quotation.citation for quotation in own))
        return Refusal(NOT_ANSWERED, _closest(hits))
    text = f"{NOT_ANSWERED} They do not quote {asked.phrase}."
    if others := _others(hits):
        text += f" The closest statements are by {_joined(others)}."
    return Refusal(text, _closest(hits))


def _joined(names: Sequence[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _others(hits: Sequence[Hit]) -> list[str]:
    """Who speaks in the closest passages."""
    speakers = (a.speaker for hit in hits[:_CLOSEST] for a in hit.attributions)
    return list(dict.fromkeys(speaker.name for speaker in speakers if speaker))[:_CLOSEST]


def _closest(hits: Sequence[Hit]) -> tuple[Citation, ...]:
    return tuple(
        cite(
            hit.article,
            number,
            Span(hit.passage.start, hit.passage.end),
            min(1.0, max(0.0, hit.dense)),
        )
        for number, hit in enumerate(hits[:_CLOSEST], start=1)
    )

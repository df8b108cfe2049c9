"""The ends of what was found, as annotators set them."""

import re
from dataclasses import replace

from index.types import Attribution, Span

_WORD = re.compile(r"\w")
_AFTER = re.compile(r"[\s,;:]+$")
_FULL_STOP = re.compile(r"(?<![A-Z])\.$")
_SENTENCE_BEFORE = re.compile(r"(^|[\n.!?…:][\"'”’)\s]*)[\"'“‘(]*$")
"""What stands before the first word of a sentence."""


def tidied(text: str, attribution: Attribution) -> Attribution:
    """Returns an attribution whose content lacks mere punctuation, and that of its sentence.

    That is what separates it from the next words, and the full stop of a sentence of which it is
    only the end.
    """
    worded = [s for s in attribution.content if _WORD.search(text, *s)] or attribution.content
    return replace(attribution, content=tuple(_tidy(text, span) for span in worded))


def _tidy(text: str, span: Span) -> Span:
    words = _AFTER.sub("", text[span.start : span.end])
    # A capital may begin what was quoted, in an article whose marks were lost.
    if words[:1].islower() and not _SENTENCE_BEFORE.search(
        text, max(0, span.start - 20), span.start
    ):
        words = _FULL_STOP.sub("", words)
    return Span(span.start, span.start + len(words)) if words else span

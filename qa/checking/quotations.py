"""Quotations: what stands between quotation marks stands so, word for word, in one place."""

import re
from collections.abc import Iterator, Sequence

from qa.checking.negation import has_negation
from qa.checking.types import Cited

_QUOTED = re.compile(
    r"[“„«]([^“”„«»]*)(?:[”»“]|$)|\"([^\"]*)(?:\"|$)|(?<!\w)[‘']([^’']*(?:[’']\w[^’']*)*)[’'](?!\w)"
)
_MARKS = re.compile(r"['’‘ʼ＇\"“”„«»`´]")
_GAP = re.compile(r"\.\s?\.\s?\.|…|\[[^\]]*\]")
_ENDING = ".,;:!? -"
_SPACED = re.compile(r"\s+([,.;:!?])")
_DASHES = re.compile(r"\s*(?:--+|[–—])\s*|\s+-\s+")


def check_quotations(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds words in quotation marks that what is cited has not, or has not in one place."""
    runs = [_plain(run) for run in _runs(cited)]
    sentences = [_plain(each.text) for each in cited]
    for quoted in quotations(statement):
        pieces = [p for p in map(_piece, _GAP.split(quoted)) if p]
        places = runs if len(pieces) == 1 else sentences
        if not any(_holds(place, pieces) for place in places):
            return f"the words “{quoted.strip()}” do not stand so in what it cites"
    return None


def quotations(text: str) -> Iterator[str]:
    """Yields what stands between quotation marks; to the end where one is never closed."""
    for match in _QUOTED.finditer(text):
        quoted = next(filter(None, match.groups()), "")
        if re.search(r"\w", quoted):
            yield quoted


def _runs(cited: Sequence[Cited]) -> list[str]:
    """The texts, sentences that follow each other in the article as one."""
    runs: list[str] = []
    previous = ""
    for each in cited:
        if previous and each.before == previous:
            runs[-1] += " " + each.text
        else:
            runs.append(each.text)
        previous = each.text
    return runs


def _plain(text: str) -> str:
    """Without marks that feeds strip, and with simple spaces and dashes."""
    plain = _DASHES.sub(" - ", _MARKS.sub("", text))
    return " ".join(_SPACED.sub(r"\1", plain).split())


def _piece(text: str) -> str:
    return _plain(text).strip(_ENDING)


def _holds(text: str, pieces: Sequence[str]) -> bool:
    """Whether all pieces stand in a text, in order, with no negation left out between them."""
    end = 0
    for number, piece in enumerate(pieces):
        first = f"[{re.escape(piece[0].upper())}{re.escape(piece[0].lower())}]"
        match = re.compile(rf"(?<!\w){first}{re.escape(piece[1:])}(?!\w)").search(text, end)
        if not match or (number and has_negation(text[end : match.start()])):
            return False
        end = match.end()
    return True

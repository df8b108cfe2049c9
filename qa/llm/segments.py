"""Cuts a model's reply into statements while it arrives."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from qa.llm.sources import CLOSING, ID, OPENING, visible

MAX_LENGTH = 2000
"""Characters of a statement, ids and white space included."""

_MAX_REPLY = 100_000
"""Characters that are read at all, thoughts included."""

_THINK, _THOUGHT = "<think>", "</think>"

_PLAIN = str.maketrans(
    dict.fromkeys(OPENING, "[")
    | dict.fromkeys(CLOSING, "]")
    | dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n")
)

LIKE_ID = r"\b[A-Za-z]{0,3}\d{1,4}\b"
"""In square brackets also what is no id of ours: in a text it would look like one."""

_AND = r"(?:[\s,;&]|\band\b)*"
_GROUP = (
    rf"(?:\[\s*{LIKE_ID}(?:{_AND}{LIKE_ID})*\s*\]|\[[^\[\]]*\b{ID}\b[^\[\]]*\]"
    rf"|\([\s#]*{ID}(?:{_AND}{ID})*\s*\)|\b{ID}\b)"
)
GROUPS = rf"{_GROUP}(?:{_AND}{_GROUP})*"
"""A pattern of ids that stand together, with their brackets."""

STOP = r"[.!?…][\"'”’»)*_]*"
"""A pattern of the end of a sentence."""

CITES = re.compile(GROUPS)
_ENDED = re.compile(rf"(?:{STOP}\s*{GROUPS}|{GROUPS}\s*{STOP})\s*$")
_GOES_ON = frozenset(".,;:!?…)”’»([")
_GOES_ON_WITHOUT_SPACE = frozenset("\"'*_")


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The characters of a reply without its thoughts, each kind of bracket and line end as one."""
    plain = (visible(piece).translate(_PLAIN) for piece in pieces)
    held = ""
    for character in islice(chain.from_iterable(plain), _MAX_REPLY):
        held += character
        if held.startswith(_THINK):
            held = "" if held.endswith(_THOUGHT) else held
        elif not _THINK.startswith(held):
            rest = "<" if character == "<" else ""
            yield from held.removesuffix(rest)
            held = rest
    if not held.startswith(_THINK):
        yield from held


def segments(pieces: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The stretches of a reply that are a statement each, and whether more came behind them."""
    segment = ""
    for character in spoken(pieces):
        if segment and _ends_before(character, segment):
            yield segment, True
            segment = ""
        segment += character
        if len(segment) >= MAX_LENGTH:
            break
    yield segment, False


def _ends_before(character: str, segment: str) -> bool:
    """Whether a statement ends before the character that follows it."""
    if character == "\n":
        return bool(CITES.search(segment))
    if character.isspace():
        return False
    text = segment.rstrip()
    if "\n" in segment[len(text) :]:  # Ids may stand on a line of their own.
        return character != "[" or text.endswith(":")
    return (
        not character.islower()
        and character not in _GOES_ON
        and (segment[-1].isspace() or character not in _GOES_ON_WITHOUT_SPACE)
        and not segment[-1].isalnum()
        and _ENDED.search(segment) is not None
    )

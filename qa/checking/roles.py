"""Roles: who does something and to whom it is done are not exchanged."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from qa.checking.names import key_of
from qa.checking.types import Cited
from qa.checking.words import Word, read_words
from qa.word_kinds import kind_of

_VERBS = "ev"
"""Kinds of words that are taken for verbs."""

_NO_OBJECT = "It"
"""Kinds of words that show, right behind a verb, that nothing is done to anybody."""

_BE = frozenset("is are was were be been being".split())
_AGENT = 4
"""Words from "by" among which it stands who does it."""

_NEAR = 6
"""Words on each side of a verb among which names are looked for."""


class _Deed(NamedTuple):
    """A name, a word that may be a verb, and a name to which it is done."""

    one: str
    verb: str
    other: str


def check_roles(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds two names that stand on the other sides of a verb than in what is cited."""
    said = set(_deeds(statement))
    there = {deed for each in cited for deed in _deeds(each.text)}
    for deed in said - there:
        if deed._replace(one=deed.other, other=deed.one) in there - said:
            return "it exchanges who does something and to whom it is done"
    owners = _owners(" ".join(each.text for each in cited))
    owned = set(owners.values())
    for number, owner in _owners(statement).items():
        if owners.get(number, owner) != owner and owner in owned:
            return f"it gives the number {number} to somebody else"
    return None


def _owners(text: str) -> dict[str, str]:
    """By each number in digits: the name before it that is nearest."""
    owners: dict[str, str] = {}
    owner = ""
    for word in read_words(text):
        if word.begins_sentence:
            owner = ""
        if word.text[0].isdigit():
            if owner:
                owners.setdefault(word.lower, owner)
            owner = ""
        elif word.is_capitalised and word.is_telling:
            owner = key_of(word)
    return owners


def _deeds(text: str) -> Iterator[_Deed]:
    words = read_words(text)
    for i, verb in enumerate(words):
        if verb.is_capitalised or kind_of(verb.lower) not in _VERBS:
            continue
        before, rest = words[max(0, i - _NEAR) : i], words[i + 1 : i + 1 + _NEAR]
        by = next((k for k, word in enumerate(rest) if word.lower == "by"), None)
        if by is not None:
            done = product(_names(rest[by : by + _AGENT]), _names(before))
        elif verb.before in _BE or (rest and kind_of(rest[0].lower) in _NO_OBJECT):
            continue
        else:
            done = product(_names(before), _names(rest))
        for one, other in done:
            yield _Deed(one, verb.stem, other)


def _names(words: Sequence[Word]) -> set[str]:
    return {key_of(word) if word.is_capitalised else word.stem for word in words if word.is_telling}

"""Roles: who does something and to whom it is done are not exchanged."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qa.checking.names import key_of
from qa.checking.types import Cited
from qa.checking.words import Word, read_words
from qa.word_kinds import kind_of

_VERBS = "ev"
"""Kinds of words that are taken for verbs."""

_THINGS = "ws"
"""Kinds of words that, without a capital, are taken for nouns."""

_BE = frozenset("is are was were be been being".split())
_HAVE = frozenset("has have had having".split())
_BOUNDS = frozenset(
    "that and but or when while as because although though if after before once since until unless "
    "say says said".split()
)
_PLACES = frozenset("in at near during within over under behind along around".split())
"""What they begin neither does anything nor is it done to."""

_TOWARDS = frozenset("with against on".split())
"""Behind a verb they begin to whom it is done."""

_AGENT = 4
"""Words from "by" among which it stands who does it."""

_NEAR = 7
"""Words on each side of a verb that may say who does it, and to whom."""


class _Parts(NamedTuple):
    """The words for who does something, and for whom it is done to."""

    agents: set[str]
    patients: set[str]


def check_roles(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds a word that stands on the other side of a verb than in what is cited."""
    said, there = _deeds([statement]), _deeds(each.text for each in cited)
    for verb in said.keys() & there.keys():
        own, other = said[verb], there[verb]
        doing = (own.agents & other.patients) - own.patients - other.agents
        done_to = (own.patients & other.agents) - own.agents - other.patients
        if doing or done_to:
            return "it exchanges who does something and to whom it is done"
    counted, theirs = _owners(statement), _owners(" ".join(each.text for each in cited))
    for number, owner in counted.items():
        if theirs.get(number, owner) != owner and owner in theirs.values():
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
        elif word.is_capitalised and word.is_telling and kind_of(word.lower) not in "x#":
            owner = key_of(word)
    return owners


def _deeds(texts: Iterable[str]) -> dict[str, _Parts]:
    """By the stem of each word that may be a verb: who does it, and to whom."""
    deeds: dict[str, _Parts] = {}
    for text in texts:
        words = read_words(text)
        for i, verb in enumerate(words):
            if kind_of(verb.lower) in _VERBS and verb.lower not in _BOUNDS:
                parts = deeds.setdefault(verb.stem, _Parts(set(), set()))
                _read(words, i, parts)
    return deeds


def _read(words: Sequence[Word], i: int, parts: _Parts) -> None:
    before, after = _before(words, i), _after(words, i)
    by = next((k for k, word in enumerate(after) if word.lower == "by"), None)
    if by is not None:
        parts.agents.update(_keys(after[by : by + _AGENT]))
        parts.patients.update(_keys(before))
    elif words[i].before in _BE or _is_participle(words[i]):
        parts.patients.update(_keys(before))
    elif after and (after[0].lower in _TOWARDS or kind_of(after[0].lower) != "I"):
        parts.agents.update(_keys(before))
        parts.patients.update(_keys(after))


def _is_participle(verb: Word) -> bool:
    """Whether it can only be passive: "paint thrown at"."""
    listed = kind_of(verb.lower) == "e" and not verb.lower.endswith("ed")
    return listed and verb.before not in _HAVE


def _before(words: Sequence[Word], i: int) -> Sequence[Word]:
    """The words for who does something: back to where the clause begins, or a verb stands."""
    start = i
    while start > max(0, i - _NEAR) and not _ends(words[start - 1]):
        start -= 1
    return words[start:i]


def _after(words: Sequence[Word], i: int) -> Sequence[Word]:
    end = i + 1
    while end < min(len(words), i + 1 + _NEAR) and not (
        words[end].begins_clause or words[end].lower in _BOUNDS
    ):
        end += 1
    return words[i + 1 : end]


def _ends(word: Word) -> bool:
    return word.lower in _BOUNDS or kind_of(word.lower) == "v"


def _keys(words: Iterable[Word]) -> set[str]:
    """The nouns and names, but for those of a place or time."""
    keys: set[str] = set()
    is_place = False
    for word in words:
        is_place = word.lower in _PLACES or (is_place and word.lower not in ("to", "from", "of"))
        kind = kind_of(word.lower)
        noun = kind in _THINGS or (word.is_capitalised and kind not in "x#")
        if noun and word.is_telling and not is_place and not word.text[0].isdigit():
            keys.add(key_of(word))
    return keys

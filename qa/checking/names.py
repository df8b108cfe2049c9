"""Names: each one in a statement is in what it cites, or is the country or body named there."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from index.attribution.names import is_office
from index.lexical import stem
from qa.checking.countries import countries, seats
from qa.checking.types import Cited
from qa.checking.words import Word, read_words
from qa.word_kinds import is_listed, kind_of

_HONORIFICS = frozenset("mr mrs ms miss dr prof professor sir lord lady dame".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)
_LINKS = frozenset("of the and for de la".split())
_WITHIN = frozenset({" ", "-", " & ", "\xa0"})
"""Between words of one name."""

_FINITE = frozenset("Aev")
"""Kinds of words that, behind a single word without an article, show that it is a name."""

_SPOKE = frozenset("said says told tells".split())

_ENDING = re.compile(r"(?<=\w{3})(?:ians?|eans?|ans?|ese|ish|isms?|ic|ns?|s)$")
_REFERS_BACK = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|i|we|us|our|my|both|this|that|these|"
    r"those|the)\b",
    re.I,
)
_IN_PLACE = frozenset("in at near outside to from around".split())
_LIKE = 0.7
"""How alike two spellings of a first name are, by ``difflib``, before the same surname."""


def check_names(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds a name that is not in what is cited."""
    texts = tuple(text for each in cited for text in texts_of(each))
    known = frozenset(key for text in texts for key in keys_in(text))
    for run in name_runs(statement, frozenset(w.text for t in texts for w in read_words(t))):
        if not _known_run(run, known):
            missing = next((w for w in run if not _is_known(w, run, known)), None)
            if missing:
                return f"the name {missing.text} is not in what it cites"
    return None


def texts_of(cited: Cited) -> Iterator[str]:
    """Yields where a name may stand: also before a sentence that says "he" or "the ministry"."""
    yield from (cited.text, cited.speaker or "", cited.title)
    if _REFERS_BACK.search(cited.text):
        yield cited.before


def name_runs(text: str, capitals: frozenset[str] = frozenset()) -> list[list[Word]]:
    """Returns the names of a text, each the words that it is made of.

    Args:
        text: The text.
        capitals: Words that another text has, as they are written there.
    """
    found = read_words(text)
    runs: list[list[Word]] = []
    last: Word | None = None
    for i, word in enumerate(found):
        if is_name(found, i, capitals):
            if last is not None and word.gap in _WITHIN:
                runs[-1].append(word)
            else:
                runs.append([word])
            last = word
        else:
            last = None
    return runs


def key_of(word: Word) -> str:
    """Returns the form in which names are compared: a country, or a name without its ending."""
    if word.lower == "us" and not word.text.isupper():
        return "us "
    country = countries().get(word.lower)
    return country or _root(word.lower)


@lru_cache(maxsize=1 << 10)
def keys_in(text: str) -> frozenset[str]:
    """Returns all by which the words of a text may be known as names."""
    found = read_words(text)
    keys = {key_of(word) for word in found} | {word.stem for word in found}
    for size in (2, 3, 4):
        for i in range(len(found) - size + 1):
            words = found[i : i + size]
            if country := countries().get(" ".join(w.lower for w in words)):
                keys.add(country)
    for word in found:
        if country := seats().get(word.lower):
            keys.add(country)
    return frozenset(keys | _acronyms(found))


def _acronyms(found: Sequence[Word]) -> set[str]:
    """The first letters of capitalised words in a row: "eu" of "European Union"."""
    made: set[str] = set()
    for i, first in enumerate(found):
        letters = ""
        for word in found[i : i + 7] if first.is_capitalised else ():
            if word.is_capitalised:
                letters += word.lower[:1]
            elif word.lower not in _LINKS:
                break
            if len(letters) > 1:
                made.add(letters)
    return made


def is_name(found: Sequence[Word], i: int, capitals: frozenset[str] = frozenset()) -> bool:
    """Tells whether a word is a name, or a part of one."""
    word = found[i]
    if not word.is_capitalised or word.text == "I" or len(word.lower) < 2:
        return False
    if word.lower in _CALENDAR or word.lower in _HONORIFICS or is_office(word.lower):
        return False
    if not word.begins_sentence and '"' not in word.gap and "“" not in word.gap:
        return True
    if word.text.isupper() and len(word.text) > 1:
        return True
    return _begins_as_name(found, i, capitals)


def _begins_as_name(found: Sequence[Word], i: int, capitals: frozenset[str]) -> bool:
    """Whether a word that has a capital anyway is a name."""
    word = found[i]
    if word.lower in countries() or word.lower in seats():
        return True
    if is_listed(word.lower) or word.text.lower() in capitals:
        return False
    after = found[i + 1] if i + 1 < len(found) else None
    if after is None or kind_of(word.lower) in "fgs":
        return False
    follows = after.is_capitalised and not after.begins_clause and not is_listed(after.lower)
    return (
        follows or after.lower in _SPOKE or kind_of(after.lower) in _FINITE or word.text in capitals
    )


def _known_run(run: Sequence[Word], known: frozenset[str]) -> bool:
    """Whether a name of several words is known by its letters, or is a country's."""
    name = " ".join(word.lower for word in run)
    letters = "".join(word.lower[0] for word in run)
    return countries().get(name, "-") in known or (len(run) > 1 and letters in known)


def _is_known(word: Word, run: Sequence[Word], known: frozenset[str]) -> bool:
    if {key_of(word), word.stem} & known:
        return True
    if seats().get(word.lower, "-") in known:
        return run[0].before not in _IN_PLACE
    parts = countries().get(" ".join(w.lower for w in run))
    if parts in known or (word is not run[-1] and _is_first_name(word, known, run)):
        return True
    return word.text.isupper() and word.lower in known


def _is_first_name(word: Word, known: Iterable[str], run: Sequence[Word]) -> bool:
    """Whether it is another spelling of a first name, before a surname that is there."""
    if run[-1].stem not in known:
        return False
    return bool(difflib.get_close_matches(stem(word.lower), known, 1, _LIKE))


def _root(word: str) -> str:
    """A name without the ending that makes an adjective or a people of it."""
    return _ENDING.sub("", word).rstrip("aeiouy") or word

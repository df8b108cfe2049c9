"""Which speakers of the articles are meant: by name, by office, by country, or spelt badly."""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from index.attribution.names import is_office
from index.lexical import FUNCTION_WORDS, stem, words
from index.types import Speaker

_HONORIFICS = frozenset("mr mrs ms miss dr prof professor sir".split())
_SIDES = frozenset(
    "side government official officials delegation camp authorities people envoy representative "
    "diplomat spokesman spokeswoman spokesperson".split()
)
"""Words for whoever speaks for a country or a body, left out where that is named, too."""

_LIKE = 0.85
"""How alike two spellings must be, by ``difflib``, to be one name typed badly."""

_LIKE_FIRST_NAME = 0.7
"""The same for a first name before a surname that is right: Sergei and Sergey."""

IsWord = Callable[[str], bool]
"""Tells whether a word is in the articles: such a one is not spelt badly."""


@dataclass(frozen=True)
class Asked:
    """Whose words are asked for.

    Attributes:
        phrase: As the question has it.
        speakers: Those of the articles who are meant by it.
        misspelt: The word of the phrase that is spelt badly, if one is.
    """

    phrase: str
    speakers: tuple[Speaker, ...]
    misspelt: str | None = None

    def spelt_right(self, question: str) -> str:
        """Returns the question with the speaker's name as the articles spell it."""
        if self.misspelt is None:
            return question
        name = self.speakers[0].name.rpartition(" ")[2]
        return re.sub(rf"\b{re.escape(self.misspelt)}\b", name, question, count=1)

    @property
    def is_unquoted(self) -> bool:
        """Whether it is somebody by name who says nothing."""
        return not self.speakers and bool(self._capitals())

    def is_absent(self, texts: Iterable[str]) -> bool:
        """Tells whether it is somebody by name who says nothing, and of whom no text speaks."""
        if not self.is_unquoted:
            return False
        names = {stem(w) for name in self._capitals() for w in words(name)}
        return not any(names & {stem(word) for word in words(text)} for text in texts)

    def _capitals(self) -> list[str]:
        return [name for name in _names(self.phrase) if name[0].isupper()]


def find_speakers(phrase: str, speakers: Iterable[Speaker], is_word: IsWord) -> Asked:
    """Returns who of the speakers is meant."""
    wanted = _key(phrase)
    known = list(dict.fromkeys(speakers))
    if not wanted:
        return Asked(phrase, ())
    ways = (
        [s for s in known if _key(s.name) == wanted],
        [s for s in known if wanted <= (_keys(s) if _may_be_name(phrase) else _office_keys(s))],
        [s for s in known if _is_surname(s, phrase)],
    )
    meant = next(filter(None, ways), [])
    return Asked(phrase, tuple(meant)) if meant else _spelt_badly(phrase, known, is_word)


def _names(phrase: str) -> list[str]:
    """The words of a phrase that may be names; all of them where nothing has a capital."""
    found = re.findall(r"[^\W\d_][\w-]*", re.sub(r"['’]s\b", "", phrase))
    found = [w for w in found if w.lower() not in _HONORIFICS and not is_office(w)]
    if phrase == phrase.lower():
        return [] if re.match(r"(the|a|an)\b", phrase) else found
    return [w for w in found if w[0].isupper() and w.lower() not in FUNCTION_WORDS]


def _is_surname(speaker: Speaker, phrase: str) -> bool:
    """Whether a speaker's surname is in a phrase, after no other first name than theirs."""
    names, own = _names(phrase), speaker.name.lower().split()
    for before, name in zip(["", *names], names, strict=False):
        if name.lower() == own[-1]:
            first = before.lower()
            alike = difflib.get_close_matches(first, own, 1, _LIKE_FIRST_NAME)
            return not first or bool(alike) or stem(first) in _keys(speaker)
    return False


def _spelt_badly(phrase: str, known: Sequence[Speaker], is_word: IsWord) -> Asked:
    by_surname: dict[str, list[Speaker]] = {}
    for speaker in known:
        if " " in speaker.name:
            by_surname.setdefault(speaker.name.split()[-1].lower(), []).append(speaker)
    for word in _names(phrase):
        close = difflib.get_close_matches(word.lower(), by_surname, 1, _LIKE)
        if len(word) > 4 and close and close[0] != word.lower() and not is_word(word):
            meant = by_surname[close[0]]
            if len({speaker.name for speaker in meant}) == 1:
                return Asked(phrase, tuple(meant), word)
    return Asked(phrase, ())


def _may_be_name(phrase: str) -> bool:
    """Whether it can be a name: "the council" is not Rita Council."""
    return phrase != phrase.lower() or not re.match(r"(the|a|an)\b", phrase)


def _office_keys(speaker: Speaker) -> frozenset[str]:
    """As ``_keys``, without the name of a person."""
    return (
        frozenset().union(*map(_key, speaker.titles)) if speaker.name.istitle() else _keys(speaker)
    )


def _keys(speaker: Speaker) -> frozenset[str]:
    return frozenset().union(_key(speaker.name), *map(_key, speaker.titles))


@lru_cache(maxsize=1 << 16)
def _key(phrase: str) -> frozenset[str]:
    """The stems of the words by which somebody is known, countries by their first name."""
    names, pattern = _countries()
    text = pattern.sub(lambda match: names[match[1]], " ".join(words(phrase)))
    found = [w for w in text.split() if w not in FUNCTION_WORDS and w not in _HONORIFICS]
    telling = [w for w in found if w not in _SIDES] or found
    return frozenset(stem(w) for w in telling)


@cache
def _countries() -> tuple[dict[str, str], re.Pattern[str]]:
    """The name, as one word, of each country by all that it is called; and what finds these.

    In the normal form of words, a possessive ends in a mere s.
    """
    lines = files("qa").joinpath("data", "countries.tsv").read_text("utf-8").splitlines()[1:]
    names: dict[str, str] = {}
    for line in lines:
        name, *columns = line.split("\t")
        called = [name, *(c for column in columns for c in column.split(",") if c.strip())]
        names |= {" ".join(words(each)): "".join(words(name)) for each in called}
    longest_first = sorted(names, key=len, reverse=True)
    return names, re.compile(rf"\b({'|'.join(longest_first)})s?\b")

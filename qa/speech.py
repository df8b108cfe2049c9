"""Questions about what somebody said: who is asked for, and which speaker that is."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.lexical import FUNCTION_WORDS, stem, words
from index.types import Speaker

_VERBS = "|".join(
    """
    say said saying says tell told telling describe described describing think thought mention
    mentioned explain explained comment commented announce announced claim claimed warn warned
    respond responded reply replied answer answered react reacted argue argued stress stressed deny
    denied demand demanded promise promised call called propose proposed predict predicted admit
    admitted concede conceded assert asserted insist insisted suggest suggested reject rejected
    criticise criticised criticize criticized praise praised accuse accused believe believed want
    wanted fear feared hope hoped recommend recommended urge urged complain complained add added
    """.split()
)
_ASKED = re.compile(
    r"\b(?:did|does|do|has|have|was|is|had)\s+(?P<subject>[^?,]{1,80}?)\s+"
    rf"(?:ever\s+|not\s+|also\s+)?(?:{_VERBS}|rule out)\b|"
    r"\baccording to (?P<source>[^?,]{1,80})|"
    r"\b(?P<owner>[^?,]{1,80}?)['’]?s (?:view|opinion|answer|reply|reaction|comment|verdict|"
    r"response|position|criticism|explanation|warning)\b|"
    r"\b(?:view|opinion|reaction|comment|words?|statement|answer|response|position)s? "
    r"(?:of|from|by) (?P<giver>[^?,]{1,80}?)(?= (?:on|about|to|regarding)\b|[?,]|$)",
    re.I,
)
_OPENING = re.compile(r"^.*\b(?:what (?:was|is|were|are)|is there|whats|what's)\s+", re.I)
_HONORIFICS = frozenset("mr mrs ms miss dr prof professor sir".split())
_SIDES = frozenset(
    "side government official officials delegation camp authorities people envoy representative "
    "diplomat spokesman spokeswoman spokesperson".split()
)
"""Words for whoever speaks for a country or a body, left out where that is named, too."""

_LIKE = 0.8
"""How alike two spellings must be, by ``difflib``, to be one name typed badly."""


@dataclass(frozen=True)
class Asked:
    """Whose words are asked for.

    Attributes:
        phrase: As the question has it.
        speakers: Those of the articles who are meant by it.
        corrected: The speaker's name where the question spells it otherwise.
    """

    phrase: str
    speakers: tuple[Speaker, ...]
    corrected: str | None = None


def asked_phrase(question: str) -> str | None:
    """Returns how the question calls the one whose words it asks for; None for other questions."""
    match = _ASKED.search(question)
    if match is None:
        return None
    phrase = next(group for group in match.groups() if group)
    phrase = _OPENING.sub("", phrase).strip()
    return phrase if _key(phrase) else None


def spelt_right(question: str, asked: Asked) -> str:
    """Returns the question with the speaker's name as the articles spell it."""
    if asked.corrected is None:
        return question
    return question.replace(asked.phrase, asked.corrected)


def is_absent(asked: Asked, texts: Iterable[str]) -> bool:
    """Tells whether who is asked for says nothing, and is not even spoken of in these texts."""
    name = words(asked.phrase)[-1:]
    return not asked.speakers and not any(set(name) & set(words(text)) for text in texts)


def find_speakers(phrase: str, speakers: Iterable[Speaker]) -> Asked:
    """Returns who of the speakers is meant: by name, by office, by country, or spelt badly."""
    wanted = _key(phrase)
    known = list(dict.fromkeys(speakers))
    ways = (
        [s for s in known if _key(s.name) == wanted],
        [s for s in known if wanted <= _keys(s)],
        [s for s in known if _surname(s) in wanted],
    )
    meant = next(filter(None, ways), [])
    return Asked(phrase, tuple(meant)) if meant else _spelt_badly(phrase, wanted, known)


def _spelt_badly(phrase: str, wanted: frozenset[str], known: Sequence[Speaker]) -> Asked:
    names = {_surname(s): s for s in known if " " in s.name}
    for word in sorted(wanted, key=len, reverse=True):
        if len(word) > 4 and (close := difflib.get_close_matches(word, names, 1, _LIKE)):
            return Asked(phrase, (names[close[0]],), names[close[0]].name)
    return Asked(phrase, ())


def _surname(speaker: Speaker) -> str:
    return stem((words(speaker.name) or [""])[-1])


def _keys(speaker: Speaker) -> frozenset[str]:
    return frozenset().union(_key(speaker.name), *map(_key, speaker.titles))


@cache
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

"""Words: one normal form for passages and questions, and questions as full-text queries."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ＇](?=\w)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_WORD = re.compile(r"[^\W_]+")
_stemmer = snowballstemmer.stemmer("porter")

FUNCTION_WORDS = frozenset(
    "a about after all also am an and any are as at be because been before being between both but "
    "by can could did do does doing during each for from had has have having he her here hers him "
    "his how i if in into is it its itself just let may me might more most must my no nor not of "
    "off on once only or other our out over own per said say saying says shall she should so some "
    "such tell tells than that the their them then there these they this those through to told too "
    "under until up upon very was we were what when where which while who whom whose "
    "why will with would you your".split()
)
"""Words that say how a question is asked, not what about. 'us' is not one: it is also 'US'; 'said'
is one: in news it is everywhere."""


def normalise(text: str) -> str:
    """Returns the text as it is searched, without what some feeds strip and some people leave out.

    "don't" and "dont" become one word, so do "Russia's" and "Russias", "U.S." and "US",
    "Erdoğan" and "Erdogan".
    """
    text = _APOSTROPHE.sub("", text)
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Returns the words of a text, normalised and in lower case."""
    return _WORD.findall(normalise(text).lower())


def content_words(text: str) -> list[str]:
    """Returns the words that are no function words; all of them where none would be left."""
    found = words(text)
    return [word for word in found if word not in FUNCTION_WORDS] or found


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Returns a word's Porter stem, which is what SQLite's full-text index holds.

    As there, a word of one or two letters is its own: 'us' is not the plural of 'u'.
    """
    if len(word) <= 2:
        return word
    stemmed: str = _stemmer.stemWord(word)
    return stemmed


def stems(text: str) -> set[str]:
    """Returns the stems of a text's content words."""
    return {stem(word) for word in content_words(text)}


def match_query(question_words: Iterable[str]) -> str:
    """Returns an FTS5 query for any of the words, one a stem, so that none counts twice.

    Quoted, so that AND, NEAR and * are words.
    """
    by_stem = {stem(word): word for word in question_words}
    return " OR ".join(f'"{word}"' for word in by_stem.values())

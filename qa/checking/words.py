"""Words of a text with what the rules want to know of each."""

import re
from functools import lru_cache
from typing import NamedTuple

from index.lexical import FUNCTION_WORDS, normalise, stem

_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ＇.][^\W_]+|(?<=\d),(?=\d)[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’‘ʼ＇]s?$")
_BREAK = re.compile(r"[.,;:!?()\[\]–—“”\"]|--| - ")
_ENDS_SENTENCE = re.compile(r"[.!?:]")


class Word(NamedTuple):
    """A word where it stands.

    Attributes:
        text: As written, without a possessive ending.
        lower: In lower case, without accents, apostrophes and points.
        stem: Of that.
        start: Where it begins.
        end: Where it ends.
        gap: What stands between it and the word before.
        before: The word before, in lower case.
    """

    text: str
    lower: str
    stem: str
    start: int
    end: int
    gap: str
    before: str = ""

    @property
    def is_telling(self) -> bool:
        """Whether it is no function word."""
        return self.lower not in FUNCTION_WORDS

    @property
    def begins_clause(self) -> bool:
        """Whether punctuation stands before it."""
        return bool(_BREAK.search(self.gap))

    @property
    def begins_sentence(self) -> bool:
        """Whether it is the first one, or the end of a sentence or a colon stands before it."""
        return self.start == len(self.gap) or bool(_ENDS_SENTENCE.search(self.gap))

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()


@lru_cache(maxsize=1 << 10)
def read_words(text: str) -> tuple[Word, ...]:
    """Returns the words of a text, in order."""
    found: list[Word] = []
    end, before = 0, ""
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match[0])
        lower = re.sub(r"[\W_]", "", normalise(bare)).lower()
        gap = text[end : match.start()]
        found.append(Word(bare, lower, stem(lower), match.start(), match.end(), gap, before))
        end, before = match.end(), lower
    return tuple(found)


def telling(text: str) -> list[Word]:
    """Returns the words of a text that are no function words."""
    return [word for word in read_words(text) if word.is_telling]

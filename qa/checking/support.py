"""How well a statement is supported, as numbers: by its words, and by what they mean."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qa.checking.speaking import SAYING
from qa.checking.types import Cited
from qa.checking.vectors import RecentVectors
from qa.checking.words import Word, telling
from qa.word_kinds import kind_of

_BETWEEN_CLAUSES = re.compile(
    r"[,;:–—]\s+|\s+(?:and|but|while|which|who|because|after|before|that)\s+"
)
_LEAST_CLAUSE = 2
"""Telling words of a stretch that is looked at by itself."""

_LONGEST_WORD = 8
"""Letters above which words count alike; names and numbers count as much."""

_ALIKE = 0.35
"""The cosine from which a clause in other words may be about something that is cited."""

_MUCH_ALIKE = 0.55
"""The cosine from which a statement in other words may say what is cited."""

_SAY_LITTLE = "x#"
"""Kinds of words that nothing may be made of: "among other things"."""


class Support(NamedTuple):
    """What the support score looks at.

    Attributes:
        coverage: Share of the statement's telling words in the cited sentences, long ones more.
            Verbs of saying do not count: a statement may choose them.
        clause_coverage: The coverage of that clause of the statement which has the least.
        cosine: Of the statement with the most similar cited sentence.
    """

    coverage: float
    clause_coverage: float
    cosine: float


def support(statement: str, cited: Sequence[Cited], vectors: RecentVectors) -> Support:
    """Returns what the support score looks at.

    Args:
        statement: Of at least one word.
        cited: At least one sentence.
        vectors: Embeds both.
    """
    words = _said(statement)
    around = [f"{each.text}. {each.speaker or ''}. {each.title}" for each in cited]
    known = {word.stem for text in around for word in telling(text)}
    clauses = [clause for part in _BETWEEN_CLAUSES.split(statement) if (clause := _said(part))]
    long = [clause for clause in clauses if len(clause) >= _LEAST_CLAUSE] or [words]
    return Support(
        coverage=_coverage(words, known),
        clause_coverage=min(_coverage(clause, known) for clause in long),
        cosine=_cosine(statement, cited, vectors),
    )


def added(statement: str, cited: Sequence[Cited], vectors: RecentVectors) -> str | None:
    """Returns the last clause of a statement if nothing in the cited sentences is like it.

    Returns:
        None where the statement is one clause, where the last one is short, or where it tells who
        says something.
    """
    *others, last = _BETWEEN_CLAUSES.split(statement)
    words = [word for word in telling(last) if kind_of(word.lower) not in _SAY_LITTLE]
    texts = [f"{each.before}. {each.text}. {each.title}. {each.speaker or ''}" for each in cited]
    known = {word.stem for text in texts for word in telling(text)}
    if not others or len(words) < _LEAST_CLAUSE or known & {word.stem for word in words}:
        return None
    is_told = words[-1].lower in SAYING or "according" in last
    return last.strip(" .") if not is_told and _cosine(last, cited, vectors) < _ALIKE else None


def is_foreign(statement: str, cited: Sequence[Cited], vectors: RecentVectors) -> bool:
    """Tells whether a statement has nothing but names of what it cites, and is not much like it."""
    known = {word.stem for each in cited for word in telling(f"{each.before}. {each.text}")}
    words = [word for word in _said(statement) if not word.is_capitalised]
    if not words or known & {word.stem for word in words}:
        return False
    return _cosine(statement, cited, vectors) < _MUCH_ALIKE


def _cosine(text: str, cited: Sequence[Cited], vectors: RecentVectors) -> float:
    """The cosine of a text with the most similar cited sentence."""
    [own], others = np.split(vectors.of([text, *(each.text for each in cited)]), [1])
    return float((others @ own).max())


def _said(text: str) -> list[Word]:
    return [word for word in telling(text) if word.lower not in SAYING]


def _coverage(words: Sequence[Word], known: set[str]) -> float:
    total = sum(map(_weight, words))
    return sum(_weight(word) for word in words if word.stem in known) / total if total else 1.0


def _weight(word: Word) -> int:
    is_name = word.is_capitalised or word.text[0].isdigit()
    return _LONGEST_WORD if is_name else min(len(word.lower), _LONGEST_WORD)

"""What people and feeds do to texts: no apostrophes, no question mark, typing errors."""

import random
import re

_MARKS = re.compile(r"[’'‘“”\"`]")
_FUNCTION = re.compile(
    r"\b(what|which|who|when|where|how|did|does|do|is|are|was|were|the|an?|of|in|to|for|on|by)\b ?",
    re.I,
)


def without_marks(text: str) -> str:
    """Returns it without apostrophes and quotation marks, as some feeds deliver articles."""
    return _MARKS.sub("", text)


def as_typed(question: str, rng: random.Random) -> str:
    """Returns the question as somebody in a hurry types it: with errors, or as key words."""
    way = rng.random()
    if way < 0.4:
        return _with_typos(question, rng)
    marked = without_marks(question).lower() if way < 0.8 else _FUNCTION.sub("", question)
    typed = marked.rstrip("?. ")
    return typed if re.search(r"\w", typed) else question


def _with_typos(question: str, rng: random.Random) -> str:
    words = question.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 3]
    for i in rng.sample(long, min(len(long), rng.randint(1, 3))):
        words[i] = _with_typo(words[i], rng)
    return " ".join(words)


def _with_typo(word: str, rng: random.Random) -> str:
    """One letter dropped, doubled, replaced or exchanged with the next, never the first."""
    i = rng.randrange(1, len(word) - 1)
    way = rng.randrange(4)
    if way == 0:
        return word[:i] + word[i + 1 :]
    if way == 1:
        return word[:i] + word[i] + word[i:]
    if way == 2:
        return word[:i] + rng.choice("aeioustrn") + word[i + 1 :]
    return word[:i] + word[i + 1] + word[i] + word[i + 2 :]

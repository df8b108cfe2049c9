"""Words that judge what somebody said: "falsely", "lied", "which is true"."""

from collections.abc import Sequence

from qa.checking.types import Cited
from qa.checking.words import read_words

_JUDGING = frozenset(
    "absurd absurdly admittedly bogus correct correctly dishonest dishonestly fabricated false "
    "falsehood falsely hypocritical incorrect incorrectly laughable laughter lie lied lies lying "
    "mistaken mistakenly misleading misleadingly mockery nonsense ridiculous ridiculously rightly "
    "ridicule true truthfully unfounded untrue untruthfully unwittingly wrong wrongly".split()
)
"""Whoever reports does not say so, unless the article does."""


def check_judgements(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds a judgement of what is said that what is cited does not pass."""
    told = {word.stem for each in cited for word in read_words(f"{each.before} {each.text}")}
    for word in read_words(statement):
        if word.lower in _JUDGING and word.stem not in told:
            return f"“{word.text}” judges what is said, and what it cites does not"
    return None

"""What is checked, and what comes of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Cited:
    """A sentence that a statement rests on.

    Attributes:
        text: As it stands in the article.
        speaker: Whose words it holds, by full name; None where it is nobody's.
        before: The sentence before it, in which it may be said who "he" is.
        title: The article's headline.
        published: The day on which the article was published, where known.
    """

    text: str
    speaker: str | None = None
    before: str = ""
    title: str = ""
    published: date | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether a statement is supported.

    Attributes:
        support: The probability that it is, as far as words and embeddings tell, 0 to 1; 0 where a
            rule is broken.
        reason: Why it is left out, as a clause in plain words; None where it is supported.
    """

    support: float
    reason: str | None = None


Rule = Callable[[str, Sequence[Cited]], str | None]
"""Returns what is wrong with a statement, as a clause, or None."""

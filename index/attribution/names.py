"""Names of people in an article, as its text writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.lexical import FUNCTION_WORDS
from index.types import Span

_WORD = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|St|Jr)\.|[A-Z]\.(?= )|[^\W\d_](?:[\w'’&-]|\.(?=\w))*"
)
_PARTICLES = frozenset("van von de der den di da del la le bin ibn al el ter dos du".split())
MALE, FEMALE = "he", "she"
_HONORIFICS = {
    **dict.fromkeys("mr sir lord".split(), MALE),
    **dict.fromkeys("ms mrs miss dame lady madam".split(), FEMALE),
}
_OFFICES = frozenset(
    "dr prof professor judge justice mayor president vice-president minister premier chancellor "
    "secretary undersecretary ambassador envoy commissioner governor senator congressman "
    "congresswoman representative rep sen gov gen general colonel captain major lieutenant "
    "admiral marshal king queen prince princess pope bishop archbishop cardinal rabbi imam father "
    "sister chairman chairwoman chair chief director executive officer spokesman spokeswoman "
    "spokesperson adviser advisor counsel attorney prosecutor lawyer sheriff coach leader head "
    "analyst economist engineer scientist doctor nurse founder owner editor author candidate "
    "commander deputy aide official coordinator manager treasurer councillor councilman "
    "inspector superintendent constable detective treasurer speaker".split()
)
"""Words before a name that say what somebody is; also how they are called without it."""

_BODIES = frozenset(
    "department ministry council committee commission court agency office bureau service party "
    "union association guild college university school institute hospital bank company corporation "
    "corp inc ltd group house senate parliament congress assembly government administration police "
    "army navy force forces times post news journal daily herald tribune press network media "
    "foundation fund society centre center club league federation organisation organization "
    "alliance board authority airport port airlines airways street city county state states "
    "republic kingdom nations street hospitals families general".split()
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)


@dataclass(frozen=True)
class Name:
    """A person's name where it stands.

    Attributes:
        words: Of the name, without what stands before it.
        span: Of these words.
        start: Where it begins with what stands before it.
        title: That, in capitals: "US Deputy Secretary of State".
        gender: ``he`` or ``she`` where what is before it says so.
    """

    words: tuple[str, ...]
    span: Span
    start: int
    title: str = ""
    gender: str | None = None

    @property
    def surname(self) -> str:
        """The last word, as it is compared."""
        return self.words[-1].lower()

    @property
    def is_full(self) -> bool:
        """Whether a first name is there."""
        return len(self.words) > 1


def names_in(text: str, span: Span, common: frozenset[str]) -> Iterator[Name]:
    """Yields what may be names of people in a stretch of a text.

    Args:
        text: Of the article.
        span: The stretch.
        common: Words that the article also has in lower case: one that begins a sentence with a
            capital is no name.
    """
    for run in _runs(text, span):
        name = _name(text, run, common)
        if name:
            yield name


def is_office(word: str) -> bool:
    """Tells whether a word says what somebody is: "minister"."""
    return word.lower() in _OFFICES


def _runs(text: str, span: Span) -> Iterator[list[re.Match[str]]]:
    """Words in a row that begin with a capital; "of" and the like may stand between two of them."""
    run: list[re.Match[str]] = []
    between: list[re.Match[str]] = []
    for word in _WORD.finditer(text, *span):
        joined = not run or text[(between or run)[-1].end() : word.start()] in (" ", "\xa0")
        if run and not joined:
            yield run
            run, between = [], []
        if word[0][0].isupper():
            run, between = [*run, *between, word], []
        elif run and (word[0] in ("of", "for") or word[0] in _PARTICLES):
            between.append(word)
        elif run:
            yield run
            run, between = [], []
    if run:
        yield run


def _name(text: str, run: list[re.Match[str]], common: frozenset[str]) -> Name | None:
    words = [_bare(word[0]) for word in run]
    never = common | FUNCTION_WORDS | _CALENDAR
    while words and words[0].lower() in never and not words[0].isupper():
        if words[0].lower() in _OFFICES or words[0].lower() in _HONORIFICS:
            break
        words, run = words[1:], run[1:]
    titled = [i for i, w in enumerate(words) if w.lower() in _OFFICES or w.lower() in _HONORIFICS]
    first = titled[-1] + 1 if titled else 0
    rest = words[first:]
    if rest and rest[0] in ("of", "for"):
        first = max(first, len(words) - 2)
        rest = words[first:]
    if not titled and words and words[0].isupper() and len(words) > 2:
        first, rest = 1, words[1:]  # A country or a body: "US", "BBC".
    if not rest or len(rest) > 4 or any(w.lower() in _BODIES or w in ("of", "for") for w in rest):
        return None
    gender = next((_HONORIFICS[w.lower()] for w in words[:first] if w.lower() in _HONORIFICS), None)
    span = Span(run[first].start(), run[-1].start() + len(_bare(run[-1][0])))
    title = text[run[0].start() : run[first - 1].end()] if first else ""
    return Name(tuple(rest), span, run[0].start(), title, gender)


def _bare(word: str) -> str:
    """The word without a possessive ending and full stop."""
    return re.sub(r"['’]s?$", "", word).rstrip(".")

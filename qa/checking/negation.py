"""Negation: a statement denies what the cited sentences deny, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.lexical import stem
from qa.checking.types import Cited
from qa.checking.words import Word, read_words
from qa.word_kinds import kind_of

_AUXILIARIES = "is are was were do does did has have had can could wo would should must need"
_NEGATORS = frozenset(
    "not no never none nobody nothing neither nor without cannot cant hardly barely scarcely "
    "nowhere untrue false unlikely unable impossible deny denied denies denying denial "
    "nonstarter".split()
) | {f"{auxiliary}nt" for auxiliary in _AUXILIARIES.split()}
_REFUSALS = frozenset(map(stem, "refuse refusal decline reject fail failed".split()))
"""Before "to" these deny the next word, and leave open those behind it."""

_HALF_NEGATORS = frozenset(
    map(
        stem,
        "dispute failure lack avoid prevent avert stop absence unwilling omit exclude ignore end "
        "cease halt scrap abolish forbid suspend cancel deprive lose lost".split(),
    )
)
"""What stands around these is neither simply denied nor affirmed."""

_TWO_WORDS = frozenset({("left", "out"), ("leav", "out"), ("turn", "down")})
"""The same, by the stem of the first and the second word."""

_SCOPE = 3
"""Telling words behind a negation that it denies."""

_NEAR = 6
_CLAUSE = 8
"""Telling words behind "unless" that are left open: most of a clause."""

_BOUNDS = frozenset("but and that which who while although because if when so than or".split())
_OUTSIDE = frozenset("from in on at by with until since before after".split())
"""What they begin is not denied any more: "no answer from Bern"."""

_TAKE_BACK = frozenset("unless until".split())
"""Behind a denial they affirm: "not until May"."""

_NOT_DENYING = frozenset("only just merely but more less fewer later".split())


@dataclass
class _Polarity:
    """What a text denies.

    Attributes:
        values: By the stem of a telling word: whether it is denied, for all places of it.
        denials: For each negation the stems that it denies.
    """

    values: dict[str, set[bool]] = field(default_factory=dict)
    denials: list[list[str]] = field(default_factory=list)

    def add(self, key: str, values: set[bool]) -> None:
        """Takes in one word."""
        self.values.setdefault(key, set()).update(values)


def check_negation(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds a denial on one side alone."""
    said, there = _Polarity(), _Polarity()
    _read(statement, said)
    for each in cited:
        _read(each.text, there)
    denials = [each for each in said.denials if each[:1] and each[0] in there.values]
    if _only_denied(denials, there.values):
        return "it denies what the sentences that it cites affirm"
    # What they deny need not be what the statement is about.
    denials = [each for each in there.denials if each[:1] and each[0] in said.values]
    if _only_denied(denials, said.values):
        return "it affirms what the sentences that it cites deny"
    return None


def has_negation(text: str) -> bool:
    """Tells whether a text denies anything."""
    words = read_words(text)
    return any(_negates(words, i) for i in range(len(words)))


def is_denied(words: Sequence[Word], i: int) -> bool:
    """Tells whether a denial stands shortly before a word."""
    return any(_negates(words, k) for k in range(max(0, i - _NEAR), i))


def _only_denied(denials: Sequence[list[str]], other: Mapping[str, set[bool]]) -> bool:
    """Whether one negation denies what the other side speaks of and everywhere affirms."""
    shared = [[key for key in denial if key in other] for denial in denials]
    return any(keys and all(other[key] == {False} for key in keys) for keys in shared)


def _read(text: str, polarity: _Polarity) -> None:
    """Takes in what a text denies."""
    words = read_words(text)
    scopes: list[tuple[int, list[str]]] = []
    clause: list[str] = []
    half = 0
    for i, word in enumerate(words):
        if word.begins_clause or (word.lower in _BOUNDS and not _denies(words, i - 1)):
            scopes, clause, half = [], [], 0
        elif word.lower in _OUTSIDE:
            scopes = []
        if polarity.denials and (word.lower in _TAKE_BACK or (scopes and _compares(words, i))):
            polarity.denials.pop()
        if _negates(words, i) or _refuses(words, i):
            polarity.denials.append([])
            scopes.append((_scope(words, i), polarity.denials[-1]))
            half = _SCOPE if _refuses(words, i) else half
        elif _half_negates(words, i) or word.lower == "unless":
            half = _CLAUSE if word.lower == "unless" else _SCOPE
            for key in clause:
                polarity.add(key, {True, False})
        elif word.is_telling and kind_of(word.lower) not in "I#" and not word.text[0].isdigit():
            denied = len(scopes) % 2 == 1
            polarity.add(word.stem, {True, False} if half and not denied else {denied})
            for _, denial in scopes if denied else ():
                denial.append(word.stem)
            scopes = [(left - 1, denial) for left, denial in scopes if left > 1]
            clause.append(word.stem)
            half = max(0, half - 1)


def _compares(words: Sequence[Word], i: int) -> bool:
    """Whether a denial becomes a bound: "nobody gets more than ten"."""
    return words[i].lower in ("more", "less", "fewer") and _after(words, i) == "than"


def _scope(words: Sequence[Word], i: int) -> int:
    narrow = words[i].lower == "without" or _after(words, i) == "to" or _refuses(words, i)
    return 1 if narrow else _SCOPE


def _after(words: Sequence[Word], i: int) -> str:
    return words[i + 1].lower if i + 1 < len(words) else ""


def _denies(words: Sequence[Word], i: int) -> bool:
    return i >= 0 and (_negates(words, i) or _refuses(words, i) or _half_negates(words, i))


def _negates(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if word.lower == "against":
        return word.before.startswith("vot")
    contrast = word.lower == "not" and "," in word.gap
    if word.stem == "rule" and _after(words, i) == "out":
        return True
    return word.lower in _NEGATORS and _after(words, i) not in _NOT_DENYING and not contrast


def _refuses(words: Sequence[Word], i: int) -> bool:
    return words[i].stem in _REFUSALS and _after(words, i) == "to"


def _half_negates(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    contrast = word.lower == "not" and "," in word.gap
    known = word.stem in _HALF_NEGATORS or word.stem in _REFUSALS
    return known or contrast or (word.stem, _after(words, i)) in _TWO_WORDS

"""Negation: a statement denies what the cited sentences deny, and nothing else."""

from collections.abc import Mapping, Sequence

from index.lexical import stem
from qa.checking.types import Cited
from qa.checking.words import Word, read_words

_AUXILIARIES = "is are was were do does did has have had can could wo would should must need"
_NEGATORS = frozenset(
    "not no never none nobody nothing neither nor without cannot cant hardly barely scarcely "
    "nowhere untrue false unlikely unable impossible deny denied denies denying denial against "
    "nonstarter".split()
) | {f"{auxiliary}nt" for auxiliary in _AUXILIARIES.split()}
_HALF_NEGATORS = frozenset(
    map(
        stem,
        "refuse refusal dispute fail failure failed reject decline lack avoid prevent avert stop "
        "dismiss absence unwilling omit exclude ignore end cease halt scrap abolish forbid ban "
        "suspend".split(),
    )
)
"""What stands behind these is neither simply denied nor affirmed."""

_TWO_WORDS = frozenset(
    {("rule", "out"), ("left", "out"), ("leav", "out"), ("turn", "down"), ("no", "longer")}
)
"""The same, by the stems of two words."""

_NEAR = 6
_SCOPE = 3
"""Telling words behind a negation that it denies."""

_CLAUSE = 8
"""The same behind "unless": most of a clause."""

_NARROW = frozenset({"without", "against"})
_BOUNDS = frozenset("but and that which who while although because if when so than or".split())
_NOT_ONLY = frozenset("only just merely but".split())
_NEARLY = frozenset("too only yet until remain remains unclear uncertain before except".split())
_PREFIXES = ("un", "dis", "non", "in", "im", "ir", "il")

_Polarities = Mapping[str, frozenset[bool]]


def check_negation(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds a denial on one side alone."""
    said = _polarities([statement])
    there = _polarities([each.text for each in cited])
    if _only_denied(said, there):
        return "it denies what the sentences that it cites affirm"
    if _only_denied(there, said):
        return "it affirms what the sentences that it cites deny"
    if has_negation(statement) and not any(_may_deny(each.text) for each in cited):
        return "it denies something, and the sentences that it cites deny nothing"
    return None


def has_negation(text: str) -> bool:
    """Tells whether a text denies anything."""
    words = read_words(text)
    return any(_negates(words, i) for i in range(len(words)))


def is_denied(words: Sequence[Word], i: int) -> bool:
    """Tells whether a denial stands shortly before a word."""
    return any(_negates(words, k) for k in range(max(0, i - _NEAR), i))


def _only_denied(denying: _Polarities, other: _Polarities) -> bool:
    """Whether all that one side denies and the other side speaks of is affirmed there."""
    shared = [key for key, values in denying.items() if values == {True} and key in other]
    return bool(shared) and all(other[key] == {False} for key in shared)


def _polarities(texts: Sequence[str]) -> _Polarities:
    """By the stem of each telling word: whether it is denied, for all places where it stands."""
    found: dict[str, frozenset[bool]] = {}
    for text in texts:
        for key, values in _polarities_in(read_words(text)):
            found[key] = found.get(key, frozenset()) | values
    return found


def _polarities_in(words: Sequence[Word]) -> list[tuple[str, frozenset[bool]]]:
    found: list[tuple[str, frozenset[bool]]] = []
    left: list[int] = []
    half = 0
    for i, word in enumerate(words):
        after_negator = i > 0 and (_negates(words, i - 1) or _half_negates(words, i - 1))
        if word.begins_clause or (word.lower in _BOUNDS and not after_negator):
            left, half = [], 0
        if _negates(words, i):
            left.append(_scope(words, i))
            if word.lower == "against" and found:
                found.append((found.pop()[0], frozenset({True})))
        elif _half_negates(words, i):
            half = _SCOPE
        elif word.lower == "unless":
            half = _CLAUSE
        elif word.is_telling:
            values = {True, False} if half else {len(left) % 2 == 1}
            found.append((word.stem, frozenset(values)))
            left, half = [n - 1 for n in left if n > 1], max(0, half - 1)
    return found


def _scope(words: Sequence[Word], i: int) -> int:
    narrow = words[i].lower in _NARROW or (i + 1 < len(words) and words[i + 1].lower == "to")
    return 1 if narrow else _SCOPE


def _negates(words: Sequence[Word], i: int) -> bool:
    after = words[i + 1].lower if i + 1 < len(words) else ""
    negator = words[i].lower
    return negator in _NEGATORS and after not in _NOT_ONLY and (negator, after) not in _TWO_WORDS


def _half_negates(words: Sequence[Word], i: int) -> bool:
    after = words[i + 1].lower if i + 1 < len(words) else ""
    return words[i].stem in _HALF_NEGATORS or (words[i].stem, after) in _TWO_WORDS


def _may_deny(text: str) -> bool:
    """Whether something in a text may be put as a denial."""
    words = read_words(text)
    return any(
        _negates(words, i)
        or _half_negates(words, i)
        or word.lower in _NEARLY
        or (len(word.lower) > 5 and word.lower.startswith(_PREFIXES))
        for i, word in enumerate(words)
    )

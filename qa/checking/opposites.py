"""Words put in the place of their opposite: "rise" for "fall", "before" for "after"."""

from collections.abc import Sequence

from index.lexical import stem
from qa.checking.negation import is_denied
from qa.checking.types import Cited
from qa.checking.words import Word, read_words

_PAIRS = (
    ("for", "against"),
    ("before", "after since"),
    ("until", "before after since from"),
    ("with", "without"),
    ("up", "down"),
    ("above over", "below under"),
    ("more", "less fewer"),
    ("most", "least few"),
    ("maximum", "minimum"),
    ("higher", "lower"),
    ("high", "low"),
    ("longer", "shorter"),
    ("larger bigger", "smaller"),
    ("best better", "worst worse"),
    ("first", "last final"),
    ("early", "late"),
    ("earlier sooner", "later"),
    ("north northern", "south southern"),
    ("east eastern", "west western"),
    ("left", "right"),
    ("inside", "outside"),
    ("morning", "afternoon evening night"),
    (
        "increase rise rose grow grew raise climb gain up",
        "decrease fall fell decline drop cut reduce shrink down",
    ),
    ("widen expand", "narrow shrink"),
    ("strengthen", "weaken"),
    ("improve", "worsen deteriorate"),
    (
        "support back favour favor welcome endorse praise",
        "oppose criticise criticize condemn reject",
    ),
    ("accept approve pass", "reject refuse veto"),
    ("agree", "disagree refuse"),
    ("allow permit authorise authorize", "ban forbid prohibit bar"),
    ("start begin began open launch", "end stop finish close suspend"),
    ("win won", "lose lost"),
    ("succeed success", "fail failure"),
    ("buy bought purchase import", "sell sold export"),
    ("arrive enter join", "leave left depart quit"),
    ("lift ease relax", "impose tighten"),
    ("admit confirm acknowledge", "deny denied"),
    ("appoint hire", "dismiss sack fire"),
    ("acquit innocent clear", "convict guilty"),
    ("cheer applaud", "boo jeer heckle"),
    ("alive survive", "dead died kill"),
    ("possible likely", "impossible unlikely"),
    ("legal lawful", "illegal unlawful"),
    ("public", "private secret"),
    ("safe", "unsafe dangerous"),
    ("true", "untrue false"),
    ("full", "empty"),
    ("men man boy husband son father brother", "women woman girl wife daughter mother sister"),
    ("add", "remove"),
    ("advance", "retreat withdraw"),
    ("escalate", "deescalate"),
    ("optimistic hopeful", "pessimistic"),
    ("majority", "minority"),
    ("attack", "defend"),
    ("lend", "borrow"),
    ("urban", "rural"),
    ("domestic", "foreign"),
)
_FUNCTION = frozenset(
    "for against before after since until from with without up down above over below under more "
    "most few less fewer".split()
)
"""Of these, the very next word or the one before must be the same on both sides."""

_NEAR = 3
"""Telling words on each side that are the context of a word."""


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for one, other in _PAIRS:
        for own, theirs in ((one, other), (other, one)):
            for word in own.split():
                table.setdefault(stem(word), set()).update(map(stem, theirs.split()))
    return {word: frozenset(opposites) for word, opposites in table.items()}


_OPPOSITES = _table()


def check_opposites(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds a word where what is cited has its opposite, among the same other words."""
    said = read_words(statement)
    texts = [read_words(each.text) for each in cited]
    there = [(text, j) for text in texts for j in range(len(text))]
    own = {word.stem for word in said if word.lower not in _FUNCTION}
    for i, word in enumerate(said):
        opposites = _OPPOSITES.get(word.stem, frozenset()) - own
        near = [
            text[j]
            for text, j in there
            if text[j].stem in {word.stem, *opposites} and _same_context(said, i, text, j)
        ]
        if near and word.stem not in {other.stem for other in near}:
            return f"it says “{word.text}” where what it cites says “{near[0].text}”"
    return None


def _same_context(said: Sequence[Word], i: int, text: Sequence[Word], j: int) -> bool:
    """Whether two words stand among the same ones, both denied or neither."""
    denied = is_denied(said, i)
    is_other = said[i].stem != text[j].stem
    if is_other and (denied != is_denied(text, j) or (denied and said[i].lower == "until")):
        return False
    near = 1 if said[i].lower in _FUNCTION else _NEAR
    before, after = _context(said, i, near)
    others_before, others_after = _context(text, j, near)
    if near == 1:
        return bool(before & others_before or after & others_after)
    return bool((before | after) & (others_before | others_after))


def _context(words: Sequence[Word], i: int, near: int) -> tuple[set[str], set[str]]:
    """The stems of the telling words just before and just after a word."""
    before = [word.stem for word in words[:i] if word.is_telling][-near:]
    after = [word.stem for word in words[i + 1 :] if word.is_telling][:near]
    return set(before), set(after)

"""How far a statement goes: "all", "only", "will" are not made of "some" and "could"."""

import re
from collections.abc import Sequence

from index.lexical import stem
from qa.checking.types import Cited
from qa.checking.words import Word, read_words
from qa.word_kinds import kind_of

_ALL = (
    r"(?<!at )(?<!in )(?<!after )(?<!above )\ball\b(?! in all)|"
    r"\bevery(?:one|body|thing|where)?\b(?! (?:\w+ )?(?:day|week|month|year|hour|other|time))|"
    r"\balways\b|\bentire(?:ly)?\b|\bwhole\b|(?<!almost )(?<!nearly )\bcomplete(?:ly)?\b|"
    r"\bfully\b|\btotal(?:ly)?\b|\beach\b|\bin full\b|\bunanimous(?:ly)?\b|\bconstantly\b"
)
_ALL_THERE = (
    rf"{_ALL}|\bno\b|\bnone\b|\bfull\b|\bany(?:one|body|thing)?\b|\bnever\b|\bper cent\b|"
    r"\bacross\b|\bthroughout\b|100%"
)
_ONLY = (
    r"(?<!not )\bonly\b(?! (?:\w+ )?(?:an?|\d\w*|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"once|before|after|when|in|on|at|now|since|by|later)\b)|\bsole(?:ly)?\b|\bexclusively\b|"
    r"\bnothing but\b|\bmerely\b"
)
_ONLY_THERE = rf"{_ONLY}|\bjust\b|\balone\b|\bsingle\b|\bno other\b|\bbut\b|\bunless\b|\bexcept\b"
_MOST = (
    r"(?<!at )\bmost\b(?! of all)|\bmajority\b|\bnearly all\b|\balmost all\b|\bmainly\b|\bmostly\b"
)
_MOST_THERE = rf"{_MOST}|{_ALL}|\bbulk\b|%|\bper ?cent\b|\blargely\b|\bmore than half\b"
_CERTAIN = r"\bcertain(?:ly)?\b|\bdefinite(?:ly)?\b|\bundoubtedly\b|\bguarantee\w*|\bprove[ds]?\b"
_CERTAIN_THERE = rf"{_CERTAIN}|\bsure\b|\bno doubt\b|\bproof\b|\biron-?clad\b|\bconfirm\w*"
_EVER = r"\bever\b|\bnever before\b|\brecord\b|\bin history\b"
_EVER_THERE = rf"{_EVER}|\bnever\b|\bfirst\b|\bsince\b|\bunprecedented\b|\bat any point\b"
_NEVER = r"\bnever\b"
_NEVER_THERE = r"\bnever\b|\bever\b|\bany\b|\bat no\b"
_WILL = r"\bwill\b|\bis going to\b|\bare going to\b"
_WILL_THERE = (
    rf"{_WILL}|\bwould\b|\bshall\b|\b\w+(?:['’]|l)ll\b|\bgoing to\b|\bto\b|\bmust\b|\bgonna\b"
)
_PERHAPS = re.compile(r"\b(?:could|may|might|possib\w+|perhaps|likely|potential\w*)\b", re.I)

_KINDS = tuple(
    (re.compile(said, re.I), re.compile(there, re.I))
    for said, there in (
        (_ALL, _ALL_THERE),
        (_ONLY, _ONLY_THERE),
        (_MOST, _MOST_THERE),
        (_CERTAIN, _CERTAIN_THERE),
        (_EVER, _EVER_THERE),
        (_NEVER, _NEVER_THERE),
    )
)
_SOME = frozenset(
    "some other many several most few certain various one two three four five six seven eight nine "
    "ten dozens hundreds".split()
)
_PLURAL = "s"
"""The kind of plural nouns."""

_ONE = re.compile(r"\b(?:one|another|a single) ([a-z]+[^\Ws])\b", re.I)
_WILL_SAID, _WILL_MEANT = re.compile(_WILL, re.I), re.compile(_WILL_THERE, re.I)


def check_scope(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds a word that says more than what is cited does."""
    text = " ".join(each.text for each in cited)
    for said, there in _KINDS:
        match = said.search(statement)
        if match and not there.search(text):
            return f"it says “{match[0]}”, and what it cites does not go so far"
    for one in _ONE.finditer(text):
        for word in read_words(statement):
            if word.stem == stem(one[1].lower()) and word.lower != one[1].lower():
                return f"it says “{word.text}” where what it cites says “{one[0]}”"
    if noun := _without_quantity(statement, cited):
        return f"it says “{noun}” of all of them, and what it cites does not"
    will, perhaps = _WILL_SAID.search(statement), _PERHAPS.search(text)
    if will and perhaps and not _PERHAPS.search(statement) and not _WILL_MEANT.search(text):
        return f"it says “{will[0]}” where what it cites says “{perhaps[0]}”"
    return None


def _without_quantity(statement: str, cited: Sequence[Cited]) -> str | None:
    """Returns the noun that a statement begins with, where what is cited speaks of some alone.

    That is "residents" for "other residents", and "pharmacists" for "the pharmacist Elias Kemp".
    """
    noun = next(iter(read_words(statement)), None)
    if noun is None or kind_of(noun.lower) != _PLURAL:
        return None
    texts = [read_words(f"{each.before} {each.text}") for each in cited]
    places = [(text, i) for text in texts for i in range(len(text)) if text[i].stem == noun.stem]
    return noun.text if places and all(_is_some(text, i) for text, i in places) else None


def _is_some(words: Sequence[Word], i: int) -> bool:
    """Whether a noun is of some, or of one who is named."""
    is_named = i + 1 < len(words) and words[i + 1].is_capitalised and words[i + 1].gap == " "
    is_one = kind_of(words[i].lower) != _PLURAL and is_named
    return is_one or words[i].before in _SOME

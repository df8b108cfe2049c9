"""Speakers: whom a statement lets say something is who says it in what it cites."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.attribution.names import is_office
from index.lexical import stem
from qa.checking.countries import countries, seats
from qa.checking.names import is_name, key_of, keys_in, texts_of
from qa.checking.types import Cited
from qa.checking.words import Word, read_words

SAYING = frozenset(
    "said says say told tells added adds warned warns argued argues claimed claims denied denies "
    "announced announces explained explains insisted insists acknowledged acknowledges stressed "
    "stresses described describes complained complains promised promises noted notes suggested "
    "suggests predicted predicts estimated estimates reported reports believes believed thinks "
    "thought admitted admits accused accuses criticised criticized criticises criticizes urged "
    "urges demanded demands declared declares stated states confirmed confirms asked replied "
    "replies recalled recalls called calls wrote writes testified cautioned rejected rejects "
    "declined vowed pledged praised expects expected hopes hoped fears feared remarked mentioned "
    "maintained maintains conceded asserted asserts reiterated expressed voiced".split()
)
_INVERTED = frozenset("said says added adds wrote warned argued explained insisted".split())
"""Behind these it may stand who says it."""

_BETWEEN = frozenset(
    "has had have also later then again still did not never does do would will could can may might "
    "should must earlier repeatedly publicly once twice".split()
)
_BOUNDS = frozenset(
    "that and but when while as because although though if which who or since after before unless "
    "whether until what how where why".split()
)
_PRONOUNS = frozenset("he she it they i we you this that which who there one".split())
_GENERAL = frozenset(
    map(
        stem,
        "official spokesman spokeswoman spokesperson source person people diplomat envoy "
        "representative article report speaker side somebody someone".split(),
    )
)
"""Words for whoever it is: they need not be in what is cited."""

_SOMEBODY = re.compile(r"\b(?:he|she|they|I|we)\b", re.I)
"""They may be who the statement calls by an office that another sentence tells."""

_ARTICLES = frozenset("the a an its his her".split())
_MOST_WORDS = 10
_LEAST_SHARE = 0.6
"""Of the words that the best sentence shares with a claim, for another one to hold it, too."""


class _Claim(NamedTuple):
    """What a statement lets somebody say.

    Attributes:
        who: The words for them.
        names: Those that are names, as ``key_of`` has them.
        said: The stems of the claim.
    """

    who: Sequence[Word]
    names: frozenset[str]
    said: frozenset[str]


def check_speakers(statement: str, cited: Sequence[Cited]) -> str | None:
    """Finds somebody who is said to have said what somebody else said."""
    for claim in _claims(statement):
        if not any(_is_theirs(claim, each, cited) for each in _closest(claim, cited)):
            who = " ".join(word.text for word in claim.who)
            return f"the sentences that it cites are not what {who} said"
    return None


def _claims(text: str) -> Iterator[_Claim]:
    """What is said by whom; pronouns and "said" without anybody are passed over."""
    words = read_words(text)
    found = [(i, who) for i in range(len(words)) if (who := _source(words, i))]
    for number, (i, who) in enumerate(found):
        first = 0 if number == 0 else _start(words, found[number - 1][0], i)
        last = len(words) if number + 1 == len(found) else _start(words, i, found[number + 1][0])
        names = frozenset(
            seats().get(words[k].lower) or key_of(words[k])
            for k in who
            if is_name(words, k) and not _is_first(words, k)
        )
        said = frozenset(words[k].stem for k in range(first, last) if words[k].is_telling)
        yield _Claim([words[k] for k in who], names, said)


def _start(words: Sequence[Word], one: int, other: int) -> int:
    """Where the clause of the second of two reports begins."""
    for k in range(other, one, -1):
        if words[k].begins_clause or words[k].lower in ("and", "but", "while"):
            return k
    return other


def _source(words: Sequence[Word], i: int) -> list[int]:
    """The places of the words for who says something, if word ``i`` is such a verb."""
    word = words[i]
    before = words[i - 1].lower if i else ""
    if word.lower == "to" and before == "according":
        return _told(words, _after(words, i))
    if word.lower not in SAYING or before in (
        "to",
        "of",
        "the",
        "a",
        "by",
        "been",
        "be",
        "was",
        "were",
        "is",
        "are",
    ):
        return []
    who = [] if word.begins_clause else _told(words, _before(words, i))
    if who or not (word.begins_clause and word.start):
        return who
    apposed = _told(words, _before_comma(words, i))
    return (_told(words, _after(words, i)) if word.lower in _INVERTED else []) or apposed


def _before(words: Sequence[Word], i: int) -> list[int]:
    end = i - 1
    while end >= 0 and words[end].lower in _BETWEEN:
        end -= 1
    start = end
    while start >= 0 and words[start].lower not in _BOUNDS and end - start < _MOST_WORDS:
        if words[start].begins_clause:
            own = list(range(start, end + 1))
            apposed = "," in words[start].gap and words[start].lower in _ARTICLES
            named = _before(words, start) if start and apposed else []
            return [*named, *own] if all(words[k].is_capitalised for k in named) else own
        start -= 1
    return list(range(start + 1, end + 1))


def _before_comma(words: Sequence[Word], i: int) -> list[int]:
    """The words of "Kolvic, the chief, said"."""
    who = _before(words, i)
    if who and who[0] and "," in words[who[0]].gap:
        return _before(words, who[0])
    return who


def _after(words: Sequence[Word], i: int) -> list[int]:
    who: list[int] = []
    for k in range(i + 1, min(len(words), i + _MOST_WORDS)):
        if (words[k].begins_clause and k > i + 1) or words[k].lower in _BOUNDS:
            break
        who.append(k)
    return who


def _told(words: Sequence[Word], who: list[int]) -> list[int]:
    """The words for somebody; none for a pronoun."""
    telling = [k for k in who if words[k].is_telling and words[k].lower not in _PRONOUNS]
    return who if telling else []


def _is_first(words: Sequence[Word], k: int) -> bool:
    """Whether it is a first name or a title: another name goes on right behind it."""
    if k + 1 >= len(words) or words[k + 1].gap != " ":
        return False
    return is_name(words, k + 1) and not words[k].text.isupper()


def _closest(claim: _Claim, cited: Sequence[Cited]) -> list[Cited]:
    """The sentences that share most words with a claim."""
    shared = [len(claim.said & {w.stem for w in read_words(each.text)}) for each in cited]
    least = _LEAST_SHARE * max(shared, default=0)
    return [each for each, count in zip(cited, shared, strict=True) if count >= least]


def _is_theirs(claim: _Claim, cited: Cited, all_cited: Sequence[Cited]) -> bool:
    spoken = cited.speaker or ""
    around = " ".join((cited.text, cited.before, cited.title, spoken))
    if not claim.names:
        telling = [word for word in claim.who if word.is_telling]
        known = {word.stem for word in read_words(around)} | _GENERAL
        has_no_name = not any(word.is_capitalised for word in telling)
        told_elsewhere = has_no_name and bool(_SOMEBODY.search(cited.text))
        return told_elsewhere or any(word.stem in known for word in telling)
    if claim.names & keys_in(spoken):
        return True
    own = {
        key for other in _claims(cited.text) for key in keys_in(" ".join(w.text for w in other.who))
    }
    if claim.names & own:
        return True
    if not spoken:
        texts = (text for each in all_cited for text in texts_of(each))
        return bool(claim.names & frozenset().union(*map(keys_in, texts)))
    offices = any(is_office(word.lower) or word.stem in _GENERAL for word in claim.who)
    return bool(claim.names & (keys_in(cited.text) if offices else _first_country(cited.text)))


def _first_country(text: str) -> frozenset[str]:
    """The country that a sentence names first: who speaks may speak for it."""
    for word in read_words(text):
        country = countries().get(word.lower) or seats().get(word.lower)
        if country and word.is_capitalised:
            return frozenset({country})
    return frozenset()

"""Questions that sound right and are not: one name, number or word changed."""

import random
import re
from collections.abc import Iterator, Sequence

_NAME = re.compile(r"(?<=[a-z,;:’'] )[A-Z][\w’'-]*(?: (?:of |the )?[A-Z][\w’'-]*)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_TYPES = (_NAME, _NUMBER)
_PAIRS = """
after before
accept reject
accepted rejected
agree disagree
agreed refused
allow ban
allowed banned
approve oppose
approved opposed
arrive leave
back oppose
backed opposed
begin end
best worst
biggest smallest
build close
built closed
buy sell
bought sold
cause prevent
caused prevented
deny confirm
denied confirmed
cheapest dearest
earliest latest
early late
east west
eastern western
fall rise
fell rose
fewer more
first last
gain lose
gained lost
good bad
greater smaller
heavy light
high low
higher lower
highest lowest
important unimportant
in outside
include exclude
included excluded
increase decrease
increased decreased
inside outside
join leave
joined left
killed saved
large small
larger smaller
largest smallest
least most
less more
like dislike
liked disliked
long short
longest shortest
lose win
lost won
major minor
married divorced
male female
maximum minimum
men women
negative positive
new old
newest oldest
north south
northern southern
open closed
opened closed
often rarely
old young
oldest youngest
partially fully
permit forbid
permitted forbidden
praise criticise
praised criticised
public private
raise cut
raised cut
reduce raise
reduced raised
same different
start stop
started stopped
strong weak
stronger weaker
succeed fail
support oppose
supported opposed
supporters opponents
top bottom
upper lower
wife husband
winner loser
with without
"""


def _opposites() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _PAIRS.split("\n"):
        for word, other in (line.split(), line.split()[::-1]) if line else ():
            found.setdefault(word, []).append(other)
    return found


OPPOSITES = _opposites()


def swapped(question: str, texts: Sequence[str], rng: random.Random) -> str | None:
    """Returns the question with one thing changed; None where it has nothing to change.

    That is a name or number of the texts in place of its own, or a word for its opposite.
    """
    ways = [*_with_another(question, texts, rng), *_with_opposite(question, rng)]
    return rng.choice(ways) if ways else None


def _with_another(question: str, texts: Sequence[str], rng: random.Random) -> Iterator[str]:
    for pattern in _TYPES:
        found = list(pattern.finditer(question))
        others = sorted({each for text in texts for each in pattern.findall(text)})
        others = [other for other in others if other.lower() not in question.lower()]
        if found and others:
            match = rng.choice(found)
            yield question[: match.start()] + rng.choice(others) + question[match.end() :]


def _with_opposite(question: str, rng: random.Random) -> Iterator[str]:
    words = question.split(" ")
    places = [i for i, word in enumerate(words) if word.strip("?,").lower() in OPPOSITES]
    if places:
        i = rng.choice(places)
        bare = words[i].strip("?,")
        words[i] = words[i].replace(bare, rng.choice(OPPOSITES[bare.lower()]))
        yield " ".join(words)

"""Phrases that name what a text is about: names and noun phrases, found by the words around them.

They are few and read well in a question; many a noun phrase is not among them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.lexical import stem, stems, words
from index.types import Article, Span
from qa.word_kinds import is_listed, kind_of

_MOST_WORDS = 5
_LONGEST = 60
"""Words and characters of a phrase, without an article before it."""

_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|St)\.(?=\s)|(?:[A-Z]\.){2,}|[^\W_](?:[\w'’-]|[.,](?=\d))*|[^\w\s]"
)
_CAPITAL_INSIDE = re.compile(r"(?:(?<=[^\W\d_][ \xa0])|(?<=,[ \xa0]))[A-Z][\w'’-]*")
"""A word with a capital that does not begin a sentence."""

_LOWER_CASE = re.compile(r"(?<![\w'’-])[^\W\d_A-Z][\w'’-]*")

# Next to the kinds of ``word_kinds`` there are N, a name; M, one with "'s"; L, one that lost the
# apostrophe of it; and the full stop, for everything that is no word.
_NOUN = r"[wa]{0,2}[ws]"
_NAMED = r"N{1,3}[wa]{0,2}(?:w|s(?![cf]))"
_DETERMINED = rf"(?:w?{_NAMED}|w?N{{1,4}}|[eg]?{_NOUN}|g)"
_BARE = rf"(?:{_NAMED}|[we]{_NOUN}|N{{1,4}}|[wa]{{0,2}}s)"
_OF = rf"(?:O(?:[DP]{_DETERMINED}|{_BARE}))?"
_VERB = r"[wsg](?:[Dqo]|[P#](?!x))"
_OVER = rf"(?=$|[.fc&AIOtpev]|[P#]x|{_VERB})"
_PHRASE = re.compile(
    rf"(?:[DP]|D?N{{0,2}}M|D?L){_DETERMINED}{_OF}{_OVER}"
    rf"|(?<=[IO]){_BARE}{_OF}{_OVER}|(?<=[IO]g){_BARE}{_OVER}"
    rf"|(?<=[.fc&])w{{0,2}}s{_OF}(?=A)"
    rf"|(?<!N)(?:N{{1,3}}[wa]{{0,2}}s(?![cf])|N{{1,4}}){_OVER}"
)
"""A noun phrase, in the kinds of its words.

It is after an article or a preposition, or it begins with a name, or it is in the plural and
begins a clause; and what follows it shows that it is over.
"""


@dataclass(frozen=True)
class Topic:
    """A phrase that names something.

    Attributes:
        text: As it reads in a question: with "the" instead of "our".
        span: Where it stands in the article, without such a word.
        stems: Of its words.
    """

    text: str
    span: Span
    stems: frozenset[str]

    @property
    def head(self) -> str:
        """The stem of its last word."""
        return stem(words(self.text)[-1])


@dataclass(frozen=True)
class _Token:
    text: str
    span: Span
    kind: str


def find_topics(article: Article) -> list[Topic]:
    """Returns the phrases of an article, below its headline, in their order."""
    start = max((span.end for span in article.header.values()), default=0)
    names = _names(article.text, start)
    found: list[Topic] = []
    for paragraph in article.paragraphs:
        if paragraph.start >= start:
            found += _topics_of(list(_tokens(article.text, paragraph, names)))
    times = Counter(topic.text for topic in found)
    return [definite for topic in found if (definite := _definite(topic, times))]


def _names(text: str, start: int) -> frozenset[str]:
    """The words that have a capital inside of a sentence, and never none."""
    lower = {word.lower() for word in _LOWER_CASE.findall(text, start)}
    found = (_without_s(word) for word in _CAPITAL_INSIDE.findall(text, start))
    return frozenset(word for word in found if word.lower() not in lower)


def _without_s(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _tokens(text: str, paragraph: Span, names: frozenset[str]) -> Iterator[_Token]:
    inside = {match.start() for match in _CAPITAL_INSIDE.finditer(text, *paragraph)}
    for match in _TOKEN.finditer(text, *paragraph):
        word = match[0]
        is_name = word[0].isupper() and (match.start() in inside or _without_s(word) in names)
        kind = is_name and _kind_of_name(word, names)
        yield _Token(word, Span(*match.span()), kind or _kind(word))


def _kind(word: str) -> str:
    if any(character.isdigit() for character in word) or word in "$£€":
        return "#"
    return kind_of("".join(words(word))) if word[0].isalnum() else "."


def _kind_of_name(word: str, names: frozenset[str]) -> str | None:
    """None for a word that is no name in spite of its capital: "Monday", "mid-December", "I"."""
    plain = words(word)
    if kind_of(plain[-1].removesuffix("s")) == "x":
        return "x"
    if is_listed("".join(plain)) and not (len(word) > 1 and word.isupper()):
        return None
    if word.endswith(("'s", "’s")):
        return "M"
    return "L" if word.endswith("s") and word[:-1] in names else "N"


def _topics_of(tokens: Sequence[_Token]) -> Iterator[Topic]:
    kinds = "".join(token.kind for token in tokens)
    for match in _PHRASE.finditer(kinds):
        before, *rest = chosen = tokens[match.start() : match.end()]
        article = ""
        if before.kind in "DP":
            chosen = rest
            article = f"{before.text.lower()} " if before.kind == "D" else "the "
        is_plural = match[0].partition("O")[0].endswith("s")
        text = " ".join(map(_written, chosen))
        is_short = len(chosen) <= _MOST_WORDS and len(text) <= _LONGEST
        if is_short and words(text) and not (is_plural and article in ("a ", "an ")):
            span = Span(chosen[0].span.start, chosen[-1].span.end)
            yield Topic(article + text, span, frozenset(stems(text)))


def _written(token: _Token) -> str:
    if token.kind == "L":
        return f"{token.text[:-1]}'s"
    is_name = token.kind in "MN" or token.text.isupper()
    return token.text if is_name else token.text.lower()


def _definite(topic: Topic, times: Counter[str]) -> Topic | None:
    """A single noun as what is known; None where it is "a" something, and only once."""
    article, _, noun = topic.text.partition(" ")
    if article not in ("a", "an") or " " in noun:
        return topic
    if f"the {noun}" in times:
        return replace(topic, text=f"the {noun}")
    return topic if times[topic.text] > 1 else None

"""Noun phrases of questions: what a question is about, found by the kinds of its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from index.attribution.names import is_office
from index.lexical import words
from qa.word_kinds import is_listed, kind_of

_WORD = re.compile(r"\d[\d,.]*\d|[^\W_][\w'’&/-]*(?:\.(?=\w))?[\w'’]*|[^\w\s]")
_HEAD = r"(?:[#a]*[wsegNM])+"
_PHRASE = re.compile(rf"[DPq]?{_HEAD}(?:O[DPq]?{_HEAD})?")
"""A noun phrase, in the kinds of ``word_kinds``; N is a name, and M one with "'s"."""

_DETERMINERS = frozenset("the a an its our their these this those her his my your".split())
_HELPERS = frozenset("do does did can could will would should may might must".split())
_BEING = frozenset("is are was were".split())
_HOW = frozenset(["", "how", "why"])
_WHO = frozenset("what who which".split())
_PEOPLE = frozenset("people police women men children".split())
_DOER = re.compile(r"..(?:eeper|ician|ologist|alist|man|woman|armer|riter|eacher|orker|river)$")
_FRAME = re.compile(r"(?:please )?(?:tell me|describe|explain)(?: more)?(?: about)? ", re.I)
_RELATED = frozenset(
    "advantage application benefit cause characteristic classes consequence cost definition "
    "difference disadvantage effect evidence example feature future history impact importance "
    "kind objective option origin part place purpose reason result role sort symptom type use "
    "variation variety way".split()
)
"""Nouns that are something of something else, in the singular: alone they name nothing."""


@dataclass(frozen=True)
class Phrase:
    """A noun phrase where it stands in a question."""

    text: str
    start: int
    end: int
    kinds: str

    @property
    def bare(self) -> str:
        """Without "the" or "a" before it."""
        first, _, rest = self.text.partition(" ")
        return rest if rest and first.lower() in _DETERMINERS else self.text

    @property
    def is_name(self) -> bool:
        """Whether a part of it is a name."""
        return "N" in self.kinds or "M" in self.kinds

    @property
    def is_plural(self) -> bool:
        """Whether it means several, as far as its ending tells."""
        return self.kinds.endswith("s") or words(self.text)[-1] in _PEOPLE

    @property
    def is_related(self) -> bool:
        """Whether it is of something that it does not name: "the causes"."""
        head = words(self.text)[-1]
        return "O" not in self.kinds and bool({head, head.removesuffix("s")} & _RELATED)

    @property
    def is_person(self) -> bool:
        """Whether it may be one person: a name without an article, or what somebody does."""
        is_named = self.is_name and self.kinds.strip("N") == ""
        return is_named or any(is_office(w) or _DOER.search(w) for w in words(self.text))


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    kind: str


class Phrases:
    """The noun phrases of one question."""

    def __init__(self, question: str) -> None:
        """Takes the question with single spaces between its words."""
        self.question = question
        self._words = list(_words_of(question))
        self._kinds = "".join(word.kind for word in self._words)
        self._numbers = {word.start: number for number, word in enumerate(self._words)}

    @cached_property
    def all(self) -> list[Phrase]:
        """Those in the question, in their order, each without a verb that ends it."""
        found: list[Phrase] = []
        for match in _PHRASE.finditer(self._kinds):
            first, after = match.span()
            if self._is_before_predicate(first):
                after = self._without_predicate(first, after)
            if first and self._before(first) in _WHO and self._kinds[first] in "sw":
                first += 1  # A verb: "What causes throat cancer?"
            found += self._phrase(first, after)
        return found

    @cached_property
    def subject(self) -> Phrase | None:
        """What stands after "does", "is" and the like, or what is to be told of."""
        frame = _FRAME.match(self.question)
        begin = frame.end() if frame else None
        for phrase in self.all:
            number = self._numbers[phrase.start]
            if phrase.start == begin or (
                number and self._before(number) in _HELPERS | _BEING | {"has", "have", "had"}
            ):
                return phrase
        return None

    @property
    def introduced(self) -> Phrase | None:
        """What it brings up: a name that it is about, or what it asks to be told of as a whole."""
        subject = self.subject
        if (
            subject is None
            or subject.is_related
            or set("Pqg") & {subject.kinds[0], subject.kinds[-1]}
        ):
            return None
        is_whole = not self.question[subject.end :].strip("?. ") and "D" not in subject.kinds[1:]
        return self._inner(subject) if subject.is_name or is_whole else None

    @cached_property
    def topic(self) -> Phrase | None:
        """What it is about: its subject, of "types of sharks" the sharks, or the last phrase."""
        telling = [p for p in self.all if set(p.kinds) & set("wsNM") and not p.is_related]
        telling = [p for p in telling if not p.text.endswith("est")]
        clear = [p for p in telling if p.is_name or p.kinds[0] == "D" or p.is_plural]
        chosen = [p for p in telling if p == self.subject] or clear[-1:] or telling[-1:]
        return self._inner(chosen[0]) if chosen else None

    def _inner(self, phrase: Phrase) -> Phrase:
        """Of "the types of sharks" the sharks; an office stays whole."""
        head, between, _ = phrase.kinds.partition("O")
        first = self._numbers[phrase.start]
        if not between or is_office(self._words[first + len(head) - 1].text.lower()):
            return phrase
        inner = first + len(head) + 1
        return self._phrase(inner, first + len(phrase.kinds))[0]

    def _phrase(self, first: int, after: int) -> list[Phrase]:
        if set(self._kinds[first:after]) <= set("DPq#aO"):
            return []
        start, end = self._words[first].start, self._words[after - 1].end
        return [Phrase(self.question[start:end], start, end, self._kinds[first:after])]

    def _without_predicate(self, first: int, after: int) -> int:
        """Where the subject of "How does a virtual machine work" ends."""
        bare = first + (self._kinds[first] in "DPq")
        if named := re.match("N+", self._kinds[bare:after]):
            return bare + named.end()
        before, last = self._kinds[after - 2], self._kinds[after - 1]
        # The noun after "of" is no verb: "Why is the end of war near?"
        is_verb = after - bare > 1 and last in "wsge" and before not in "ODPq"
        return after - 1 if is_verb else after

    def _is_before_predicate(self, first: int) -> bool:
        """Whether what begins there is the subject of a verb or an adjective behind it."""
        if not first or self._before(first) not in _HELPERS | _BEING:
            return False
        asks = self._before(first - 1) if first > 1 else ""
        return self._before(first) in _HELPERS or asks in _HOW

    def _before(self, number: int) -> str:
        return self._words[number - 1].text.lower()


def _words_of(question: str) -> Iterator[_Word]:
    for number, match in enumerate(_WORD.finditer(question)):
        yield _Word(match[0], *match.span(), _kind(match[0], is_first=number == 0))


def _kind(word: str, is_first: bool) -> str:
    plain = "".join(words(word))
    if not plain:
        return "."
    if word[0].isupper() and not is_first and (word[:2].isupper() or not is_listed(plain)):
        return "M" if word.endswith(("'s", "’s")) else "N"
    if any(character.isdigit() for character in plain):
        return "#"
    return kind_of(plain)

"""Who the sources of an article's attributions are: mentions of one speaker are one.

A wrong name is worse than none: where two readings are possible, it is nobody's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.cast import Cast, Member
from index.attribution.names import FEMALE, MALE, is_office
from index.types import Attribution, Document, Span, Speaker

_PERSONAL = {"he": MALE, "him": MALE, "his": MALE, "she": FEMALE, "her": FEMALE}
_OWN = frozenset("i me my".split())
_RELATIVE = frozenset("who which that whom".split())
_UNDECIDED = frozenset("we us our they them their you this these those one".split())
_PRONOUNS = frozenset({"it", *_PERSONAL, *_OWN, *_RELATIVE, *_UNDECIDED})

_POSSESSIVE = re.compile(r"^(my|our|your|his|her|their)\s", re.I)
_DETERMINER = re.compile(r"^(the|a|an|its|his|her|their|this|that|our|my)\s+", re.I)
_SOMEBODY = re.compile(r"^(a|an|one|another)\s", re.I)
_RELATIVE_CLAUSE = re.compile(r",?\s+(who|which|whose|whom|that)\b.*", re.I | re.S)
_PREPOSITION = re.compile(r"\s(?:of|at|for|from|in|with|on|by|to)\s")
_OFFICE = re.compile(r"\b[Tt]he ([a-z]+)\b(?! of\b|,? [A-Z])")
_OWNER = re.compile(r"['’]s?\s+\w")
"""Behind a name: it is not theirs, but of somebody who belongs to them."""

_SUBJECTS = frozenset("i you he she it we they".split())
_QUANTIFIERS = frozenset(
    "some others other many several few most all both none nobody everyone everybody someone "
    "somebody anyone each either neither".split()
)
_GROUP = re.compile(r"\s*(,[^,]+)?\s+and\s")
_GOES_ON = re.compile(r"\s*($|[^\w\s]|(of|from|at|in|for|on|with|who|and|as)\b)")
"""What may stand behind a name; where another noun does, it is of nobody: "Biden aides"."""

_DOERS = ("er", "or", "ist", "ian", "man", "woman", "source", "person", "resident", "employee")
"""How words for people end."""


def with_speakers(document: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Returns the attributions with their speakers, where the text decides who it is."""
    members = _Resolution(document, attributions).members()
    speakers = {m: Speaker(m.name, tuple(m.titles)) for m in members if m}
    return [
        replace(attribution, speaker=speakers[member] if member else None)
        for attribution, member in zip(attributions, members, strict=True)
    ]


class _Resolution:
    """Finds who each source is; names first, for they decide who pronouns are."""

    def __init__(self, document: Document, attributions: Sequence[Attribution]) -> None:
        self._cast = Cast(document)
        self._text = document.text
        self._attributions = attributions
        self._found: list[Member | None] = [None] * len(attributions)

    def members(self) -> list[Member | None]:
        """Returns the member of the cast who each source is."""
        named = [i for i in range(len(self._attributions)) if not self._pronoun(i)]
        for i in named:
            self._found[i] = self._named(i)
        for match in _OFFICE.finditer(self._text):
            if holder := self._cast.offices.get(match[1].lower()):
                self._cast.mention(match.start(), holder)
        for i in named:
            self._found[i] = self._found[i] or self._described(i)
        for i in sorted(set(range(len(self._attributions))) - set(named)):
            self._found[i] = self._meant(i)
        return self._found

    def _words(self, i: int) -> str:
        spans = self._attributions[i].source
        return " ".join(" ".join(self._text[start:end] for start, end in spans).split())

    def _pronoun(self, i: int) -> str | None:
        words = self._words(i)
        return words.lower() if words.lower() in _PRONOUNS and words != "US" else None

    def _named(self, i: int) -> Member | None:
        """The person whose name is in a source, not behind "of" or in a group."""
        for span in self._attributions[i].source:
            for name in self._cast.names(span):
                before = self._text[span.start : name.start]
                after = self._text[name.span.end : span.end]
                if _OWNER.match(after):
                    continue
                if _PREPOSITION.search(f" {before.rpartition(',')[2]} ") or not _GOES_ON.match(
                    after
                ):
                    continue
                if _GROUP.match(after):
                    return None
                if person := self._cast.person(name):
                    _describe(person, before, after)
                    return person
        return None

    def _described(self, i: int) -> Member | None:
        """Somebody without a name: a body, an office, or one who was told of before."""
        words = _RELATIVE_CLAUSE.sub("", self._words(i).split(",")[0])
        bare = _DETERMINER.sub("", words).strip()
        if not bare or _POSSESSIVE.match(words) or self._cast.has_surname(bare):
            return None
        first, *more = words.lower().split()
        if first in _SUBJECTS or (first in _QUANTIFIERS and not more) or words.lower() == "no one":
            return None
        if words.lower().startswith("the ") and " " not in bare:
            noun = bare.lower()
            told = {
                m.member for m in self._cast.mentions if m.member and noun in m.member.name.split()
            }
            if told or is_office(noun):
                return self._cast.offices.get(noun) or (told.pop() if len(told) == 1 else None)
        return self._other(words, bare, self._attributions[i].source[0].start)

    def _other(self, words: str, bare: str, position: int) -> Member:
        known = (m.member for m in self._cast.mentions)
        member = next((m for m in known if m and m.name.lower() == bare.lower()), None)
        member = member or Member(bare)
        head = _PREPOSITION.split(bare)[0].split()[-1].lower()
        if _SOMEBODY.match(words) and (is_office(head) or head.endswith(_DOERS)):
            member.is_person = True
            member.gender = FEMALE if head.endswith("woman") else member.gender
        self._cast.mention(position, member)
        return member

    def _meant(self, i: int) -> Member | None:
        """Whom a pronoun means."""
        word, source = self._pronoun(i), self._attributions[i].source
        if not source or word is None or word in _UNDECIDED:
            return None
        position = source[0].start
        if word in _PERSONAL:
            return self._person_before(position, _PERSONAL[word])
        if word in _OWN:
            return self._around(position)
        if word in _RELATIVE:
            return self._directly_before(position)
        return self._body_before(position)

    def _person_before(self, position: int, gender: str) -> Member | None:
        """The one person whom "he" can mean: in its paragraph, or by name in the one before."""
        here = self._cast.paragraph(position)
        if here is None:
            return None
        fitting = self._fitting(self._cast.paragraphs[here].start, position, gender)
        if not fitting and here and self._cast.is_in_order:
            before = self._fitting(*self._cast.paragraphs[here - 1], gender)
            fitting = [m for m in before if m is None or m.name[0].isupper()]
        if len(fitting) != 1 or fitting[0] is None:
            return None
        fitting[0].gender = gender
        return fitting[0]

    def _fitting(self, start: int, end: int, gender: str) -> list[Member | None]:
        return [
            member
            for member in self._cast.between(start, end)
            if member is None or (member.is_person and member.gender in (None, gender))
        ]

    def _body_before(self, position: int) -> Member | None:
        """The one body whose word the paragraph has given before "it"."""
        here = self._cast.paragraph(position)
        start = position if here is None else self._cast.paragraphs[here].start
        bodies = [m for m in self._cast.between(start, position) if m and not m.is_person]
        return bodies[0] if len(bodies) == 1 else None

    def _around(self, position: int) -> Member | None:
        """Who says that in which "I" stands."""
        for each, member in zip(self._attributions, self._found, strict=True):
            if member and _holds(each.content, position):
                return member
        return None

    def _directly_before(self, position: int) -> Member | None:
        """Whom "who" continues: the source in which it stands, or the name before it."""
        for each, member in zip(self._attributions, self._found, strict=True):
            if _holds(each.source, position) and each.source[0].start < position:
                return member
        for mention in self._cast.mentions:
            between = self._text[mention.position : position].rstrip(" ,")
            name = mention.member.name if mention.member else ""
            if name and between in (name, name.rpartition(" ")[2]):
                return mention.member
        return None


def _holds(spans: Sequence[Span], position: int) -> bool:
    return any(start <= position < end for start, end in spans)


def _describe(person: Member, before: str, after: str) -> None:
    """Notes as titles what stands before the name, and between commas behind it."""
    for words in (before.strip(" ,"), *after.split(",")[1:2]):
        title = _DETERMINER.sub("", _RELATIVE_CLAUSE.sub("", f" {words.strip()}").strip())
        person.add_title(title)

"""Those of whom an article speaks: people by their names, and others who say something."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index.attribution.names import Name, is_office, names_in
from index.types import Document, Span

_LOWER = re.compile(r"\b[a-z][\w'’-]*")


@dataclass(eq=False)
class Member:
    """Somebody of whom the article speaks.

    Attributes:
        name: The fullest that the article has.
        titles: What the article says that they are.
        is_person: Whether it is a person: by name, or "a senior official".
        gender: ``he`` or ``she`` where the article says so.
    """

    name: str
    titles: list[str] = field(default_factory=list)
    is_person: bool = False
    gender: str | None = None

    def add_title(self, title: str) -> None:
        """Notes what they are, once; a mere "Ms" says nothing."""
        if title not in self.titles and any(is_office(word) for word in title.split()):
            self.titles.append(title)


@dataclass(frozen=True)
class Mention:
    """Where somebody is spoken of.

    Attributes:
        member: None where the name is one of several people's.
    """

    position: int
    member: Member | None


class Cast:
    """The people of an article, and where each is spoken of."""

    def __init__(self, document: Document) -> None:
        """Makes a person of each full name."""
        self.text = document.text
        self.paragraphs = document.paragraphs
        self.common = frozenset(_LOWER.findall(document.text))
        self.mentions: list[Mention] = []
        self._people: dict[str, list[Member]] = {}
        names = [n for p in document.paragraphs for n in names_in(self.text, p, self.common)]
        counts = Counter(name.surname for name in names)
        for name in names:
            # What is written in capitals once, without a title, may be a place.
            if name.is_full and (counts[name.surname] > 1 or name.title):
                self._add(name)
        for name in names:
            self._mention(name)
        self.is_in_order = self._are_introduced(names)

    def names(self, span: Span) -> Iterable[Name]:
        """Returns what may be names of people in a stretch."""
        return names_in(self.text, span, self.common)

    def person(self, name: Name) -> Member | None:
        """Returns the one person whom a name means; one of a full name is new if need be."""
        found = self._known(name)
        if found is None and name.is_full:
            found = self._add(name)
            self._mention(name)
        return found

    def has_surname(self, word: str) -> bool:
        """Tells whether it is somebody's surname; it may not say whose."""
        return word.lower() in self._people

    def mention(self, position: int, member: Member) -> None:
        """Notes that somebody is spoken of there."""
        self.mentions.append(Mention(position, member))

    def paragraph(self, position: int) -> int | None:
        """Returns the number of the paragraph at a position."""
        return next((i for i, p in enumerate(self.paragraphs) if p.start <= position < p.end), None)

    def between(self, start: int, end: int) -> list[Member | None]:
        """Returns those who are spoken of in a stretch, each once."""
        return list(dict.fromkeys(m.member for m in self.mentions if start <= m.position < end))

    @cached_property
    def offices(self) -> dict[str, Member]:
        """Who is meant by "the minister": the one person who has that title."""
        held: dict[str, list[Member]] = {}
        for person in (p for people in self._people.values() for p in people):
            for noun in {w.lower() for title in person.titles for w in title.split()}:
                if is_office(noun):
                    held.setdefault(noun, []).append(person)
        return {noun: people[0] for noun, people in held.items() if len(people) == 1}

    def _add(self, name: Name) -> Member:
        known = self._people.setdefault(name.surname, [])
        whole = " ".join(name.words)
        found = next((person for person in known if person.name == whole), None)
        if found is None:
            found = Member(whole, is_person=True)
            known.append(found)
        return found

    def _known(self, name: Name) -> Member | None:
        people = self._people.get(name.surname, [])
        if name.is_full:
            people = [p for p in people if p.name == " ".join(name.words)]
        elif name.gender:
            people = [p for p in people if p.gender in (None, name.gender)]
        return people[0] if len(people) == 1 else None

    def _mention(self, name: Name) -> None:
        person = self._known(name)
        if person:
            person.gender = person.gender or name.gender
            person.add_title(name.title)
        if person or (name.surname in self._people and not name.is_full):
            self.mentions.append(Mention(name.span.start, person))

    def _are_introduced(self, names: Sequence[Name]) -> bool:
        """Whether each is first called by the full name, as they are where nothing was moved."""
        first: dict[str, Name] = {}
        for name in names:
            if name.surname in self._people:
                first.setdefault(name.surname, name)
        return all(name.is_full for name in first.values())

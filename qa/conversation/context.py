"""What was spoken of in a conversation: its topic and its people."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from index.lexical import FUNCTION_WORDS, stems, words
from qa.conversation.phrases import Phrase, Phrases
from qa.speech import asked_phrase
from qa.types import Citation, Turn

_LOOKED_BACK = 6
"""Turns in which a referent is looked for."""

_WHO = re.compile(r"\bwho(?:m|se)?\b", re.I)
_MALE, _FEMALE = (
    frozenset("he him his himself mr".split()),
    frozenset("she her hers ms mrs".split()),
)


class Context:
    """The turns before a question, the last one first."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        """Takes at least one turn, the oldest first."""
        self._turns = [*reversed(turns[-_LOOKED_BACK:])]

    @property
    def question(self) -> str:
        """The last one, as it stands alone."""
        return self._turns[0].answer.standalone_question

    @cached_property
    def phrases(self) -> Phrases:
        """Of the last question."""
        return Phrases(self.question)

    @cached_property
    def topics(self) -> list[Phrase]:
        """What was brought up, the last first, and what the conversation began with."""
        asked = [Phrases(turn.answer.standalone_question) for turn in self._turns]
        new = [
            p for p, turn in zip(asked, self._turns, strict=True) if not turn.answer.is_rewritten
        ]
        first = next(filter(None, (p.topic for p in reversed(asked))), None)
        return [p for p in (*(p.introduced for p in new), first) if p]

    def thing(self, *, several: bool) -> str | None:
        """Returns what "it" is, or "they" are: the last topic whose number agrees.

        Many a thing in the singular ends with "s", so "it" may be one that looks like several.
        """
        found = [p for p in self.topics if not self._is_somebody(p)]
        agreeing = [p for p in found if p.is_plural == several]
        chosen = next(iter(agreeing if several else agreeing or found), None)
        return chosen.text if chosen else None

    @property
    def place(self) -> str | None:
        """Where what was spoken of is: "in Geneva"."""
        places = re.findall(
            r"\b(?:in|at|near) (?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*", self.question
        )
        return places[-1] if places else None

    def person(self, pronoun: str) -> str | None:
        """Returns who "he" or "she" is; None where nothing decides it."""
        for turn in self._turns:
            for name in _people(turn):
                if _may_be(name, pronoun, turn.answer.citations):
                    return f"the {name}" if _is_description(name) else name
        return None

    @property
    def speaker(self) -> str | None:
        """Whose words the last question was about."""
        if phrase := asked_phrase(self.question):
            return phrase
        return next(_named_speakers(self._turns[0]), None)

    def _is_somebody(self, phrase: Phrase) -> bool:
        return any(
            set(words(phrase.bare)) <= set(words(name))
            for t in self._turns
            for name in _speakers(t)
        )


def _people(turn: Turn) -> Iterator[str]:
    """Those of whom a turn speaks, the likeliest first."""
    question = turn.answer.standalone_question
    if phrase := asked_phrase(question):
        yield phrase
    yield from _named_speakers(turn)
    if _WHO.search(question):
        short = turn.answer.short
        if short and short.quote.istitle():
            yield short.quote
        yield from _speakers(turn)
    phrases = Phrases(question)
    yield from (p.text for p in (phrases.subject, phrases.topic) if p and p.is_person)
    yield from _speakers(turn)


def _is_description(name: str) -> bool:
    """Whether it is one as the articles' speakers are called: "customs officer at Rusko"."""
    return name[0].islower() and words(name)[0] not in FUNCTION_WORDS


def _named_speakers(turn: Turn) -> Iterator[str]:
    """How the question calls those whose words the answer shows."""
    for name in _speakers(turn):
        for phrase in Phrases(turn.answer.standalone_question).all:
            own = stems(phrase.bare)
            if phrase.is_name and own <= stems(name):
                yield phrase.text


def _speakers(turn: Turn) -> list[str]:
    named = [c.speaker for c in turn.answer.citations if c.speaker]
    return list(dict.fromkeys(named))


def _may_be(name: str, pronoun: str, citations: Sequence[Citation]) -> bool:
    """Whether nothing says that it is the other gender."""
    other = _FEMALE if pronoun.lower() in _MALE else _MALE
    own = _MALE if other is _FEMALE else _FEMALE
    if other & set(words(name)):
        return False
    said = {
        w for c in citations if c.speaker and name.split()[-1] in c.speaker for w in words(c.quote)
    }
    return not (other & said and not own & said)

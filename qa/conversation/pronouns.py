"""Pronouns of a question, replaced by what they refer to."""

import re

from qa.conversation.context import Context
from qa.conversation.phrases import Phrases

_PRONOUN = re.compile(
    r"\b(?:he|she|him|her|his|they|them|their|it|its|there|(?:this|that|these|those)(?=\W*$))\b"
    r"(?!['’])",
    re.I,
)
_PERSONS = frozenset("he she him her his".split())
_SEVERAL = frozenset("they them their these those".split())
_DEMONSTRATIVES = frozenset("this that these those".split())
_SAYING = re.compile(r"\b(?:say|says|said|mean|means|meant|think|thinks|know|knows) $", re.I)
"""What is said is no topic: "why did he say that?"."""

_OWNING = frozenset("his their its".split())
_NOT_REFERRING = re.compile(
    r"\bit (?:takes?|true|possible|likely|clear|known|rain\w*|snow\w*)\b"
    r"|\b(?:is|are|was|were|be|been|has|have|had|will|would) there\b"
    r"|\bthere(?:['’]s)? (?:is|are|was|were|be|been|will|would|any|has|have)\b",
    re.I,
)
_BOUNDARY = re.compile(
    r",|\b(?:and where|if|when|because|why|what|who|how|that|but|while|"
    r"and (?:is|are|was|were|did|does|do))\b",
    re.I,
)
_FOLLOWED_BY_NOUN = re.compile(
    r" (?!and\b|or\b|to\b|about\b|in\b|on\b|at\b|for\b|with\b)[a-z]+", re.I
)


def resolve(question: str, context: Context) -> str:
    """Returns the question with its pronouns replaced, as far as it is clear what they mean.

    What was put in once is not repeated: the second "it" reads well and means the same.
    """
    if _NOT_REFERRING.search(question):
        return question
    own, done = Phrases(question), dict[str, str | None]()

    def replaced(match: re.Match[str]) -> str:
        pronoun = match[0].lower()
        if pronoun in _DEMONSTRATIVES and _SAYING.search(question, 0, match.start()):
            return match[0]
        if pronoun in done or _is_explained(own, match.start(), pronoun):
            return match[0]
        done[pronoun] = name = _referent(pronoun, context)
        if name is None or name.lower() in question.lower() or [*done.values()].count(name) > 1:
            return match[0]
        is_owning = pronoun in _OWNING or (
            pronoun == "her" and _FOLLOWED_BY_NOUN.match(question, match.end()) is not None
        )
        return _owner(name) if is_owning else name

    return _begun(_PRONOUN.sub(replaced, question), question)


def has_pronoun(question: str) -> bool:
    """Tells whether a question has a word that may refer to what came before."""
    return not _NOT_REFERRING.search(question) and _PRONOUN.search(question) is not None


def _referent(pronoun: str, context: Context) -> str | None:
    if pronoun in _PERSONS:
        return context.person(pronoun)
    if pronoun == "there":
        return context.place
    return context.thing(several=pronoun in _SEVERAL)


def _is_explained(own: Phrases, position: int, pronoun: str) -> bool:
    """Whether the question itself has what the pronoun means, before it."""
    before = [p for p in own.all if p.end <= position]
    phrases = [p for p in before if p.is_name or p.kinds[0] == "D" or p == own.subject]
    if pronoun in ("he", "she", "his"):
        return any(p.is_person for p in phrases)
    boundaries = [b.start() for b in _BOUNDARY.finditer(own.question, 0, position)]
    return bool(phrases and boundaries) and phrases[0].end <= boundaries[-1]


def _owner(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _begun(text: str, like: str) -> str:
    """With a capital where the question had one."""
    return text[:1].upper() + text[1:] if like[:1].isupper() else text

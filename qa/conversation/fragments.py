"""Questions that are parts of one: "and about steel?", "why?", "anything else?"."""

import re

from qa.conversation.context import Context
from qa.conversation.phrases import Phrases

_LONE = re.compile(r"(?P<what>(?!wh|how|yes\b|no\b)[\w'’-]+(?: [\w'’-]+)?)\?", re.I)
_WHOSE = re.compile(
    r"(?:(?:and|but|so),? )?(?:says who|who (?:says|said) (?:so|that|this|it))\??", re.I
)
_ABOUT = re.compile(r"(?:(?:and|but|so|ok|okay),? )?(?:what|how) about (?P<what>[^?]+)\??", re.I)
_AND = re.compile(r"and (?P<what>[^?,]+)\?", re.I)
_BARE = re.compile(
    r"(?:(?:and|but|so|ok|okay),? )?"
    r"(?P<asks>why|when|where|who|how|how many|how much|how long|since when|which ones?)"
    r"(?P<negated> not)?(?: (?:so|exactly|then|is that|was that))?\??",
    re.I,
)
_ELSE = re.compile(r"(?:and |is there |was there )?(?:anything|what) (?:else|more)\??", re.I)
_ASKING = re.compile(
    r"^(?:why|when|where|how)\b(?= (?:is|are|was|were|do|does|did|has|have|can|will)\b)", re.I
)
_ASKED_OF = re.compile(
    r"(?:what|which|how (?:much|many|long|often)) ((?:do|does|did|will) .+)", re.I
)
"""What is left of "What did she demand?" for "Why did she demand?"."""

_ASKED_TOO = re.compile(r", and (?:why|when|where|who|how)\b[^,?]*\??$")
_YES_NO = re.compile(
    r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b", re.I
)
_PREPOSITION = re.compile(r"(?:in|on|at|for|to|from|with|by|of|after|before|during) ", re.I)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|will|would|how|what|why|who|when|where)\b",
    re.I,
)


def completed(question: str, context: Context) -> str | None:
    """Returns what a part of a question asks for in full; None for any other question."""
    if _ELSE.fullmatch(question):
        return f"What else did {context.speaker} say?" if context.speaker else None
    if bare := _BARE.fullmatch(question):
        return _asked_again(bare["asks"], bare["negated"] is not None, context)
    if _WHOSE.fullmatch(question):
        return f"Who said this: {context.question}"
    match = _ABOUT.fullmatch(question) or _AND.fullmatch(question) or _LONE.fullmatch(question)
    if match and not _CLAUSE.search(match["what"]):
        return _about(match["what"].strip(), context)
    return None


def _asked_again(asks: str, negated: bool, context: Context) -> str:
    """Of "why?" and the like, what the last question says."""
    before = context.question.rstrip("?. ")
    asks = asks.capitalize()
    if _YES_NO.match(before) and asks.lower() in ("why", "when", "where", "how"):
        subject = context.phrases.subject
        if negated and subject:
            before = f"{before[: subject.end]} not{before[subject.end :]}"
        return f"{asks} {before[0].lower()}{before[1:]}?"
    if _ASKING.match(before):
        return f"{_ASKING.sub(asks, before)}?"
    if not negated and asks in ("Why", "When", "Where") and (rest := _ASKED_OF.match(before)):
        return f"{asks} {rest[1]}?"
    return f"{before}, and {asks.lower()}?"


def _about(what: str, context: Context) -> str | None:
    """The last question with something else, or somebody else, put in: "and about steel?"."""
    speaker = context.speaker
    what = re.sub(r"^(?:on|about) ", "", what)
    is_name = Phrases(f"of {what}").all and Phrases(f"of {what}").all[0].is_person
    if speaker and not is_name:
        return f"What did {speaker} say about {what}?"
    before = _ASKED_TOO.sub("?", context.question)
    if speaker:
        return before.replace(speaker, what, 1)
    if _PREPOSITION.match(what) and not context.phrases.introduced:
        return f"{before.rstrip('?. ')} {what}?"
    alike = [p for p in context.phrases.all if p.is_name]
    return before.replace(alike[0].text, what, 1) if is_name and alike else None

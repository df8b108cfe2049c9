"""Questions about what somebody said: how they call the one whose words they ask for."""

import re

_INFINITIVES = (
    "say tell describe think mention explain comment announce claim warn respond reply answer "
    "react argue stress deny demand promise propose predict admit concede assert insist suggest "
    "reject criticise criticize praise accuse believe want fear hope recommend urge complain add"
).split()
_PARTICIPLES = (
    "said told described thought mentioned explained commented announced claimed warned responded "
    "replied answered reacted argued stressed denied demanded promised proposed predicted admitted "
    "conceded asserted insisted suggested rejected criticised criticized praised accused urged"
).split()
_GOING_ON = "saying telling describing denying demanding proposing claiming warning".split()
_NOUNS = (
    "view opinion answer reply reaction comment verdict response position criticism explanation "
    "statement words"
).split()
_WHO = r"(?P<who>[^?,]{1,80}?)"
_ASKS = r"what|who|how|when|where|why|which|whose"


def _verbs(auxiliaries: str, verbs: list[str]) -> str:
    between = r"(?:ever |not |also |already )?"
    return rf"\b(?:{auxiliaries}) {_WHO} {between}(?:{'|'.join(verbs)})\b"


_WAYS = tuple(
    re.compile(way, re.I)
    for way in (
        _verbs("did|does|do", [*_INFINITIVES, "rule out", "call for"]),
        _verbs("has|have|had", [*_PARTICIPLES, "ruled out", "called for"]),
        _verbs("was|is|were|are", _GOING_ON),
        rf"\baccording to {_WHO}(?= (?:{_ASKS})\b|[?,]|$)",
        rf"{_WHO}(?:['’]s|(?<=s)['’]) (?:{'|'.join(_NOUNS)})\b",
        rf"\b(?:{'|'.join(_NOUNS)}) (?:of|from|by) {_WHO}(?= (?:on|about|to|regarding)\b|[?,]|$)",
    )
)
_OPENING = re.compile(
    rf"^.*\b(?:{_ASKS})\b(?:['’]?s| is| was| were| are)?\s+|^(?:is|are) there ", re.I
)
_NOBODY = frozenset(
    "article text story piece document page passage author reporter journalist it this that there "
    "anyone anybody someone somebody everyone everybody people critics experts analysts he she "
    "they we you i who".split()
)
"""Words for what is asked, or for nobody in particular."""


def asked_phrase(question: str) -> str | None:
    """Returns how the question calls the one whose words it asks for; None for other questions."""
    match = next(filter(None, (way.search(question) for way in _WAYS)), None)
    phrase = _OPENING.sub("", match["who"]).strip() if match else ""
    words = re.findall(r"\w+", phrase.lower())
    return None if not words or words[-1] in _NOBODY or words[0] in _NOBODY else phrase

"""What a language model replies: statements, each with its ids, or that it cannot answer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from qa.llm.prompts import CANNOT_ANSWER
from qa.llm.segments import CITES, GROUPS, LIKE_ID, STOP, segments, spoken
from qa.llm.sources import clean

MAX_STATEMENTS = 8
"""How many statements are read; more are asked of no model."""

MAX_REWRITTEN = 300
"""Characters of a rewritten question."""

_FINISHED = re.compile(rf"(?:{STOP}|{GROUPS})\s*$")
_CITING = re.compile(
    r"\s*(?:\b(?i:according to|as stated in|see|sources?|ids?)\b:?\s*)?"
    rf"{GROUPS}(?P<before_stop>(?=[\"'])|\s*(?=[.,;:!?…)”]|$))?"
)
"""Ids with the words that lead to them: what goes from the text."""

_UNCLOSED = re.compile(r"\[[\s,;\w]{0,30}$")
_EMPTY_BRACKETS = re.compile(r"\s*[({<\[]+[\s,;]*[)}>\]]+(?!\w)")
_DOUBLED_STOP = re.compile(r"(?<!\.)([.!?][\"”’»)]?)\.$")
_FENCE_OR_TAG = re.compile(r"```\w*|</?[A-Za-z][^<>\n]{0,80}>")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_MARKS = " \n\t*_`"
_LEFT_OVER = " ({[^=`*_"
"""What ids leave at the end of a statement that were not written as they should be."""

_LEAD = re.compile(
    r"^(?:\s*(?:[-•‣◦·–—>]|#{1,6}|\d{1,2}[.)]|(?i:answer|statement)(?: \d+)?\s*:)(?=\s))+"
)
_LABEL = re.compile(r"^[^:?]{0,40}\b(?:question|follow-up|query|rewritten)\b[^:?]{0,20}:", re.I)
_ASKS = re.compile(
    r"^(?:(?:in|at|on|for|to|from|by|with|about) )?(?:who|whom|whose|what|which|when|where|why|how"
    r"|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might"
    r"|tell|list|name|describe|explain|summari[sz]e)\b",
    re.I,
)


@dataclass(frozen=True)
class Written:
    """A statement of the model's.

    Attributes:
        text: As ``sources.clean`` leaves it, without ids, bullets and emphasis.
        ids: What it rests on, in the order written. They need not exist; none where it may have
            been cut off.
    """

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """The model says that the articles do not hold the answer."""


def parse(pieces: Iterable[str]) -> Iterator[Written | Refused]:
    """Reads a reply while it arrives; how it is cut into pieces makes no difference.

    A statement is yielded once its line ends or, behind its ids, the next one begins. The reading
    ends, and takes no more pieces, after ``MAX_STATEMENTS`` statements, after one that is longer
    than ``segments.MAX_LENGTH``, and after the phrase of ``CANNOT_ANSWER``. That is a refusal only
    where no statement with ids came before it: what was shown and cited is not taken back.
    """
    cites = False
    written = (_written(segment, whole=whole) for segment, whole in segments(pieces))
    for each in islice((one for one in written if one.text), MAX_STATEMENTS):
        if _is_refusal(each):
            if not cites:
                yield Refused()
            return
        yield each
        cites = cites or bool(each.ids)


def read_rewritten(reply: str, question: str) -> str:
    """Returns the question that a model made of a follow-up; the follow-up where it made none."""
    lines = (_unquoted(line) for line in "".join(spoken([reply])).splitlines())
    first = next((line for line in lines if line), "")
    asks = first.endswith("?") or _ASKS.match(first)
    return first if asks and len(first) <= MAX_REWRITTEN else question


def _unquoted(line: str) -> str:
    """A line without label, bullet, emphasis and quotation marks around it."""
    plain = _LEAD.sub("", _EMPHASIS.sub(r"\2", _FENCE_OR_TAG.sub(" ", line)).strip(_MARKS))
    return clean(_LABEL.sub("", plain)).strip(_MARKS + "\"'“”‘’«»")


def _written(segment: str, *, whole: bool) -> Written:
    text = _EMPHASIS.sub(r"\2", _FENCE_OR_TAG.sub(" ", segment)).strip(_MARKS)
    text = _UNCLOSED.sub(lambda match: f"{match[0]}]" if whole else "", text)
    cited = [each for group in CITES.findall(text) for each in re.findall(LIKE_ID, group)]
    is_complete = whole or _FINISHED.search(text)
    text = _CITING.sub(lambda match: " " if match["before_stop"] is None else "", text)
    text = clean(_LEAD.sub("", _EMPTY_BRACKETS.sub("", text))).lstrip(" ,;:")
    ids = tuple(dict.fromkeys(each.lower() for each in cited)) if is_complete else ()
    return Written(_DOUBLED_STOP.sub(r"\1", text).rstrip(_LEFT_OVER), ids)


def _is_refusal(written: Written) -> bool:
    """Whether it is the phrase; without ids more may stand around it: "... this, since ..."."""
    said, phrase = _words(written.text), _words(CANNOT_ANSWER)
    return said == phrase or (not written.ids and phrase in said)


def _words(text: str) -> str:
    """A text's words, with a space around each."""
    words = re.findall(r"\w+", text.casefold())
    return f" {' '.join(words)} "

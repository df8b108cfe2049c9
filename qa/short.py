"""The short answer: shown in front, where a question asks for a few words and not for a report."""

import re

from index.types import Span
from qa.types import Evidence

MAX_WORDS = 10
"""What is longer says no less than its sentence."""

_ASKS_FOR_DESCRIPTION = re.compile(r"^\W*(?i:who (?:is|are|was|were)) (?:[A-Z]\S* ?){1,3}\W*$")
"""Of somebody who is named: another name does not describe them."""

_ASKS_FOR_MORE = re.compile(r"^\W*(why|how come|explain|describe|summari[sz]e)\b", re.I)


def short_answer(question: str, best: Evidence) -> Span | None:
    """Returns where the short answer stands in its article, None where a sentence says it better.

    Args:
        question: A reason or a description is not short.
        best: The sentence that answers best.
    """
    answer = best.answer
    if answer is None or _ASKS_FOR_MORE.search(question):
        return None
    words = best.passage.sentence(answer).split()
    if _ASKS_FOR_DESCRIPTION.search(question) and all(word[0].isupper() for word in words):
        return None
    if not 1 <= len(words) <= MAX_WORDS or answer == best.span:
        return None
    return answer

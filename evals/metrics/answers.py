"""Answers held against accepted ones."""

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from rouge_score.rouge_scorer import RougeScorer

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_WITHOUT_PUNCTUATION = str.maketrans("", "", string.punctuation)


def answer_tokens(text: str) -> list[str]:
    """Returns the words that SQuAD's official script compares.

    Lower case, without ASCII punctuation and without the articles a, an, the.
    """
    return _ARTICLES.sub(" ", text.lower().translate(_WITHOUT_PUNCTUATION)).split()


def exact_match(answer: str, accepted: Sequence[str]) -> float:
    """Returns 1 if the answer is an accepted one, else 0; the empty one where none is accepted."""
    return _best(_equal, answer, accepted)


def token_f1(answer: str, accepted: Sequence[str]) -> float:
    """Returns the best F1 of words shared with an accepted answer.

    As in SQuAD's script: 2 P R / (P + R) over multisets of words; where one of the two has no
    word, 1 if both have none, else 0.
    """
    return _best(_f1, answer, accepted)


def includes_accepted(text: str, accepted: Iterable[str]) -> float:
    """Returns 1 if the words of an accepted answer stand together in the text, else 0."""
    words = f" {' '.join(answer_tokens(text))} "
    wanted = [" ".join(answer_tokens(answer)) for answer in accepted]
    return float(any(answer and f" {answer} " in words for answer in wanted))


def rouge_l(text: str, accepted: Sequence[str]) -> float:
    """Returns the best RougeL F1 against an accepted answer."""
    return max(float(_rouge().score(answer, text)["rougeL"].fmeasure) for answer in accepted)


def unigram_recall(text: str, accepted: Sequence[str]) -> float:
    """Returns the largest share of an accepted answer's words that the text has: Rouge-1 recall."""
    return max(float(_rouge().score(answer, text)["rouge1"].recall) for answer in accepted)


def _best(
    score: Callable[[list[str], list[str]], float], text: str, accepted: Sequence[str]
) -> float:
    words = answer_tokens(text)
    return max(score(words, answer_tokens(answer)) for answer in accepted or [""])


def _equal(words: list[str], expected: list[str]) -> float:
    return float(words == expected)


def _f1(words: list[str], expected: list[str]) -> float:
    if not words or not expected:
        return float(words == expected)
    shared = (Counter(words) & Counter(expected)).total()
    return 2 * shared / (len(words) + len(expected))


@cache
def _rouge() -> RougeScorer:
    return RougeScorer(["rouge1", "rougeL"])

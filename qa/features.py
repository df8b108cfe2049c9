"""What the plain reader looks at: numbers about a question and a sentence that may answer it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.lexical import content_words, stem, stems
from index.types import Hit, Span

TermWeights = Callable[[set[str]], Mapping[str, float]]

_ASKS_NUMBER = re.compile(
    r"\b(how (many|much|long|large|big|old|far|tall)|what (share|percent))", re.I
)
_ASKS_TIME = re.compile(
    r"\b(when|how soon|(what|which) (day|date|time|year|month|week)|since when|until when)\b", re.I
)
_ASKS_SPEECH = re.compile(
    r"\b(say|said|says|tell|told|describe[ds]?|think|thinks|thought|mention(ed)?|explain(ed)?|"
    r"comment(ed)?|announce[ds]?|claim(ed|s)?|warn(ed)?|respon[ds]e?d?|repl(y|ied)|answer|"
    r"according|view|opinion|ask(ed)?|argue[ds]?|stress(ed)?)\b",
    re.I,
)
_ASKED_SPEAKER = re.compile(
    r"\b(?:did|does|do|has|have|was|is)\s+(?P<speaker>[^?,]{1,80}?)\s+(?:ever\s+)?(?:say|said|saying|"
    r"tell|told|telling|describe[ds]?|think|thought|mention(?:ed)?|explain(?:ed)?|comment(?:ed)?|"
    r"announced?|claim(?:ed)?|warn(?:ed)?|respond(?:ed)?|reply|answer|argued?|stress(?:ed)?|"
    r"den(?:y|ied)|demand(?:ed)?|promised?|call(?:ed)?|rule out)\b|"
    r"\baccording to (?P<source>[^?,]{1,80})",
    re.I,
)
_HAS_NUMBER = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|half|twice|"
    r"hundreds?|thousands?|million|billion)\b",
    re.I,
)
_HAS_TIME = re.compile(
    r"\b((mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|"
    r"august|september|october|november|december|yesterday|today|tomorrow|tonight|morning|"
    r"afternoon|evening|night|midnight|noon|week|weeks|month|months|year|years|decade|"
    r"(19|20)\d\d|\d+ ?[ap]\.?m)\b",
    re.I,
)
_ANSWER_TYPES = ((_ASKS_NUMBER, _HAS_NUMBER), (_ASKS_TIME, _HAS_TIME))
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w'’-]+")


class SentenceFeatures(NamedTuple):
    """Of one sentence of a found passage, each roughly from 0 to 1.

    Attributes:
        sentence_cosine: Of question and sentence.
        passage_cosine: Of question and the whole passage.
        sentence_coverage: Share of the question's words in the sentence, the rare ones more.
        passage_coverage: The same of the passage.
        type_match: 1 if the question asks for a number or a time and the sentence has one, -1
            if it has none, 0 for other questions.
        speech: 1 if the question asks what was said and the sentence reports speech.
        speaker: If the question asks what somebody said: 1 if the sentence names them, 0.5 if the
            passage does, -1 if neither; 0 for other questions.
        missing_names: Share of the names in the question that the passage lacks.
        missing_words: Share of the question's words that no passage found has.
    """

    sentence_cosine: float
    passage_cosine: float
    sentence_coverage: float
    passage_coverage: float
    type_match: float
    speech: float
    speaker: float
    missing_names: float
    missing_words: float


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer the question."""

    hit: Hit
    span: Span
    features: SentenceFeatures

    @property
    def text(self) -> str:
        """Its text."""
        return self.hit.passage.sentence(self.span)


def candidates(question: str, hits: Sequence[Hit], term_weights: TermWeights) -> list[Candidate]:
    """Returns every sentence of the passages found, with its features."""
    weights = term_weights(stems(question))
    words_of = {hit.passage.id: stems(hit.passage.text) for hit in hits}
    missing_words = 1 - _coverage(weights, set[str]().union(*words_of.values()))
    return [
        Candidate(hit, span, _features(question, hit, i, weights, words_of, missing_words))
        for hit in hits
        for i, span in enumerate(hit.passage.sentences)
    ]


def _features(
    question: str,
    hit: Hit,
    i: int,
    weights: Mapping[str, float],
    words_of: Mapping[int, set[str]],
    missing_words: float,
) -> SentenceFeatures:
    sentence = hit.passage.sentence(hit.passage.sentences[i])
    passage_words = words_of[hit.passage.id]
    names = set[str]().union(*map(stems, _NAME.findall(question)))
    return SentenceFeatures(
        sentence_cosine=hit.sentence_cosines[i],
        passage_cosine=hit.dense,
        sentence_coverage=_coverage(weights, stems(sentence)),
        passage_coverage=hit.coverage,
        type_match=_type_match(question, sentence),
        speech=float(bool(_ASKS_SPEECH.search(question) and _ASKS_SPEECH.search(sentence))),
        speaker=_speaker_presence(question, stems(sentence), passage_words),
        missing_names=len(names - passage_words) / len(names) if names else 0.0,
        missing_words=missing_words,
    )


def _coverage(weights: Mapping[str, float], words: set[str]) -> float:
    """The weighted share of the question's words that are among these."""
    total = sum(weights.values())
    return sum(w for term, w in weights.items() if term in words) / total if total else 0.0


def _type_match(question: str, sentence: str) -> float:
    for asks, has in _ANSWER_TYPES:
        if asks.search(question):
            return 1.0 if has.search(sentence) else -1.0
    return 0.0


def _speaker_presence(question: str, sentence: set[str], passage: set[str]) -> float:
    match = _ASKED_SPEAKER.search(question)
    named = content_words(match["speaker"] or match["source"]) if match else []
    if not named:
        return 0.0
    # The last word is the surname, or what the speaker is: "the Russian deputy minister".
    speaker = stem(named[-1])
    if speaker in sentence:
        return 1.0
    return 0.5 if speaker in passage else -1.0

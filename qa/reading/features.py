"""What a reader looks at: numbers about a question and a sentence that may answer it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from index.lexical import content_words, stem, stems
from index.types import Hit
from qa.reading.choice import Candidate
from qa.speakers import Asked as AskedSpeaker
from qa.speakers import find_speakers
from qa.speech import asked_phrase

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
        said: If the question asks what somebody said: 1 if the sentence holds words of theirs, -1
            if it holds somebody else's, 0 if nobody's; 0 for other questions.
        unquoted: 1 if the question asks what somebody said, by name, and no passage found quotes
            them.
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
    said: float
    unquoted: float
    missing_names: float
    missing_words: float


@dataclass(frozen=True)
class _Asked:
    """What is looked at in the question, once for all sentences."""

    weights: Mapping[str, float]
    names: frozenset[str]
    speaker: str | None
    speech: bool
    said_by: AskedSpeaker | None
    answer_type: re.Pattern[str] | None

    def words_in(self, text: str) -> set[str]:
        """The stems of the text's content words, as far as they may be among those asked for."""
        # A stem begins as its word does, and stemming the others is what takes the time.
        return {stem(word) for word in content_words(text) if word[0] in self.initials}

    @cached_property
    def initials(self) -> frozenset[str]:
        """The first letters of all stems that are looked for."""
        return frozenset(s[0] for s in (*self.weights, *self.names, self.speaker) if s)

    @classmethod
    def of(cls, question: str, hits: Sequence[Hit], term_weights: TermWeights) -> "_Asked":
        phrase = asked_phrase(question)
        return cls(
            weights=term_weights(stems(question)),
            names=frozenset().union(*map(stems, _NAME.findall(question))),
            speaker=_asked_speaker(question),
            speech=bool(_ASKS_SPEECH.search(question)),
            said_by=_speakers(phrase, hits) if phrase else None,
            answer_type=next((has for asks, has in _ANSWER_TYPES if asks.search(question)), None),
        )


def _speakers(phrase: str, hits: Sequence[Hit]) -> AskedSpeaker:
    speakers = (a.speaker for hit in hits for a in hit.attributions if a.speaker)
    # Spelling was put right before the search.
    return find_speakers(phrase, speakers, is_word=lambda _: True)


def candidates(question: str, hits: Sequence[Hit], term_weights: TermWeights) -> list[Candidate]:
    """Returns every sentence of the passages found, with its features."""
    asked = _Asked.of(question, hits, term_weights)
    words_of = {hit.passage.id: asked.words_in(hit.passage.text) for hit in hits}
    missing_words = 1 - _coverage(asked.weights, set[str]().union(*words_of.values()))
    return [
        Candidate(
            hit.passage, span, _features(asked, hit, i, words_of[hit.passage.id], missing_words)
        )
        for hit in hits
        for i, span in enumerate(hit.passage.sentences)
    ]


def _features(
    asked: _Asked, hit: Hit, i: int, passage_words: set[str], missing_words: float
) -> SentenceFeatures:
    sentence = hit.passage.sentence(hit.passage.sentences[i])
    words = asked.words_in(sentence)
    missing_names = len(asked.names - passage_words) / len(asked.names) if asked.names else 0.0
    return SentenceFeatures(
        sentence_cosine=hit.sentence_cosines[i],
        passage_cosine=hit.dense,
        sentence_coverage=_coverage(asked.weights, words),
        passage_coverage=hit.coverage,
        type_match=_type_match(asked.answer_type, sentence),
        speech=float(asked.speech and bool(_ASKS_SPEECH.search(sentence))),
        speaker=_speaker_presence(asked.speaker, words, passage_words),
        said=_said(asked.said_by, hit, i),
        unquoted=float(asked.said_by is not None and asked.said_by.is_unquoted),
        missing_names=missing_names,
        missing_words=missing_words,
    )


def _coverage(weights: Mapping[str, float], words: set[str]) -> float:
    """The weighted share of the question's words that are among these."""
    total = sum(weights.values())
    return sum(w for term, w in weights.items() if term in words) / total if total else 0.0


def _type_match(answer_type: re.Pattern[str] | None, sentence: str) -> float:
    if answer_type is None:
        return 0.0
    return 1.0 if answer_type.search(sentence) else -1.0


def _asked_speaker(question: str) -> str | None:
    """The stem of who is said to have said it, None for questions about other things."""
    match = _ASKED_SPEAKER.search(question)
    named = content_words(match["speaker"] or match["source"]) if match else []
    # The last word is the surname, or what the speaker is: "the Russian deputy minister".
    return stem(named[-1]) if named else None


def _said(asked: AskedSpeaker | None, hit: Hit, sentence: int) -> float:
    if asked is None:
        return 0.0
    speakers = hit.speakers(hit.passage.sentences[sentence])
    if any(speaker in asked.speakers for speaker in speakers):
        return 1.0
    return -1.0 if any(speakers) else 0.0


def _speaker_presence(speaker: str | None, sentence: set[str], passage: set[str]) -> float:
    if speaker is None:
        return 0.0
    if speaker in sentence:
        return 1.0
    return 0.5 if speaker in passage else -1.0

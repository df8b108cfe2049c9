"""Questions made of attributions: what did they say about it, and who said it."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.loaders.polnear import load_attributions
from evals.training.reader.texts import Answer, Asked, MakeSentence, Text, split
from index.lexical import FUNCTION_WORDS, stems
from index.types import Attribution, Document, Span

_SAY = (
    "What did {source} say about {topic}?",
    "What does {source} say about {topic}?",
    "What does {source} think of {topic}?",
    "What was said by {source} on {topic}?",
    "How did {source} comment on {topic}?",
    "According to {source}, what about {topic}?",
    "What did {source} tell reporters about {topic}?",
    "What is {source}'s view of {topic}?",
)
_WHO = (
    "Who said that {content}?",
    "Who spoke about {topic}?",
    "Who commented on {topic}?",
    "According to whom {content}?",
)
_PRONOUNS = frozenset("i we you he she it they who that one some many others this".split())
_MOST_EACH = 4
"""How many attributions of an article are asked about."""


def load_asked(path: Path, make: MakeSentence, rng: random.Random) -> Iterator[Asked]:
    """Yields questions on the articles of a file of attributions.

    Raises:
        SourceError: The file cannot be read.
    """
    for document, attributions in load_attributions(path):
        text, spans = split(document, make)
        named = [a for a in attributions if _is_asked(a, document)]
        for each in rng.sample(named, min(len(named), _MOST_EACH)):
            yield from _questions(each, attributions, document, text, spans, rng)


def _is_asked(attribution: Attribution, document: Document) -> bool:
    source, content = _words(document, attribution.source), _words(document, attribution.content)
    return (
        1 <= len(source.split()) <= 8
        and len(attribution.content) == 1
        and source.lower() not in _PRONOUNS
        and 4 <= len(content.split()) <= 60
        and bool(_topics(content))
    )


def _questions(
    attribution: Attribution,
    others: Sequence[Attribution],
    document: Document,
    text: Text,
    spans: Sequence[Span],
    rng: random.Random,
) -> Iterator[Asked]:
    source, content = _words(document, attribution.source), _words(document, attribution.content)
    topic = rng.choice(_topics(content))
    evidence = _overlapping(attribution.content, spans)
    said = _inside(attribution.content[0], spans)
    if not said or len(evidence) > 4:
        return
    yield Asked(rng.choice(_SAY).format(source=source, topic=topic), text, evidence, said)
    speaker = _inside(attribution.source[0], spans)
    if speaker and len(attribution.source) == 1 and rng.random() < 0.4:
        asked = rng.choice(_WHO).format(content=" ".join(content.split()[:14]), topic=topic)
        yield Asked(asked, text, evidence | {speaker.sentence}, speaker)
    words = set(stems(topic))
    named = [o for o in others if _is_asked(o, document)]
    silent = [o for o in named if _is_silent(o, source, words, others, document)]
    if silent and words:
        other = _words(document, rng.choice(silent).source)
        yield Asked(rng.choice(_SAY).format(source=other, topic=topic), text, frozenset(), None)


def _is_silent(
    other: Attribution,
    source: str,
    topic: set[str],
    attributions: Sequence[Attribution],
    document: Document,
) -> bool:
    """Tells whether another speaker says nothing that has a word of the topic.

    What "he" says may be what that speaker says.
    """
    name = _words(document, other.source)
    surname = set(stems(name.split()[-1]))
    if not surname or surname & set(stems(source)):
        return False
    return not any(
        topic & set(stems(_words(document, a.content)))
        for a in attributions
        if surname & set(stems(said := _words(document, a.source)))
        or said.lower() in _PRONOUNS
        or not said
    )


def _topics(content: str) -> list[str]:
    """Runs of one to three words that are about something."""
    runs: list[list[str]] = [[]]
    for word in content.split():
        bare = word.strip("“”\"'‘’.,;:!?()—–-")
        if len(bare) < 3 or bare.lower() in FUNCTION_WORDS:
            runs.append([])
        else:
            runs[-1].append(bare)
            if bare != word:
                runs.append([])
    return [" ".join(run[-3:]) for run in runs if any(len(word) > 4 for word in run)]


def _words(document: Document, spans: Sequence[Span]) -> str:
    return " ".join(" ".join(document.text[s:e] for s, e in spans).split())


def _overlapping(stretches: Sequence[Span], spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(
        i
        for i, s in enumerate(spans)
        for start, end in stretches
        if start < s.end and s.start < end
    )


def _inside(stretch: Span, spans: Sequence[Span]) -> Answer | None:
    """The part of a stretch that stands in its first sentence."""
    for i, span in enumerate(spans):
        if span.start <= stretch[0] < span.end:
            return Answer(i, stretch[0] - span.start, min(stretch[1], span.end) - span.start)
    return None

"""What the reader is trained on: texts in sentences, and questions about them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from tokenizers import Tokenizer

from evals.types import Collection, Sample
from index.lexical import stems
from index.sentences import split_sentences
from index.types import Document, Span


@dataclass(frozen=True)
class Sentence:
    """A sentence with its tokens.

    Attributes:
        ids: Of its tokens, without special ones.
        offsets: Where each token stands in the text.
    """

    text: str
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of its content words."""
        return frozenset(stems(self.text))


MakeSentence = Callable[[str], Sentence]


def sentence_maker(tokenizer: Tokenizer) -> MakeSentence:
    """Returns what makes a sentence of a text."""

    def make(text: str) -> Sentence:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        return Sentence(text, tuple(encoding.ids), tuple(encoding.offsets))

    return make


@dataclass(frozen=True)
class Text:
    """An article, or a paragraph that is asked about alone.

    Attributes:
        group: What it belongs to: texts of one group are about the same thing.
        paragraphs: The numbers of the sentences of each.
    """

    group: str
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[range, ...]


@dataclass(frozen=True)
class Answer:
    """A short answer: ``sentences[sentence].text[start:end]``."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True)
class Asked:
    """A question about a text.

    Attributes:
        evidence: The numbers of the sentences that answer it; none where the text does not.
    """

    question: str
    text: Text
    evidence: frozenset[int]
    answer: Answer | None

    def __post_init__(self) -> None:
        """Checks that there is an answer where there is evidence, and in it."""
        if bool(self.evidence) != (self.answer is not None):
            raise ValueError(f"{self.question}: evidence without an answer, or the reverse")


def asked_of(collection: Collection, make: MakeSentence) -> Iterator[Asked]:
    """Yields what a collection asks about its documents.

    A question whose evidence is in no one document's sentences is left out.
    """
    documents = {document.key: document for document in collection.documents}
    texts: dict[str, tuple[Text, list[Span]]] = {}
    for sample in collection.samples:
        key = _document_of(sample) or collection.documents[0].key
        if key not in texts:
            texts[key] = split(documents[key], make)
        text, spans = texts[key]
        asked = _asked(sample, documents[key], text, spans)
        if asked is not None:
            yield asked


def _document_of(sample: Sample) -> str | None:
    """The key of the document that it is asked of; None where its collection has but one."""
    return sample.evidence[0].article if sample.evidence else sample.within


def split(document: Document, make: MakeSentence) -> tuple[Text, list[Span]]:
    """Returns a document in sentences, and where each stands in it."""
    spans = [split_sentences(document.text, p) for p in document.paragraphs]
    flat = list(chain.from_iterable(spans))
    paragraphs, first = [], 0
    for own in spans:
        paragraphs.append(range(first, first + len(own)))
        first += len(own)
    sentences = tuple(make(document.text[start:end]) for start, end in flat)
    return Text(document.title, sentences, tuple(paragraphs)), flat


def _asked(sample: Sample, document: Document, text: Text, spans: Sequence[Span]) -> Asked | None:
    if not sample.answerable:
        return Asked(sample.question, text, frozenset(), None)
    # Where annotators found different answers, every sentence that holds one of them helps.
    stretches = sample.evidence
    evidence = {i for i, s in enumerate(spans) for e in stretches if e.overlaps(s.start, s.end)}
    answer = _answer(
        sample.answers, document.text, [Span(e.start, e.end) for e in stretches], spans
    )
    if answer is None or not evidence:
        return None
    return Asked(sample.question, text, frozenset(evidence | {answer.sentence}), answer)


def _find(accepted: str, text: str, start: int, end: int) -> int:
    """Where an answer stands in a stretch, as whole words if it does so anywhere; -1 if nowhere."""
    whole = re.compile(rf"(?<!\w){re.escape(accepted)}(?!\w)").search(text, start, end)
    return whole.start() if whole else text.find(accepted, start, end)


def _answer(
    answers: Sequence[str], text: str, stretches: Sequence[Span], spans: Sequence[Span]
) -> Answer | None:
    """The first accepted answer that stands in the evidence, inside of one sentence."""
    for accepted in answers:
        for start, end in stretches:
            at = _find(accepted, text, start, max(end, start + len(accepted)))
            for i, span in enumerate(spans):
                if at >= 0 and span.start <= at and at + len(accepted) <= span.end:
                    return Answer(i, at - span.start, at - span.start + len(accepted))
    return None

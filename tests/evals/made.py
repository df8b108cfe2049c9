"""A small document, and quotes and evidence of it by the words."""

from evals.types import Collection, Evidence, Quote, Sample
from index.types import Document, Span

HEADLINE = "Bridge closed"
DATE = "20260301"
FIRST = "The bridge is closed. It opens in May."
SECOND = "Ms Orr said the cost was 4 million crowns. She gave no date."
TEXT = "\n".join([HEADLINE, DATE, FIRST, SECOND])


def span_of(words: str, text: str = TEXT) -> Span:
    """Where words stand."""
    start = text.index(words)
    return Span(start, start + len(words))


DOCUMENT = Document(
    key="bridge",
    source="bridge",
    text=TEXT,
    title=HEADLINE,
    paragraphs=(span_of(HEADLINE), span_of(FIRST), span_of(SECOND)),
    header={"title": span_of(HEADLINE), "published": span_of(DATE)},
)
DOCUMENTS = {DOCUMENT.key: DOCUMENT}


def evidence(words: str) -> Evidence:
    """Evidence at these words."""
    return Evidence(DOCUMENT.key, *span_of(words))


def quote(words: str, speaker: str | None = None) -> Quote:
    """A quote of these words, from their place."""
    return Quote(DOCUMENT.key, *span_of(words), words, speaker)


def sample(name: str = "1", *words: str, answers: tuple[str, ...] = ("May",)) -> Sample:
    """A question that these words of the document answer; without any it answers none."""
    return Sample(
        id=name,
        question="When does it open?",
        kind="date",
        answerable=bool(words),
        alternatives=(tuple(evidence(each) for each in words),) if words else (),
        answers=answers if words else (),
    )


COLLECTION = Collection("bridge", (DOCUMENT,), ())

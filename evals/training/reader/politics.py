"""Our own questions about PolNeAR's articles, by positions: the texts are not ours to ship."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.loaders.files import located, read_json_lines
from evals.training.reader.texts import Answer, Asked, MakeSentence, Text, split
from index.types import Document, Span


@dataclass(frozen=True)
class _Row:
    """A question about an article.

    Attributes:
        evidence: The stretches that answer it, the main one first; none where nothing does.
        answer: The short answer, inside of one of them.
    """

    article: str
    question: str
    kind: str
    evidence: tuple[Span, ...] = ()
    answer: Span | None = None


def load_politics(
    path: Path, documents: Mapping[str, Document], make: MakeSentence
) -> Iterator[Asked]:
    """Yields the questions of a file about these documents.

    Raises:
        SourceError: The file cannot be read, or a row does not fit its article.
    """
    texts: dict[str, tuple[Text, list[Span]]] = {}
    for place, row in read_json_lines(path, _Row):
        with located(place):
            if row.article not in documents:
                raise ValueError(f"there is no article {row.article}")
            if row.article not in texts:
                texts[row.article] = split(documents[row.article], make)
            yield _asked(row, *texts[row.article])


def _asked(row: _Row, text: Text, spans: Sequence[Span]) -> Asked:
    evidence = {
        i
        for i, span in enumerate(spans)
        if any(span.start < end and start < span.end for start, end in row.evidence)
    }
    answer = _answer(row.answer, spans) if row.answer else None
    if row.answer and (answer is None or answer.sentence not in evidence):
        raise ValueError(f"the answer is in no sentence that is evidence: {row.question}")
    return Asked(row.question, text, frozenset(evidence), answer)


def _answer(span: Span, spans: Sequence[Span]) -> Answer | None:
    for i, (start, end) in enumerate(spans):
        if start <= span.start and span.end <= end:
            return Answer(i, span.start - start, span.end - start)
    return None

"""Files in SQuAD's JSON format (1.1 and 2.0): SQuAD itself, squadshifts, XQuAD."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from evals.loaders.files import add_text, located, read_json
from evals.loaders.kinds import question_kind
from evals.types import Collection, Evidence, Sample
from index.types import Document


@dataclass(frozen=True)
class _Answer:
    text: str
    answer_start: int


@dataclass(frozen=True)
class _Question:
    id: str
    question: str
    answers: tuple[_Answer, ...]
    is_impossible: bool = False


@dataclass(frozen=True)
class _Paragraph:
    context: str
    qas: tuple[_Question, ...]


@dataclass(frozen=True)
class _Article:
    paragraphs: tuple[_Paragraph, ...]
    title: str = ""


@dataclass(frozen=True)
class _File:
    data: tuple[_Article, ...]


def load_squad(path: Path) -> Collection:
    """Loads a file: each different paragraph is a document, and answers are read from one.

    Raises:
        SourceError: It cannot be read, is of another format, or an answer is not where it says.
    """
    documents: dict[str, Document] = {}
    samples: list[Sample] = []
    for article in read_json(path, _File).data:
        for paragraph in article.paragraphs:
            document = add_text(documents, paragraph.context, article.title)
            with located(str(path)):
                samples += [_sample(asked, document) for asked in paragraph.qas]
    return Collection(path.stem, tuple(documents.values()), tuple(_told_apart(samples)))


def _sample(asked: _Question, document: Document) -> Sample:
    answers = () if asked.is_impossible else asked.answers
    evidence = dict.fromkeys(_evidence(asked, answer, document) for answer in answers)
    return Sample(
        id=asked.id,
        question=asked.question,
        kind=question_kind(asked.question),
        answerable=not asked.is_impossible,
        alternatives=tuple((each,) for each in evidence),
        answers=tuple(dict.fromkeys(answer.text for answer in answers)),
        within=document.key,
    )


def _evidence(asked: _Question, answer: _Answer, document: Document) -> Evidence:
    start, end = answer.answer_start, answer.answer_start + len(answer.text)
    if not 0 <= start < end or document.text[start:end] != answer.text:
        raise ValueError(f"question {asked.id!r}: its answer {answer.text!r} is not at {start}")
    return Evidence(document.key, start, end)


def _told_apart(samples: Iterable[Sample]) -> Iterator[Sample]:
    """Gives a sample whose id an earlier one has the first that none has: ``id-2``, ``id-3``."""
    taken: set[str] = set()
    for sample in samples:
        names = chain([sample.id], (f"{sample.id}-{number}" for number in count(2)))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield replace(sample, id=name)

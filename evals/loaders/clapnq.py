"""CLAPNQ's annotated data: long answers to real questions, and the sentences that they rest on."""

from dataclasses import dataclass
from pathlib import Path

from evals.loaders.files import add_text, located, read_json_lines
from evals.loaders.kinds import question_kind
from evals.types import Collection, Evidence, Sample
from index.types import Document


@dataclass(frozen=True)
class _Passage:
    text: str
    title: str


@dataclass(frozen=True)
class _Output:
    answer: str
    selected_sentences: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    id: str
    input: str
    passages: tuple[_Passage]
    output: tuple[_Output, ...]


def load_clapnq(path: Path) -> Collection:
    """Loads a file of JSON lines: each different passage is a document, and is read from.

    Raises:
        SourceError: It cannot be read, is of another format, or a selected sentence is not in its
            passage.
    """
    documents: dict[str, Document] = {}
    samples: list[Sample] = []
    for place, row in read_json_lines(path, _Row):
        [passage] = row.passages
        with located(place):
            samples.append(_sample(row, add_text(documents, passage.text, passage.title)))
    return Collection(path.stem, tuple(documents.values()), tuple(samples))


def _sample(row: _Row, document: Document) -> Sample:
    answers = dict.fromkeys(each.answer for each in row.output if each.answer.strip())
    selections = dict.fromkeys(each.selected_sentences for each in row.output)
    return Sample(
        id=row.id,
        question=row.input,
        kind=question_kind(row.input),
        answerable=bool(answers),
        alternatives=tuple(
            tuple(_evidence(sentence, document) for sentence in selected)
            for selected in selections
            if selected
        ),
        answers=tuple(answers),
        within=document.key,
    )


def _evidence(sentence: str, document: Document) -> Evidence:
    start = document.text.find(sentence)
    if start < 0 or not sentence:
        raise ValueError(f"this selected sentence is not in its passage: {sentence!r}")
    return Evidence(document.key, start, start + len(sentence))

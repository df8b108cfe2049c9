"""Questions of one's own: rows of JSON lines or CSV, this project's own sets among them.

In CSV, what is a list is one cell with `` | `` between its parts. A row with neither answers nor
evidence is a question that its article does not answer.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, get_origin, get_type_hints

from pydantic import ConfigDict, Field, TypeAdapter

from evals.loaders.files import located, read_json_lines
from evals.types import Collection, Evidence, Sample
from index.errors import SourceError
from index.formats import extract
from index.readers import read_file
from index.types import Document

_BETWEEN = re.compile(r"\s+\|\s+")

Text = Annotated[str, Field(min_length=1)]
Find = Callable[[str], Document]
"""Returns the document that a row's ``article`` names; raises SourceError."""


@dataclass(frozen=True)
class Row:
    """A row of a file of questions.

    Attributes:
        article: The file of the article.
        id: Unique in the file; its line where it is missing.
        kind: What sort of question it is; figures are broken down by it.
        answers: Accepted short answers that stand in the evidence.
        derived: Accepted ones that do not: a count, a date in other words.
        evidence: Quotes of the article, or pairs of its positions.
        speaker: Accepted names of who says it.
        history: The earlier questions of a conversation.
        standalone: The question rewritten so that it needs no history.
        alone: Whether it says too little to be asked of several articles at once.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    question: Text
    article: Text
    id: Text | None = None
    kind: Text = "question"
    answers: tuple[Text, ...] = ()
    derived: tuple[Text, ...] = ()
    evidence: tuple[Text | tuple[int, int], ...] = ()
    speaker: tuple[Text, ...] = ()
    history: tuple[Text, ...] = ()
    standalone: Text | None = None
    alone: bool = False

    def sample(self, document: Document, name: str = "") -> Sample:
        """Returns it as a sample of its document, under this name if it has no id.

        Raises:
            ValueError: Its evidence is not in the document.
        """
        evidence = tuple(_located_in(document, each) for each in self.evidence)
        answers = self.answers + self.derived
        return Sample(
            id=self.id or name,
            question=self.question,
            kind=self.kind,
            answerable=bool(answers or evidence),
            alternatives=(evidence,) if evidence else (),
            answers=answers,
            speaker=self.speaker,
            history=self.history,
            standalone=self.standalone,
        )


PlacedRow = tuple[str, Row]
"""A row after its file and line."""

_ROW = TypeAdapter(Row)
_LISTS = {name for name, hint in get_type_hints(Row).items() if get_origin(hint) is tuple}


def load_questions(path: Path) -> Collection:
    """Loads a file of questions with the articles that its rows name.

    Articles are files; where their names are relative, they are so to the file's folder.

    Raises:
        SourceError: The file or an article cannot be read, or a row is wrong; with its line.
    """
    rows = read_rows(path)
    if not rows:
        raise SourceError(f"{path}: there are no questions in it")
    return make_collection(path.stem, rows, lambda name: extract(read_file(path.parent / name)))


def make_collection(name: str, rows: Sequence[PlacedRow], find: Find) -> Collection:
    """Returns rows with the articles that they name, each of which is asked for once.

    Raises:
        SourceError: An article cannot be read, evidence is not in it, or two rows have one id.
    """
    documents: dict[str, Document] = {}
    samples: dict[str, Sample] = {}
    for place, row in rows:
        if row.article not in documents:
            documents[row.article] = _found(place, row.article, find)
        with located(place):
            sample = row.sample(documents[row.article], place.rpartition(" ")[2])
            if samples.setdefault(sample.id, sample) is not sample:
                raise ValueError(f"the id {sample.id!r} is that of an earlier question")
    return Collection(name, tuple(documents.values()), tuple(samples.values()))


def _found(place: str, article: str, find: Find) -> Document:
    try:
        return find(article)
    except SourceError as error:
        raise SourceError(f"{place}: {error}") from error


def read_rows(path: Path) -> list[PlacedRow]:
    """Reads a file of questions.

    Raises:
        SourceError: It cannot be read, or a row is wrong.
    """
    if path.suffix.lower() != ".csv":
        return list(read_json_lines(path, Row))
    return [(place, _csv_row(place, cells)) for place, cells in _csv_cells(path)]


def _csv_cells(path: Path) -> Iterator[tuple[str, Mapping[str | None, Any]]]:
    # Excel begins UTF-8 with a mark.
    with located(str(path)), path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            for cells in reader:
                yield f"{path}: line {reader.line_num}", cells
        except csv.Error as error:
            raise ValueError(f"line {reader.line_num}: {error}") from error


def _csv_row(place: str, cells: Mapping[str | None, Any]) -> Row:
    with located(place):
        if None in cells:
            raise ValueError("it has more cells than the first line")
        filled = {name: cell.strip() for name, cell in cells.items() if cell and cell.strip()}
        lists = {name: _BETWEEN.split(filled[name]) for name in _LISTS & filled.keys()}
        return _ROW.validate_python(filled | lists)


def _located_in(document: Document, evidence: str | tuple[int, int]) -> Evidence:
    if isinstance(evidence, str):
        start = document.text.find(evidence)
        if start < 0:
            raise ValueError(f"this evidence is not in its article: {evidence!r}")
        return Evidence(document.key, start, start + len(evidence))
    start, end = evidence
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"[{start}, {end}] is no stretch of its article")
    return Evidence(document.key, start, end)

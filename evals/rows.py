"""Questions of one's own: rows of JSON lines or CSV, this project's own sets among them.

In CSV, what is a list is one cell with ``|`` between its parts. A row with neither answers nor
evidence is a question that its article does not answer.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, ClassVar, get_origin, get_type_hints

from pydantic import ConfigDict, Field, TypeAdapter

from evals.loaders.files import located, read_json_lines
from evals.metrics.citations import sentences_of
from evals.types import Collection, Evidence, Sample
from index.errors import SourceError
from index.formats import extract
from index.readers import read_file
from index.types import Document

_BETWEEN = re.compile(r"\s*\|\s*")

Text = Annotated[str, Field(min_length=1)]
Find = Callable[[str], Document]
"""Returns the document that a row's ``article`` names; raises SourceError."""


@dataclass(frozen=True)
class Row:
    """A row of a file of questions.

    Attributes:
        article: The file of the article.
        id: Unique in the file; made of what is asked where it is missing.
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
    id: str = ""
    kind: Text = "question"
    answers: tuple[Text, ...] = ()
    derived: tuple[Text, ...] = ()
    evidence: tuple[Text | tuple[int, int], ...] = ()
    speaker: tuple[Text, ...] = ()
    history: tuple[Text, ...] = ()
    standalone: Text | None = None
    alone: bool = False

    def sample(self, document: Document) -> Sample:
        """Returns it as a sample of its document.

        Raises:
            ValueError: Its evidence is not in the document.
        """
        evidence = tuple(_located_in(document, each) for each in self.evidence)
        answers = self.answers + self.derived
        return Sample(
            id=self.id,
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
_NEEDED = {"question", "article"}
_LISTS = {name for name, hint in get_type_hints(Row).items() if get_origin(hint) is tuple}


def load_questions(path: Path) -> list[Collection]:
    """Loads a file of questions with the articles that its rows name, each of which is asked alone.

    Articles are files; where their names are relative, they are so to the file's folder.

    Raises:
        SourceError: The file or an article cannot be read, or a row is wrong; with its line.
    """
    rows = read_rows(path)
    if not rows:
        raise SourceError(f"{path}: there are no questions in it")
    return [
        make_collection(
            name,
            [(place, row) for place, row in rows if row.article == name],
            lambda name: extract(read_file(path.parent / name)),
        )
        for name in dict.fromkeys(row.article for _, row in rows)
    ]


def make_collection(name: str, rows: Sequence[PlacedRow], find: Find) -> Collection:
    """Returns rows with the articles that they name, each of which is asked for once.

    Raises:
        SourceError: An article cannot be read, or evidence is not in it.
    """
    documents: dict[str, Document] = {}
    samples: list[Sample] = []
    for place, row in rows:
        if row.article not in documents:
            documents[row.article] = _found(place, row.article, find)
        with located(place):
            samples.append(row.sample(documents[row.article]))
    return Collection(name, tuple(documents.values()), tuple(samples))


def _found(place: str, article: str, find: Find) -> Document:
    try:
        return find(article)
    except SourceError as error:
        raise SourceError(f"{place}: {error}") from error


def read_rows(path: Path) -> list[PlacedRow]:
    """Reads a file of questions.

    Raises:
        SourceError: It cannot be read, a row is wrong, or two have one id.
    """
    read = _csv_rows(path) if path.suffix.lower() == ".csv" else read_json_lines(path, Row)
    rows: dict[str, PlacedRow] = {}
    for place, row in read:
        named = row if row.id else replace(row, id=_id_of(row))
        if named.id in rows:
            raise SourceError(f"{place}: this question, or its id, is that of {rows[named.id][0]}")
        rows[named.id] = place, named
    return list(rows.values())


def _id_of(row: Row) -> str:
    """By what is asked, not by the line: so that two runs pair a question with itself."""
    asked = "\n".join((row.article, *row.history, row.question))
    return blake2b(asked.encode(), digest_size=4).hexdigest()


def _csv_rows(path: Path) -> Iterator[PlacedRow]:
    """The rows of a CSV as spreadsheets write it: with a mark before, and empty rows at the end."""
    with located(str(path)), path.open(encoding="utf-8-sig", newline="") as file:
        try:
            reader = csv.reader(file, strict=True)
            columns = [name.strip().lower() for name in next(reader, ())]
            if missing := _NEEDED - set(columns):
                raise ValueError(
                    f"line 1: there is no column {min(missing)!r} (columns are named there, with "
                    f"commas between them): {', '.join(columns)}"
                )
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    place = f"{path}: line {reader.line_num}"
                    yield place, _csv_row(place, columns, cells)
        except csv.Error as error:
            raise ValueError(f"line {reader.line_num}: {error}") from error
        except UnicodeDecodeError as error:
            line = reader.line_num + 1
            raise ValueError(f"line {line} or later is no UTF-8; save it as CSV UTF-8") from error


def _csv_row(place: str, columns: Sequence[str], cells: Sequence[str]) -> Row:
    with located(place):
        if len(cells) > len(columns):
            raise ValueError("it has more cells than the first line")
        stripped = zip(columns, (cell.strip() for cell in cells), strict=False)
        filled: dict[str, Any] = {name: cell for name, cell in stripped if name and cell}
        lists = {name: _BETWEEN.split(filled[name]) for name in _LISTS & filled.keys()}
        return _ROW.validate_python(filled | lists)


def _located_in(document: Document, evidence: str | tuple[int, int]) -> Evidence:
    if isinstance(evidence, str):
        start = document.text.find(evidence)
        end = start + len(evidence)
        if start < 0:
            raise ValueError(f"this evidence is not in its article: {evidence!r}")
    else:
        start, end = evidence
    if not 0 <= start < end <= len(document.text) or not sentences_of(document, start, end):
        raise ValueError(f"[{start}, {end}] is no stretch of its article's sentences")
    return Evidence(document.key, start, end)

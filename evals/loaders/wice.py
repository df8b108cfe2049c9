"""WiCE: claims of Wikipedia, and which sentences of the pages that they cite support them."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from evals.loaders.files import located, make_document, read_json_lines
from evals.types import Collection, Evidence, Part, Sample, Task
from index.types import Document

_NOT_SUPPORTED = "not_supported"


@dataclass(frozen=True)
class _Meta:
    id: str
    claim_title: str


@dataclass(frozen=True)
class _Row:
    label: Literal["supported", "partially_supported", "not_supported"]
    supporting_sentences: tuple[tuple[int, ...], ...]
    claim: str
    evidence: tuple[str, ...]
    meta: _Meta


def load_wice(path: Path, part: Part = "test") -> list[Collection]:
    """Loads half of a file of JSON lines: each claim with the sentences of the page that it cites.

    The halves are cut by a hash of the title of the article that makes the claim, so that claims
    of one article are in the same half.

    Raises:
        SourceError: It cannot be read, is of another format, or a supporting sentence is none of
            its page's.
    """
    collections: list[Collection] = []
    for place, row in read_json_lines(path, _Row):
        if _part_of(row.meta.claim_title) == part:
            document = make_document(row.meta.id, row.evidence)
            with located(place):
                sample = _sample(row, document)
            tasks = frozenset[Task]({"retrieval"})
            collections.append(Collection(row.meta.id, (document,), (sample,), tasks))
    return collections


def _part_of(title: str) -> Part:
    [number] = blake2b(title.encode(), digest_size=1).digest()
    return "tune" if number % 2 else "test"


def _sample(row: _Row, document: Document) -> Sample:
    sets = dict.fromkeys(_evidence(each, document) for each in row.supporting_sentences if each)
    return Sample(
        id=row.meta.id,
        question=row.claim,
        kind=row.label,
        answerable=row.label != _NOT_SUPPORTED,
        alternatives=tuple(sets),
    )


def _evidence(sentences: Sequence[int], document: Document) -> tuple[Evidence, ...]:
    count = len(document.paragraphs)
    if not all(0 <= number < count for number in sentences):
        raise ValueError(f"{list(sentences)} are no sentences of a page that has {count}")
    return tuple(Evidence(document.key, *document.paragraphs[number]) for number in sentences)

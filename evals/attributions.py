"""How well who says what is found: ``article-qa eval attributions``.

Held against what was annotated by hand on the packaged articles and, where it is, on PolNeAR.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from evals.loaders.files import located, read_json_lines
from evals.loaders.polnear import load_attributions
from evals.metrics.attribution import (
    Counts,
    exact_contents,
    exact_sources,
    matched,
    part_tokens,
)
from evals.packaged import ARTICLES, load_article
from evals.stripping import without_marks
from evals.types import Figure
from evals.uncertainty import Numbers, interval
from index.attribution.finding import find_attributions
from index.types import Attribution, Document, Span, Speaker
from qa.quotes import manner

PRONOUNS = frozenset("i we he she it they who which that my his her their our me us him".split())

Find = Callable[[Document], list[Attribution]]


@dataclass(frozen=True)
class Annotated:
    """An article with the attributions that a person found in it.

    Attributes:
        names: Of each attribution, the accepted names of its speaker; none where it has none, or
            nobody has said.
    """

    document: Document
    attributions: tuple[Attribution, ...]
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Row:
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: tuple[str, ...]


def packaged_annotations() -> list[Annotated]:
    """Returns the packaged articles with what was annotated in them by hand.

    Raises:
        SourceError: They cannot be read, or a span is none of its article.
    """
    return [_annotated(name) for name in ARTICLES]


def _annotated(name: str) -> Annotated:
    document = load_article(name)
    with as_file(files("evals").joinpath("data", "attributions", f"{name}.jsonl")) as path:
        placed = list(read_json_lines(path, _Row))
    for place, row in placed:
        with located(place):
            for start, end in (*row.source, *row.cue, *row.content):
                if not 0 <= start < end <= len(document.text):
                    raise ValueError(f"[{start}, {end}] is no stretch of its text")
    rows = [row for _, row in placed]
    attributions = tuple(Attribution(row.source, row.cue, row.content) for row in rows)
    return Annotated(document, attributions, tuple(row.speaker for row in rows))


def polnear_annotations(path: Path, *, bare: bool = False) -> list[Annotated]:
    """Returns the articles of a file of PolNeAR, if wanted without their quotation marks.

    Raises:
        SourceError: It cannot be read.
    """
    loaded = load_attributions(path)
    pairs = (without_marks(*each) if bare else each for each in loaded)
    return [Annotated(d, tuple(own), ((),) * len(own)) for d, own in pairs]


def measure_all(polnear: Path | None) -> dict[str, Mapping[str, Figure]]:
    """Returns the figures on the packaged articles, and on a file of PolNeAR if one is named.

    PolNeAR's articles are read as they are, and stripped of quotation marks and apostrophes.

    Raises:
        SourceError: The file cannot be read.
    """
    corpora = {"articles": packaged_annotations()}
    if polnear:
        corpora["PolNeAR"] = polnear_annotations(polnear)
        corpora["stripped"] = polnear_annotations(polnear, bare=True)
    return {name: measure(annotated, find_attributions) for name, annotated in corpora.items()}


def measure(annotated: Sequence[Annotated], find: Find) -> Mapping[str, Figure]:
    """Returns the figures of what is found, each with its interval over the articles."""
    scored = [_scores(each, find(each.document)) for each in annotated]
    names = dict.fromkeys(n for scores in scored for n, counts in scores.items() if counts.wanted)
    return {name: _figure([scores.get(name, Counts()) for scores in scored]) for name in names}


def _scores(annotated: Annotated, found: Sequence[Attribution]) -> dict[str, Counts]:
    text, wanted = annotated.document.text, annotated.attributions
    scores = {
        "content, tokens": part_tokens(text, found, wanted, "content"),
        "source, tokens": part_tokens(text, found, wanted, "source"),
        "cue, tokens": part_tokens(text, found, wanted, "cue"),
        "content, exact": exact_contents(text, found, wanted),
        "source, exact": exact_sources(text, found, wanted),
    }
    for way in ("direct", "mixed", "indirect"):
        own, others = (
            [a for a in each if manner(text, a.content) == way] for each in (found, wanted)
        )
        scores[f"content, exact, {way}"] = exact_contents(text, own, others)
    return scores | _speaker_scores(annotated, found)


def _speaker_scores(annotated: Annotated, found: Sequence[Attribution]) -> dict[str, Counts]:
    """Whether those are named rightly whose source is a name or a description, and pronouns."""
    names = dict(zip(map(id, annotated.attributions), annotated.names, strict=True))
    scores = {"speaker named": Counts(), "speaker of a pronoun": Counts(), "wrong names": Counts()}
    for own, other in matched(annotated.document.text, found, annotated.attributions):
        accepted = names[id(other)]
        if not accepted or not own.source:
            continue
        pronoun = _words(annotated.document, other.source).lower() in PRONOUNS
        right = own.speaker is not None and _is_one_of(own.speaker, accepted)
        wrong = own.speaker is not None and not right
        kind = "speaker of a pronoun" if pronoun else "speaker named"
        scores[kind] += Counts(int(right), 1, 1)
        scores["wrong names"] += Counts(int(wrong), 1, 1)
    return scores if any(annotated.names) else {}


def _is_one_of(speaker: Speaker, accepted: Iterable[str]) -> bool:
    return _plain(speaker.name) in {_plain(name) for name in accepted}


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ").removeprefix("a ").removeprefix("an ")


def _words(document: Document, spans: Iterable[Span]) -> str:
    return " ".join(document.text[start:end] for start, end in spans)


def _figure(counts: Sequence[Counts]) -> Figure:
    total = sum(counts, Counts())
    values = [np.array(v, dtype=float) for v in zip(*map(_numbers, counts), strict=True)]
    return Figure(total.f1, total.wanted, *interval(_f1, *values))


def _numbers(counts: Counts) -> Iterator[int]:
    yield from (counts.right, counts.found, counts.wanted)


def _f1(right: Numbers, found: Numbers, wanted: Numbers) -> float:
    both = found.sum() + wanted.sum()
    return float(2 * right.sum() / both) if both else 1.0

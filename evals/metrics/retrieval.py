"""Rankings of passages, scored by ir-measures.

What is relevant is told by overlap with evidence, so that passages may be cut in any way. Evidence
in one paragraph is one piece. A passage counts for each piece that it holds and that none before it
held, as if they were passages of their own, one after the other.
"""

from collections.abc import Iterator, Mapping, Sequence

import ir_measures
from ir_measures import RR, Measure, R, Success, nDCG

from evals.types import Evidence, Quote, Scores
from index.types import Document, Span

_DEPTH = 10
_ALL = 1000
"""More than any ranking has: which passages are looked at is said by their number."""

_MEASURES: Mapping[Measure, str] = {
    Success @ 1: "hit@1",
    Success @ 5: "hit@5",
    R @ _ALL: "recall@10",
    RR @ _DEPTH: "MRR@10",
    nDCG @ _DEPTH: "nDCG@10",
}
_QUESTION = "question"

Unit = tuple[Evidence, ...]
"""The evidence in one paragraph."""


def retrieval_scores(
    retrieved: Sequence[Quote],
    alternatives: Sequence[Sequence[Evidence]],
    documents: Mapping[str, Document],
) -> Scores:
    """Scores a ranking against each alternative set of evidence; the best one counts.

    Where the evidence are whole documents, documents are ranked: each by its first passage.

    Returns:
        No score where the evidence is in the headers alone, where no passage is.
    """
    scored = [
        _scores(_ranking(retrieved, evidence, documents), units)
        for evidence in alternatives
        if (units := _units(evidence, documents))
    ]
    return {name: max(each[name] for each in scored) for name in (scored[0] if scored else ())}


def _ranking(
    retrieved: Sequence[Quote], evidence: Sequence[Evidence], documents: Mapping[str, Document]
) -> Sequence[Quote]:
    whole = all((e.start, e.end) == (0, len(documents[e.article].text)) for e in evidence)
    first = {quote.article: quote for quote in reversed(retrieved)}
    ranked = [q for q in retrieved if first[q.article] is q] if whole else retrieved
    return ranked[:_DEPTH]


def _units(evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> list[Unit]:
    units: dict[tuple[str, Span], list[Evidence]] = {}
    for each in evidence:
        document = documents[each.article]
        if any(each.overlaps(*span) for span in document.header.values()):
            continue
        for paragraph in document.paragraphs:
            if each.overlaps(*paragraph):
                units.setdefault((each.article, paragraph), []).append(each)
                break
    return [tuple(unit) for unit in units.values()]


def _scores(ranking: Sequence[Quote], units: Sequence[Unit]) -> Scores:
    of_five = _measured({R @ _ALL: "recall@5"}, ranking[:5], units)
    return {**_measured(_MEASURES, ranking, units), **of_five}


def _measured(
    measures: Mapping[Measure, str], ranking: Sequence[Quote], units: Sequence[Unit]
) -> Scores:
    found = list(_judged(ranking, units))
    if not found:
        return dict.fromkeys(measures.values(), 0.0)
    relevance = {f"unit {n}": max(e.grade for e in unit) for n, unit in enumerate(units)}
    run = {name: float(-rank) for rank, name in enumerate(found)}
    values = ir_measures.calc_aggregate(list(measures), {_QUESTION: relevance}, {_QUESTION: run})
    return {name: float(values[measure]) for measure, name in measures.items()}


def _judged(ranking: Sequence[Quote], units: Sequence[Unit]) -> Iterator[str]:
    """The ranking by names: of the pieces of evidence that are new, else of the passage."""
    left = dict(enumerate(units))
    for rank, quote in enumerate(ranking):
        held = [number for number, unit in left.items() if any(map(quote.is_on, unit))]
        for number in held:
            del left[number]
            yield f"unit {number}"
        if not held:
            yield f"passage {rank}"

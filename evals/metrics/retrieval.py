"""Rankings of passages, scored by ir-measures.

What is relevant is told by overlap with evidence, so that passages may be cut in any way. Evidence
in one paragraph counts once, and so does what one passage holds: a passage is relevant for the
first evidence that no passage before it held.
"""

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from evals.types import Evidence, Quote, Scores
from index.types import Document, Span

_MEASURES = {
    Success @ 1: "hit@1",
    Success @ 5: "hit@5",
    R @ 5: "recall@5",
    R @ 10: "recall@10",
    RR @ 10: "MRR@10",
    nDCG @ 10: "nDCG@10",
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

    Returns:
        No score where the evidence is in the headers alone, where no passage is.
    """
    scored = [_scores(retrieved, units) for e in alternatives if (units := _units(e, documents))]
    return {name: max(each[name] for each in scored) for name in _MEASURES.values() if scored}


def _units(evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> list[Unit]:
    units: dict[tuple[str, Span], list[Evidence]] = {}
    for each in evidence:
        document = documents[each.article]
        if any(_overlap(each, span) for span in document.header.values()):
            continue
        for paragraph in document.paragraphs:
            if _overlap(each, paragraph):
                units.setdefault((each.article, paragraph), []).append(each)
                break
    return [tuple(unit) for unit in units.values()]


def _scores(retrieved: Sequence[Quote], units: Sequence[Unit]) -> Scores:
    left = dict(enumerate(units))
    relevance: dict[str, int] = {}
    ranking: dict[str, float] = {}
    for rank, quote in enumerate(retrieved):
        held = [number for number, unit in left.items() if _holds(quote, unit)]
        if held:
            relevance[f"{rank}"] = max(_grade(left.pop(number)) for number in held)
        ranking[f"{rank}"] = float(-rank)
    relevance |= {f"not found {number}": _grade(unit) for number, unit in left.items()}
    return _measured(relevance, ranking)


def _measured(relevance: Mapping[str, int], ranking: Mapping[str, float]) -> Scores:
    if not ranking:
        return dict.fromkeys(_MEASURES.values(), 0.0)
    found = ir_measures.calc_aggregate(
        list(_MEASURES), {_QUESTION: dict(relevance)}, {_QUESTION: dict(ranking)}
    )
    return {name: float(found[measure]) for measure, name in _MEASURES.items()}


def _holds(quote: Quote, unit: Unit) -> bool:
    if quote.start is None or quote.end is None:
        return False
    span = Span(quote.start, quote.end)
    return any(quote.article == each.article and _overlap(each, span) for each in unit)


def _overlap(evidence: Evidence, span: Span) -> bool:
    return span.start < evidence.end and evidence.start < span.end


def _grade(unit: Unit) -> int:
    return max(each.grade for each in unit)

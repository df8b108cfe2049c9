"""The samples and articles that are embedded in the page, as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from evals.metrics import METRICS
from evals.report.outcomes import FAILURES, OUTCOMES, outcome
from evals.types import Quote, Run, Scored
from index.types import Document

LIMIT = 1000
"""How many samples of one suite and system are embedded: a browser opens the page in a moment."""

Row = Mapping[str, Any]
Documents = Mapping[str, Mapping[str, Document]]
_FACETS = ("suite", "system", "kind")


class Cut(NamedTuple):
    """A suite and system of which not all samples are embedded."""

    suite: str
    system: str
    shown: int
    samples: int


def embedded(scored: Sequence[Scored]) -> list[Scored]:
    """Returns the samples that are embedded: failures first, of each suite and system the first."""
    taken: Counter[tuple[str, str]] = Counter()
    kept: list[Scored] = []
    for each in sorted(scored, key=_urgency):
        taken[each.suite, each.system] += 1
        if taken[each.suite, each.system] <= LIMIT:
            kept.append(each)
    return kept


def cuts(scored: Sequence[Scored]) -> list[Cut]:
    """Returns where samples are left out."""
    counts = Counter((each.suite, each.system) for each in scored)
    return [Cut(*place, LIMIT, samples) for place, samples in counts.items() if samples > LIMIT]


def as_json(run: Run) -> str:
    """Returns the samples and the articles that they need, to stand in a ``script`` element."""
    kept = embedded(run.scored)
    rows = [_row(each, run.documents) for each in kept]
    facets = {facet: list(dict.fromkeys(_facet(s, facet) for s in run.scored)) for facet in _FACETS}
    page = {
        "facets": {**facets, "outcome": OUTCOMES},
        "failures": FAILURES,
        "rows": rows,
        "documents": _needed(kept, run.documents),
    }
    # No "</script>" or "<!--" of an article may end or change the element.
    return json.dumps(page, separators=(",", ":")).replace("<", r"\u003c")


def _urgency(scored: Scored) -> tuple[int, float]:
    """The worst outcome first; where answers are not judged, what was found or rewritten worst."""
    told = outcome(scored)
    reached = [scored.scores[n] for n in ("MRR@10", "rewriting F1") if n in scored.scores]
    return OUTCOMES.index(told), min(reached, default=1.0) if told == "not judged" else 0.0


def _facet(scored: Scored, facet: str) -> str:
    return scored.sample.kind if facet == "kind" else str(getattr(scored, facet))


def _row(scored: Scored, documents: Documents) -> Row:
    sample = scored.sample
    return {
        "suite": scored.suite,
        "system": scored.system,
        "kind": sample.kind,
        "outcome": outcome(scored),
        "id": sample.id,
        "question": sample.question,
        "history": sample.history,
        "standalone": sample.standalone,
        "answerable": sample.answerable,
        "accepted": sample.answers,
        "speaker": sample.speaker,
        "within": sample.within,
        "expected": [[e[:3] for e in alternative] for alternative in sample.alternatives],
        "answered": scored.answered,
        "answer": scored.answer,
        "confidence": _rounded(scored.confidence),
        "cited": [_quote(quote, documents[scored.suite]) for quote in scored.cited],
        "scores": {n: _rounded(scored.scores[n]) for n in METRICS if n in scored.scores},
        "error": scored.error,
    }


def _quote(quote: Quote, documents: Mapping[str, Document]) -> Row:
    """A quote; with its text only where that is not what the article says at its place."""
    document = documents.get(quote.article) if quote.article is not None else None
    placed = document is not None and quote.start is not None
    said = document.text[quote.start : quote.end] if document and placed else None
    return {
        "article": quote.article,
        "start": quote.start if placed else None,
        "end": quote.end if placed else None,
        "speaker": quote.speaker,
        "text": None if said == quote.text else quote.text,
    }


def _needed(scored: Sequence[Scored], documents: Documents) -> Mapping[str, Mapping[str, Row]]:
    needed: dict[str, dict[str, Row]] = {}
    for each in scored:
        own = needed.setdefault(each.suite, {})
        for key in _articles(each):
            if key not in own and key in documents[each.suite]:
                own[key] = _document(documents[each.suite][key])
    return needed


def _articles(scored: Scored) -> Iterator[str]:
    """The articles to show for a sample, by key."""
    yield from (quote.article for quote in scored.cited if quote.article is not None)
    yield from (evidence.article for evidence in scored.sample.evidence)
    if scored.sample.within is not None:
        yield scored.sample.within


def _document(document: Document) -> Row:
    published = document.published.isoformat() if document.published else None
    return {"title": document.title, "published": published, "text": document.text}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

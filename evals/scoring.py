"""A response held against a sample: its scores by the names of ``evals.metrics``.

What is not asked is not scored: no refusal of an answerable question, no citation of a refusal.
"""

from collections.abc import Iterator

from evals.metrics import answers, citations
from evals.metrics.citations import Documents
from evals.metrics.retrieval import retrieval_scores
from evals.types import Collection, Response, Sample, Scored

Score = tuple[str, float]

_DIGITS = 6
"""Of scores and confidence: more of them are the processor's rounding."""


def score(suite: str, system: str, sample: Sample, response: Response, among: Collection) -> Scored:
    """Scores what a system made of a sample of a collection."""
    documents = {document.key: document for document in among.documents}
    scores: dict[str, float] = {}
    right = None
    if "retrieval" in among.tasks and sample.evidence:
        scores |= retrieval_scores(response.retrieved, sample.alternatives, documents)
    if "answers" in among.tasks:
        right = _is_right(sample, response)
        scores |= dict(_answer_scores(sample, response, right))
        scores |= dict(_citation_scores(sample, response, documents))
        scores |= dict(_refusal_scores(sample, response))
    # What begins a conversation stands alone as it is.
    if "rewriting" in among.tasks and sample.history and response.standalone and sample.standalone:
        scores["rewriting F1"] = answers.token_f1(response.standalone, [sample.standalone])
    return Scored(
        suite=suite,
        system=system,
        sample=sample,
        answered=response.answered,
        confidence=None if response.confidence is None else round(response.confidence, _DIGITS),
        right=right,
        answer=response.text,
        cited=response.cited,
        scores={name: round(value, _DIGITS) for name, value in scores.items()},
    )


def _is_right(sample: Sample, response: Response) -> bool | None:
    """Whether what is answered, or would be, rests on evidence; else, holds an accepted answer."""
    if not sample.answerable:
        return False
    if sample.evidence:
        return _is_first_evidence(sample, response)
    if sample.answers:
        return bool(answers.includes_accepted(response.text, sample.answers))
    return None


def _is_first_evidence(sample: Sample, response: Response) -> bool:
    return any(first.is_on(e) for first in response.cited[:1] for e in sample.evidence)


def _answer_scores(sample: Sample, response: Response, right: bool | None) -> Iterator[Score]:
    if right is not None:
        outcome = right and response.answered if sample.answerable else not response.answered
        yield "right outcome", float(outcome)
    if response.answered and right is not None:
        yield "right where answered", float(right)
    if response.answered:
        yield "answer words", float(len(response.text.split()))
    if sample.answerable and not sample.answers:
        return
    shown = response.text if response.answered else ""
    shortest = (response.short or shown) if response.answered else ""
    yield "exact match", answers.exact_match(shortest, sample.answers)
    yield "token F1", answers.token_f1(shortest, sample.answers)
    if sample.answerable:
        yield "accepted answer", answers.includes_accepted(shown, sample.answers)
        yield "RougeL", answers.rouge_l(shown, sample.answers)
        yield "unigram recall", answers.unigram_recall(shown, sample.answers)


def _citation_scores(sample: Sample, response: Response, documents: Documents) -> Iterator[Score]:
    quotes = response.cited if response.answered else response.closest
    if (share := citations.verbatim(quotes, documents)) is not None:
        yield "verbatim", share
    if not (sample.answerable and response.answered):
        return
    if sample.speaker:
        yield "speaker", float(_names_speaker(sample, response))
    if not sample.evidence:
        return
    cited = citations.cited_sentences(response.cited, documents)
    expected = [citations.evidence_sentences(e, documents) for e in sample.alternatives]
    yield "first citation", float(_is_first_evidence(sample, response))
    yield "citation recall", citations.recall(cited, expected)
    if not cited:
        return
    yield "citation precision", citations.precision(cited, expected)
    if len(documents) > 1 and sample.within is None:
        articles = {e.article for e in sample.evidence}
        yield "right article", float(all(quote.article in articles for quote in response.cited))


def _names_speaker(sample: Sample, response: Response) -> bool:
    speaker = response.cited[0].speaker if response.cited else None
    return speaker is not None and any(
        answers.answer_tokens(speaker) == answers.answer_tokens(name) for name in sample.speaker
    )


def _refusal_scores(sample: Sample, response: Response) -> Iterator[Score]:
    yield "wrongly refused" if sample.answerable else "refused", float(not response.answered)
    if response.confidence is not None:
        yield "Brier", (response.confidence - sample.answerable) ** 2

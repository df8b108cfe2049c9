"""The figures that are reported: their names, what they say, and which way is better."""

from typing import Literal, NamedTuple

Group = Literal[
    "finding", "answers", "citations", "speakers", "refusing", "confidence", "follow-ups"
]


class Metric(NamedTuple):
    """A figure by its name.

    Attributes:
        better: ``higher`` or ``lower``; empty where neither is.
        mean: Whether it is the mean of the samples' scores. If not, it is computed over all.
    """

    name: str
    group: Group
    meaning: str
    better: Literal["higher", "lower", ""] = "higher"
    mean: bool = True


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("hit@1", "finding", "The first passage found holds evidence."),
        Metric("hit@5", "finding", "One of the first five passages holds evidence."),
        Metric("recall@5", "finding", "Share of the evidence in the first five passages."),
        Metric("recall@10", "finding", "Share of the evidence in the first ten passages."),
        Metric("MRR@10", "finding", "1 / rank of the first passage with evidence."),
        Metric("nDCG@10", "finding", "Evidence found, discounted by rank; 1 is the best order."),
        Metric("right article", "finding", "Everything cited is from the article that answers."),
        Metric("right outcome", "answers", "Answered on evidence, or refused where there is none."),
        Metric(
            "right where answered", "answers", "Of all answers shown, those that rest on evidence."
        ),
        Metric("accepted answer", "answers", "An accepted answer stands in what is shown."),
        Metric("exact match", "answers", "SQuAD's: the short answer is an accepted one."),
        Metric("token F1", "answers", "SQuAD's: words shared with the best accepted answer."),
        Metric("RougeL", "answers", "Longest common run of words with an accepted answer, F1."),
        Metric("unigram recall", "answers", "Share of an accepted answer's words that are shown."),
        Metric("answer words", "answers", "Length of what is shown.", better=""),
        Metric("first citation", "citations", "Where answered, the first citation is evidence."),
        Metric(
            "citation precision", "citations", "Share of the cited sentences that are evidence."
        ),
        Metric("citation recall", "citations", "Share of the evidence sentences that are cited."),
        Metric(
            "verbatim", "citations", "Share of the quotes that are exact slices of the article."
        ),
        Metric("speaker", "speakers", "The first citation names the speaker."),
        Metric("refused", "refusing", "Unanswerable questions that are refused."),
        Metric("wrongly refused", "refusing", "Answerable questions that are refused.", "lower"),
        Metric("AUROC", "confidence", "An answerable question has more confidence.", mean=False),
        Metric("AURC", "confidence", "Area under the risk-coverage curve.", "lower", mean=False),
        Metric("Brier", "confidence", "Squared error of the confidence.", "lower"),
        Metric(
            "calibration error",
            "confidence",
            "Root mean square gap of confidence and share answerable, debiased.",
            "lower",
            mean=False,
        ),
        Metric("rewriting F1", "follow-ups", "Words shared with the question that stands alone."),
    )
}

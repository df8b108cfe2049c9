"""What the main branch stands at: ``make baseline`` writes it, and ``make test`` holds to it.

Raise it in a commit of its own, which says what became better.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.comparing import Comparison, compare
from evals.packaged import bundled_suite, written_suite
from evals.running import run_suite
from evals.summary import figures
from evals.systems import ArticleQASystem
from evals.types import Sample, Scored

BASELINE_FILE = Path(__file__).with_name("baseline.json")

HELD = (
    "hit@1",
    "MRR@10",
    "right outcome",
    "right where answered",
    "accepted answer",
    "first citation",
    "citation precision",
    "citation recall",
    "refused",
    "wrongly refused",
    "AUROC",
    "Brier",
)
"""The figures that must not fall."""

ROOM = 0.005
"""By how much a figure may fall beyond chance: another processor rounds in another way."""


def run_quick_suites() -> list[Scored]:
    """Asks the suites that the baseline holds."""
    suites = (bundled_suite(), written_suite())
    return [scored for suite in suites for scored in run_suite(suite, ArticleQASystem())]


def find_losses(scored: Sequence[Scored], path: Path = BASELINE_FILE) -> list[str]:
    """Returns a line for each figure that stands significantly below the baseline.

    A figure is lower where the paired bootstrap interval of its change lies beyond ``ROOM``. What
    cannot be compared is a loss, too: a sample that failed, or that only one of the two has. A
    quotation that is no exact slice is one by itself.
    """
    before = list(_read(path))
    losses = [f"{s.suite} {s.sample.id}: {s.error}" for s in scored if s.error is not None]
    losses += [
        f"{s.suite} {s.sample.id}: a quotation is no exact slice of its article"
        for s in scored
        if s.scores.get("verbatim", 1.0) < 1
    ]
    if alone := {(s.suite, s.system) for s in before} ^ {(s.suite, s.system) for s in scored}:
        losses.append(f"in the baseline alone, or not in it: {sorted(alone)}")
        return losses
    compared = compare(before, scored, HELD)
    return losses + [loss for comparison in compared for loss in _losses(comparison)]


def write_baseline(scored: Sequence[Scored], path: Path = BASELINE_FILE) -> None:
    """Writes the figures, for people, and the samples' scores, to compare with."""
    suites = dict.fromkeys(s.suite for s in scored)
    content = {suite: _content([s for s in scored if s.suite == suite]) for suite in suites}
    path.write_text(_as_lines(content), encoding="utf-8")


def _losses(comparison: Comparison) -> Iterator[str]:
    if comparison.unpaired:
        yield (
            f"{comparison.suite}: {comparison.unpaired} samples are in the baseline alone, or not "
            "in it; write it anew with 'make baseline'"
        )
    held = figures([pair.before for pair in comparison.pairs], HELD)
    for gone in held.keys() - {difference.metric for difference in comparison.differences}:
        yield f"{comparison.suite}: {gone} is no longer scored"
    for difference in comparison.differences:
        if difference.worse > ROOM:
            yield (
                f"{comparison.suite}: {difference.metric} went from {difference.before:.3f} to "
                f"{difference.after:.3f}"
            )


def _content(scored: Sequence[Scored]) -> Mapping[str, Any]:
    held = figures(scored, HELD)
    return {
        "figures": {name: round(figure.value, 4) for name, figure in held.items()},
        "samples": {s.sample.id: _fields(s) for s in scored},
    }


def _fields(scored: Scored) -> Mapping[str, Any]:
    return {
        "system": scored.system,
        "answerable": scored.sample.answerable,
        "right": scored.right,
        "confidence": scored.confidence,
        "scores": {name: round(s, 4) for name, s in scored.scores.items() if name in HELD},
    }


def _as_lines(content: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """JSON with a line a sample, so that a change of the file shows which ones changed."""

    def block(entries: Iterable[tuple[str, str]], indent: str) -> str:
        lines = ",\n".join(f"{indent} {json.dumps(name)}: {value}" for name, value in entries)
        return f"{{\n{lines}\n{indent}}}"

    suites = [
        (suite, block(((part, block(_dumped(v), "  ")) for part, v in parts.items()), " "))
        for suite, parts in content.items()
    ]
    return block(suites, "") + "\n"


def _dumped(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((name, json.dumps(value)) for name, value in values.items())


def _read(path: Path) -> Iterator[Scored]:
    for suite, content in json.loads(path.read_text("utf-8")).items():
        for name, fields in content["samples"].items():
            sample = Sample(name, "", "", fields.pop("answerable"))
            yield Scored(suite, fields.pop("system"), sample, **fields)


if __name__ == "__main__":
    write_baseline(run_quick_suites())

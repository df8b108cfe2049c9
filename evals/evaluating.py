"""The whole of an evaluation: suites, the systems that they are asked of, and what came of it."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from evals.running import run_suite
from evals.suites import PACKAGED, load_suites
from evals.summary import summarize
from evals.systems import ArticleQASystem, System
from evals.types import Run, Sample, Scored, Suite, Summary
from index.types import Document

Watch = Callable[[Iterable[Scored], str, int], Iterable[Scored]]
"""It is told what is being done, and how many samples there are."""


def _unwatched(scored: Iterable[Scored], doing: str, total: int) -> Iterable[Scored]:  # noqa: ARG001
    return scored


def evaluate(
    names: Sequence[str],
    data: Path | None = None,
    limit: int | None = None,
    reader: str | None = None,
    watch: Watch = _unwatched,
    systems: Sequence[System] | None = None,
) -> tuple[Run, Mapping[str, float]]:
    """Runs suites.

    Args:
        names: Of the suites; see ``load_suites``.
        data: Where public data or a file of questions is.
        limit: How many samples of each suite to ask; all if None.
        reader: This project's; see ``qa.open``.
        watch: Passes on what it is given, and may show how far it is.
        systems: What is asked. None: this project; beside it on conversations the same without
            knowing what was asked before; and on the packaged suites plain retrieval with
            LlamaIndex.

    Returns:
        What was found, and the seconds that each suite took.

    Raises:
        SourceError: There is no such suite, or its data is missing or wrong.
    """
    scored: list[Scored] = []
    summaries: list[Summary] = []
    documents: dict[str, Mapping[str, Document]] = {}
    seconds: dict[str, float] = {}
    for whole in load_suites(names, data):
        suite = _limited(whole, limit) if limit else whole
        documents[suite.name] = {d.key: d for c in suite.collections for d in c.documents}
        for system in systems or _usual_systems(suite, reader):
            started = time.perf_counter()
            running = run_suite(suite, system)
            own = list(watch(running, f"{suite.name}: {system.name}", len(suite.samples)))
            seconds[f"{suite.name}: {system.name}"] = time.perf_counter() - started
            summaries.append(summarize(suite.name, system.name, own))
            scored += own
    return Run(summaries, scored, documents), seconds


def _usual_systems(suite: Suite, reader: str | None) -> list[System]:
    systems: list[System] = [ArticleQASystem(reader)]
    if any(sample.history for sample in suite.samples):
        systems.append(ArticleQASystem(reader, history=False, name="article-qa, as asked"))
    if suite.name in PACKAGED:
        from evals.llama_index import plain_llama_index  # It takes seconds to import.

        systems.append(plain_llama_index())
    return systems


def _limited(suite: Suite, limit: int) -> Suite:
    """Some of its samples, the same ones each time, in their order; of all kinds by chance."""
    chosen = {sample.id for sample in sorted(suite.samples, key=_shuffled)[:limit]}
    limited = [
        replace(collection, samples=own)
        for collection in suite.collections
        if (own := tuple(sample for sample in collection.samples if sample.id in chosen))
    ]
    return replace(suite, collections=tuple(limited))


def _shuffled(sample: Sample) -> bytes:
    return blake2b(sample.id.encode()).digest()

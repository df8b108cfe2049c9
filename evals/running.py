"""Asks a system all samples of a suite, and scores what it gives."""

from collections.abc import Iterator

from evals.scoring import score
from evals.systems import Respond, System
from evals.types import Collection, Sample, Scored, Suite


def run_suite(suite: Suite, system: System) -> Iterator[Scored]:
    """Asks and scores one sample after the other. One that fails is an error; the others go on."""
    for collection in suite.collections:
        yield from _run_collection(suite, system, collection)


def _run_collection(suite: Suite, system: System, collection: Collection) -> Iterator[Scored]:
    with system.opened(collection) as respond:
        for sample in collection.samples:
            yield _scored(suite, system, collection, sample, respond)


def _scored(
    suite: Suite, system: System, collection: Collection, sample: Sample, respond: Respond
) -> Scored:
    try:
        return score(suite.name, system.name, sample, respond(sample), collection)
    except Exception as error:  # Whatever it is, it is counted and shown.
        failed = f"{type(error).__name__}: {error}"
        return Scored(suite.name, system.name, sample, error=failed)

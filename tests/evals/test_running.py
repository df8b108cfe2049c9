"""Suites are asked, and what fails is an error."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from evals.running import run_suite
from evals.systems import Respond
from evals.types import Collection, Response, Sample, Suite
from tests.evals.made import COLLECTION, quote, sample

SAMPLES = (sample("1", "in May"), sample("2"), sample("3", "is closed"))


class Refusing:
    """Refuses all, and fails on one."""

    name = "refusing"
    open = 0

    @contextmanager
    def opened(self, collection: Collection) -> Iterator[Respond]:
        assert collection.documents
        self.open += 1
        yield self.respond
        self.open -= 1

    def respond(self, asked: Sample) -> Response:
        assert self.open == 1
        if asked.id == "3":
            raise RuntimeError("it broke")
        return Response(False, "", closest=(quote("It opens in May."),), confidence=0.0)


def test_each_sample_of_each_collection_is_scored_in_order() -> None:
    system = Refusing()
    one = replace(COLLECTION, samples=SAMPLES[:1])
    scored = list(run_suite(Suite("made", (one, replace(COLLECTION, samples=SAMPLES))), system))
    assert [s.sample.id for s in scored] == ["1", "1", "2", "3"]
    assert {(s.suite, s.system) for s in scored} == {("made", "refusing")}
    assert scored[2].scores["refused"] == 1
    assert system.open == 0


def test_one_that_fails_is_an_error_and_no_zero() -> None:
    *_, failed = run_suite(Suite("made", (replace(COLLECTION, samples=SAMPLES),)), Refusing())
    assert failed.error == "RuntimeError: it broke"
    assert failed.scores == {}
    assert failed.answered is None

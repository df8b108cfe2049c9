"""Both sides do the same on a small corpus."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from evals.bench import ours, plain
from evals.bench.process import (
    EMBEDDED_FILE,
    INDEX,
    PASSAGES_FILE,
    QUESTIONS_FILE,
    WARMING,
    Clock,
    build_rounds,
    memory,
    peak_memory,
    read_texts,
    write_texts,
)
from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder

PASSAGES = 12


@pytest.fixture(scope="module", autouse=True)
def _built_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for side in (ours, plain):
            patch.setattr(side, "build_rounds", lambda _: 1)
        yield


@pytest.fixture(scope="module")
def folder(encoder: OnnxEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    """A corpus with three questions to measure, built by our side."""
    folder = tmp_path_factory.mktemp("bench") / "corpus"
    assert ours.texts(folder, PASSAGES)["passages"] == PASSAGES
    questions = read_texts(folder / QUESTIONS_FILE)
    write_texts(folder / QUESTIONS_FILE, questions[: WARMING + 3])
    built = ours.build(folder, PASSAGES)
    assert built.keys() == {"build", "peak", "disk"}
    assert min(built.values()) > 0
    return folder


def test_the_texts_are_those_that_building_embeds(
    folder: Path, encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    embedded: list[str] = []

    def recorded(self: OnnxEncoder, texts: list[str]) -> object:  # noqa: ARG001
        embedded.extend(texts)
        return np.zeros((len(texts), encoder.dimension), dtype=np.float32)

    monkeypatch.setattr(OnnxEncoder, "encode", recorded)
    ours.build(tmp_path, PASSAGES)
    warming, *built = embedded
    assert warming == "This loads the model."
    assert built == read_texts(folder / EMBEDDED_FILE)


def test_our_index_is_asked(folder: Path) -> None:
    figures = ours.ask(folder, PASSAGES)
    assert figures["ask p95"] >= figures["ask p50"] > 0
    assert figures["embed"] > 0
    assert figures["memory"] > 20e6


def test_both_sides_hold_the_same_vectors(folder: Path) -> None:
    built = plain.build(folder, PASSAGES)
    assert built.keys() == {"build", "peak", "disk"}
    asked = plain.ask(folder, PASSAGES)
    assert min(asked["ask p50"], asked["embed"]) > 0
    search = plain.PlainSearch(folder / plain.DIRECTORY)
    with ArticleIndex.open(folder / INDEX) as index:
        for question in read_texts(folder / QUESTIONS_FILE):
            hits = index.search(question, 5, mode="dense")
            assert [hit.passage.text for hit in hits] == search.ask(question)[:5]
    assert len(read_texts(folder / PASSAGES_FILE)) == PASSAGES


def test_a_task_is_a_process_that_answers_in_json(folder: Path) -> None:
    command = [sys.executable, "-m", "evals.bench.ours", "ask", str(folder), str(PASSAGES)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout).keys() == {"ask p50", "ask p95", "embed", "memory"}


def test_the_clock_takes_the_median_and_the_slow_end() -> None:
    clock = Clock()
    clock.durations = [3.0, 1.0, 2.0, 100.0, 2.0]
    assert clock.p50 == 2
    assert clock.p95 == pytest.approx(80.6)
    with clock.timed():
        pass
    assert len(clock.durations) == 6


def test_memory_is_read_in_bytes() -> None:
    before = memory()
    held = np.ones(8 << 20)
    assert memory() - before > 0.9 * held.nbytes
    assert peak_memory() >= memory()


def test_small_corpora_are_built_more_often() -> None:
    assert [build_rounds(n) for n in (12, 1000, 10_000)] == [5, 2, 1]

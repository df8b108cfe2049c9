"""What is run, in which order, and what comes of it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

from evals.bench.process import INDEX, QUESTIONS_FILE, Figures, read_texts
from index.errors import ArticleQAError

Side = Literal["ours", "plain"]
Task = Literal["texts", "build", "ask", "cold", "import"]
SIDES: tuple[Side, Side] = ("ours", "plain")

_STARTS = 5
"""How often a cold start is measured."""

_ASKS = 5
"""How often all questions are asked. Building is repeated by its own process."""

_IMPORTED: Mapping[Side, str] = {"ours": "qa", "plain": "sentence_transformers"}
_IMPORT = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
_ARTICLE_QA = "from index.command_line import main; main()"


@dataclass(frozen=True)
class Run:
    """One process: a task of one side on the corpus of this many passages."""

    side: Side
    task: Task
    passages: int


Results = Mapping[Run, Figures]


def plan(sizes: Sequence[int]) -> list[Run]:
    """Returns all processes in their order. The sides take turns, so that both see a busy hour."""
    runs = _turns("import", 0, _STARTS)
    for passages in sizes:
        runs.append(Run("ours", "texts", passages))
        runs += _turns("build", passages, 1)
        runs += _turns("ask", passages, _ASKS)
        runs += _turns("cold", passages, _STARTS)
    return runs


def perform(run: Run, folder: Path) -> Figures:
    """Runs one process, with its own cache and data under this folder.

    Raises:
        ArticleQAError: It failed.
    """
    environment = os.environ | {
        "HF_HUB_OFFLINE": "1",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, *_arguments(run, folder / str(run.passages))],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    elapsed = time.perf_counter() - started
    if done.returncode:
        raise ArticleQAError(f"{run}: {done.stderr.strip()}")
    if run.task == "cold":
        return {"cold": elapsed}
    if run.task == "import":
        return {"import": float(done.stdout)}
    figures: Figures = json.loads(done.stdout)
    return figures


def summarize(performed: Sequence[tuple[Run, Figures]]) -> Results:
    """Returns the median of each figure over the processes that did the same."""
    results: dict[Run, list[Figures]] = {}
    for run, figures in performed:
        results.setdefault(run, []).append(figures)
    return {
        run: {name: median(each[name] for each in repeated) for name in repeated[0]}
        for run, repeated in results.items()
    }


def _turns(task: Task, passages: int, rounds: int) -> list[Run]:
    return [Run(side, task, passages) for _ in range(rounds) for side in SIDES]


def _arguments(run: Run, folder: Path) -> list[str]:
    if run.task == "import":
        return ["-c", _IMPORT.format(_IMPORTED[run.side])]
    if run.task == "cold" and run.side == "ours":
        question = read_texts(folder / QUESTIONS_FILE)[0]
        return ["-c", _ARTICLE_QA, "ask", question, "--index", str(folder / INDEX)]
    return ["-m", f"evals.bench.{run.side}", run.task, str(folder), str(run.passages)]

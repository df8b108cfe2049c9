"""What the measured processes share: arguments, an answer in JSON, clock and memory.

It imports nothing of the project, since what it imports counts in every figure.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

STATUS = Path("/proc/self/status")
"""Where Linux tells a process about its memory."""

WARMING = 3
"""Questions that load what is loaded once, before the measured ones."""

EMBEDDED_FILE = "embedded.json"
PASSAGES_FILE = "passages.json"
QUESTIONS_FILE = "questions.json"
"""Written by the first task on a corpus, ``texts``, in the corpus's folder."""

INDEX = "index"
"""Our index's directory in that folder."""

Figures = Mapping[str, float]


class Clock:
    """Durations in seconds, one each time that ``timed`` was left."""

    def __init__(self) -> None:
        """Makes one that has measured nothing yet."""
        self.durations: list[float] = []

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Measures what is done inside."""
        started = time.perf_counter()
        yield
        self.durations.append(time.perf_counter() - started)

    @property
    def p50(self) -> float:
        """The median."""
        return median(self.durations)

    @property
    def p95(self) -> float:
        """What nineteen in twenty stay below; at least two durations are needed."""
        return quantiles(self.durations, n=20, method="inclusive")[-1]


def build_rounds(passages: int) -> int:
    """Returns how often a corpus is built for its median: the small ones more often."""
    return max(1, min(5, 2000 // passages))


def run_task(tasks: Sequence[Callable[[Path, int], Figures]]) -> None:
    """Runs the task that the command line names and prints its figures as JSON.

    The command line is: the task's name, the folder of this corpus, its number of passages.
    """
    task, folder, passages = sys.argv[1:]
    named = {task.__name__: task for task in tasks}
    print(json.dumps(named[task](Path(folder), int(passages))))


def measure_asking(
    questions: Sequence[str], embed: Callable[[str], object], ask: Callable[[str], object]
) -> Figures:
    """Embeds each question alone and then asks it; in seconds, and bytes of memory at the end."""
    embedding, asking = Clock(), Clock()
    for question in questions[:WARMING]:
        ask(question)
    for question in questions[WARMING:]:
        with embedding.timed():
            embed(question)
        with asking.timed():
            ask(question)
    return {
        "ask p50": asking.p50,
        "ask p95": asking.p95,
        "embed": embedding.p50,
        "memory": memory(),
    }


def read_texts(path: Path) -> list[str]:
    """Reads one of the files of texts."""
    texts: list[str] = json.loads(path.read_text("utf-8"))
    return texts


def write_texts(path: Path, texts: Sequence[str]) -> None:
    """Writes one of the files of texts."""
    path.write_text(json.dumps(texts), encoding="utf-8")


def memory() -> float:
    """Returns the resident memory of this process in bytes."""
    return _status("VmRSS")


def peak_memory() -> float:
    """Returns the most resident memory that this process has had, in bytes."""
    return _status("VmHWM")


def size_on_disk(folder: Path) -> float:
    """Returns the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


def _status(name: str) -> float:
    match = re.search(rf"^{name}:\s+(\d+) kB", STATUS.read_text(), re.M)
    assert match, f"{STATUS} has no {name}"  # noqa: S101 - Linux has always had it
    return float(match[1]) * 1024

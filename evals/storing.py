"""A run's files: the report, and for machines the summaries, every sample, and the seconds.

All but the seconds are the same, to the byte, whenever the same is run on the same machine.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from evals.loaders.files import read_json_lines
from evals.report import write_report
from evals.types import Run, Scored, Summary
from index.errors import SourceError

REPORT_FILE = "report.html"
RESULTS_FILE = "results.json"
SAMPLES_FILE = "samples.jsonl"
TIMINGS_FILE = "timings.json"

_SCORED = TypeAdapter(Scored)
_SUMMARIES = TypeAdapter(Sequence[Summary])


def write_run(run: Run, seconds: Mapping[str, float], folder: Path) -> None:
    """Writes a run's files.

    Args:
        run: What was found.
        seconds: How long each suite took, by its name and the system's.
        folder: Where they are written; made where it is missing.

    Raises:
        SourceError: They cannot be written.
    """
    lines = [_SCORED.dump_json(scored).decode() + "\n" for scored in run.scored]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SAMPLES_FILE).write_text("".join(lines), encoding="utf-8")
        (folder / RESULTS_FILE).write_bytes(_SUMMARIES.dump_json(run.summaries, indent=1) + b"\n")
        (folder / TIMINGS_FILE).write_text(json.dumps(seconds, indent=1) + "\n", encoding="utf-8")
        write_report(run, folder / REPORT_FILE)
    except OSError as error:
        raise SourceError(f"{folder}: the report cannot be written ({error.strerror})") from error


def read_samples(run: Path) -> list[Scored]:
    """Reads the samples of a run from its folder.

    Raises:
        SourceError: There is no run, or a line of it is damaged.
    """
    return [scored for _, scored in read_json_lines(run / SAMPLES_FILE, Scored)]

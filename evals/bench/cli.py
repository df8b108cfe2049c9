"""``python -m evals.bench``: measures, prints and writes."""

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from evals.bench.measure import perform, plan, summarize
from evals.bench.process import STATUS
from evals.bench.report import as_lines, make_report
from index.console import errors_reported
from index.errors import ArticleQAError

app = typer.Typer(add_completion=False)
SIZES = [36, 1_000, 10_000]


@app.command()
def bench(
    sizes: Annotated[
        list[int] | None,
        typer.Argument(
            metavar="PASSAGES",
            help="Sizes of the made corpora (default: 36 1000 10000).",
            min=1,
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path, typer.Option("--json", help="Where the figures are written.", dir_okay=False)
    ] = Path("bench.json"),
) -> None:
    """Measure speed, memory and disk beside plain sentence-transformers on the same texts."""
    with errors_reported():
        if not STATUS.exists():
            raise ArticleQAError(f"{STATUS}: not there; memory is measured on Linux alone")
        ascending = sorted(set(sizes or SIZES))
        with tempfile.TemporaryDirectory() as folder:
            runs = track(plan(ascending), "Measuring", console=Console(stderr=True), transient=True)
            performed = [(run, perform(run, Path(folder))) for run in runs]
        report = make_report(summarize(performed), ascending)
        for line in as_lines(report):
            typer.echo(line)
        try:
            file.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise ArticleQAError(f"{file}: {error.strerror}") from error

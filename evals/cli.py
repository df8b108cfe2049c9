"""``article-qa eval``: how good it is, measured; ``eval compare``: whether it became better."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from index.console import errors_reported
from qa.cli import ReaderOption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evals.types import Scored

_RUN = "run"
_SUITES = (
    "Suites: bundled, written, together, conversations, standalone, tune; with --data also squad2, "
    "squadshifts, xquad, clapnq, wice, polnear, cast19, beir."
)


class _RunUnlessNamed(TyperGroup):
    """A group whose command ``run`` needs no naming."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own
        if not args or args[0] not in (*self.commands, "--help"):
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_RunUnlessNamed,
    add_completion=False,
    help=f"Measure how good the answers are (run, which needs no naming), and compare what was "
    f"measured. {_SUITES}",
)


@app.command(_RUN)
def run(
    suites: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SUITE",
            help=f"{_SUITES} Without any: the first five and those that --data has.",
            show_default=False,
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            help="Questions of your own (JSON lines or CSV), the files of a public data set, or a "
            "folder with a folder for each of several.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="Ask so many of each suite.", show_default=False),
    ] = None,
    reader: ReaderOption = None,
    out: Annotated[Path, typer.Option(help="The folder of the report.")] = Path("eval-report"),
) -> None:
    """Ask all questions of SUITEs, score the answers, and write a report (the default)."""
    from rich.console import Console

    from evals.evaluating import evaluate
    from evals.loaders.files import located
    from evals.storing import REPORT_FILE, write_run
    from evals.tables import run_tables

    with errors_reported():
        with located(str(out)):
            out.mkdir(parents=True, exist_ok=True)
        found, seconds = evaluate(suites or [], data, limit, reader, _watched)
        write_run(found, seconds, out)
    console = Console()
    for table in run_tables(found.summaries):
        console.print(table)
    typer.echo(f"The report is {out / REPORT_FILE}")
    if errors := sum(summary.errors for summary in found.summaries):
        typer.echo(f"{errors} samples failed; the report shows them", err=True)
        raise typer.Exit(1)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="RUN_A", help="A report's folder.")],
    after: Annotated[Path, typer.Argument(metavar="RUN_B", help="The one to compare with it.")],
) -> None:
    """Show what differs between two runs, beyond chance, and which samples changed."""
    from rich.console import Console

    from evals.comparing import compare as compare_runs
    from evals.storing import read_samples
    from evals.tables import changed_lines, comparison_table

    with errors_reported():
        compared = compare_runs(read_samples(before), read_samples(after))
    console = Console()
    for comparison in compared:
        console.print(comparison_table(comparison))
        if comparison.unpaired:
            typer.echo(f"{comparison.unpaired} samples are in one of the runs alone")
        for line in changed_lines(comparison):
            typer.echo(line)


@app.command()
def attributions(
    data: Annotated[
        Path | None,
        typer.Option(help="A file of PolNeAR, such as its dev.jsonl.", show_default=False),
    ] = None,
) -> None:
    """Show how well who says what is found: on the five articles, and on DATA."""
    from rich.console import Console

    from evals.attributions import measure_all
    from evals.tables import attribution_table

    with errors_reported():
        measured = measure_all(data)
    Console().print(attribution_table(measured))


def _watched(scored: "Iterable[Scored]", doing: str, total: int) -> "Iterable[Scored]":
    from rich.console import Console
    from rich.progress import track

    return track(scored, doing, total, console=Console(stderr=True), transient=True)

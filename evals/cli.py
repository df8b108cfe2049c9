"""``article-qa eval``: the question sets, asked and scored."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from index.console import errors_reported

app = typer.Typer(add_completion=False)


@app.command()
def evaluate(
    squad: Annotated[
        list[Path] | None,
        typer.Option(
            help="Measure finding the right paragraph in a file of SQuAD's format instead."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure retrieval, answers and refusals on questions that nothing was fitted on."""
    with errors_reported():
        report = {str(path): _squad(path) for path in squad} if squad else _own()
    if as_json:
        typer.echo(json.dumps(report))
        return
    for name, figures in report.items():
        typer.echo(name)
        for figure, value in figures.items():
            shown = f"{value:8.3f}" if isinstance(value, float) else f"{value:8}"
            typer.echo(f"  {figure:24}{shown}")


def _own() -> Mapping[str, Mapping[str, float]]:
    from rich.progress import track

    from evals.answers import ask_all, summarize
    from evals.questions import ARTICLES

    everything, report = [], {}
    for article in track(ARTICLES, "Asking", transient=True):
        with tempfile.TemporaryDirectory() as folder:
            asked = ask_all(article, "test", Path(folder))
        everything += asked
        report[article] = summarize(asked)
    return {**report, "all": summarize(everything)}


def _squad(path: Path) -> Mapping[str, float]:
    from evals.squad import add_paragraphs, evaluate_retrieval, load_squad
    from index.article_index import ArticleIndex

    collection = load_squad(path)
    with (
        tempfile.TemporaryDirectory() as folder,
        ArticleIndex.open(Path(folder), create=True) as index,
    ):
        add_paragraphs(index, collection.paragraphs)
        return evaluate_retrieval(index, collection.questions)

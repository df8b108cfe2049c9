"""``article-qa quotes`` and ``article-qa speakers``: who says what, without a question."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.console import IndexOption, complain, errors_reported, progress_shown
from qa.cli import place

if TYPE_CHECKING:
    from qa.quotes import Quotation

quotes_app = typer.Typer(add_completion=False)
speakers_app = typer.Typer(add_completion=False)

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


@quotes_app.command()
def quotes(
    speaker: Annotated[
        str | None,
        typer.Option(metavar="S", help="By name, office or country.", show_default=False),
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(metavar="TOPIC", help="The nearest to it come first.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The most that are printed.")] = 20,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """List who says what in the articles of your index."""
    import qa

    with (
        errors_reported(),
        progress_shown() as progress,
        qa.open(index_dir=index, reader="none", progress=progress) as articles,
    ):
        found = articles.quotes(speaker, about, limit)
        for quotation in found:
            typer.echo(_as_json(quotation) if as_json else _as_text(quotation))
        if not found:
            complain(f"nothing is quoted of {speaker}" if speaker else "nothing is quoted")


@speakers_app.command()
def speakers(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List who says something in the articles of your index, those first who say most."""
    import qa

    with (
        errors_reported(),
        progress_shown() as progress,
        qa.open(index_dir=index, reader="none", progress=progress) as articles,
    ):
        for found in articles.speakers():
            text = f"{found.statements}\t{found.name}\t{', '.join(found.titles)}"
            typer.echo(json.dumps(vars(found), ensure_ascii=False) if as_json else text)


def _as_text(quotation: "Quotation") -> str:
    who = quotation.speaker or f"unclear ({quotation.source or 'nobody named'})"
    said = f" ({' '.join(quotation.cue.split())})" if quotation.cue else ""
    where = place(quotation.citation)
    return f"{who}{said}: {' '.join(quotation.citation.quote.split())}\n    {where}"


def _as_json(quotation: "Quotation") -> str:
    citation = quotation.citation
    told: dict[str, Any] = {
        "speaker": quotation.speaker,
        "titles": quotation.titles,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "content": quotation.content,
        "source": quotation.source,
        "cue": quotation.cue,
        "manner": quotation.manner,
        "article": {"id": citation.article_id, "title": citation.title, "url": citation.url},
    }
    return json.dumps(told, ensure_ascii=False)

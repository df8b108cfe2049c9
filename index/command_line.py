"""The command line ``article-qa``: each package's commands, found by entry point.

Only the command that runs is imported, so that ``ask`` never loads what ``chat`` needs.
"""

from functools import cached_property
from importlib.metadata import EntryPoint, entry_points, version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

_GROUP = "article_qa.commands"


class _LazyGroup(TyperGroup):
    """A group whose commands are named by entry points and imported when they are used."""

    @cached_property
    def _entry_points(self) -> dict[str, EntryPoint]:
        return {entry.name: entry for entry in entry_points(group=_GROUP)}

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer's own types
        return sorted(self._entry_points)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        if cmd_name not in self._entry_points:
            return None
        command = typer.main.get_command(self._entry_points[cmd_name].load())
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Ask questions of news articles; every answer cites exact quotations.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"article-qa {version('article-qa')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Ask questions of news articles; every answer cites exact quotations."""


def main() -> None:
    """Runs the command line."""
    app(prog_name="article-qa")

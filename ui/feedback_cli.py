"""``article-qa feedback``: what users marked, as questions for the eval suite."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.console import IndexOption, errors_reported
from index.locations import default_index_directory

if TYPE_CHECKING:
    from ui.feedback import Mark

app = typer.Typer(add_completion=False)


@app.command()
def feedback(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where they are written, with the articles.")
    ],
    index: IndexOption = None,
) -> None:
    """Write what users of the chat marked as questions for 'article-qa eval --data'.

    What they called wrong is written to a file of its own, for a person to complete.
    """
    from index.article_index import ArticleIndex
    from ui.feedback_export import QUESTIONS_FILE, TO_COMPLETE_FILE, export_marks

    with errors_reported(), ArticleIndex.open(index or default_index_directory()) as opened:
        written = export_marks(_marks(opened.directory), opened, folder)
    typer.echo(f"{written.questions} questions: {folder / QUESTIONS_FILE}")
    typer.echo(f"{written.to_complete} to complete: {folder / TO_COMPLETE_FILE}")


def _marks(directory: Path) -> "list[Mark]":
    from ui.database import CHATS_FILE
    from ui.feedback import Feedback, FeedbackError

    path = directory / CHATS_FILE
    if not path.is_file():
        raise FeedbackError(f"{path}: there is no such file: nobody has marked an answer yet")
    with Feedback.open(path) as kept:
        return kept.marks()

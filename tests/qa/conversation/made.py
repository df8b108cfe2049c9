"""Turns of conversations, made by hand."""

from qa.types import Answer, Citation, Statement, Turn


def turn(
    question: str, *, speaker: str | None = None, quote: str = "So it is.", standalone: str = ""
) -> Turn:
    """Returns a turn that was answered by somebody's words, or by none and so refused."""
    cited = Citation(1, 1, "Title", None, None, "source", 0, len(quote), quote, speaker)
    statements = (Statement(quote, (cited,), 1.0),) if speaker else ()
    answer = Answer(
        question, standalone or question, quote, bool(speaker), 0.9, statements=statements
    )
    return Turn(question, answer)

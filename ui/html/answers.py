"""Answers as they stand in the chat.

A citation is named ``TURN-NUMBER``: its link points to ``#citation-TURN-NUMBER``, and the marks in
the article carry the names of all citations that cover them.
"""

from qa.sureness import sureness
from qa.types import Answer, Citation
from ui.html.text import attribute, inline


def answer_html(answer: Answer, turn: int) -> str:
    """Returns an answer as it is shown in the chat, with a link for each citation.

    Args:
        answer: What is shown.
        turn: Its number in the conversation, from 1.
    """
    shown = _answered_html(answer, turn) if answer.answered else _refused_html(answer, turn)
    if not answer.answered and answer.searched:
        shown += f'<div class="searched">{inline(str(answer.searched))}</div>'
    return f"{_rewritten(answer)}{_notice(answer)}{shown}{_withheld(answer)}"


def pending_html(model: str) -> str:
    """Returns what is shown until a language model's first statement is checked."""
    return f'<div class="pending">{inline(model)} is writing; each statement is checked …</div>'


def problem_html(message: str) -> str:
    """Returns an error as it is shown in the chat."""
    return f'<div class="problem" role="alert">{inline(message)}</div>'


def _answered_html(answer: Answer, turn: int) -> str:
    statements = " ".join(
        f"{inline(s.text)} {''.join(_link(turn, c) for c in s.citations)}"
        for s in answer.statements
    )
    short = f'<strong class="short">{inline(answer.short.quote)}</strong> ' if answer.short else ""
    return (
        f'<div class="answer" dir="auto">{short}{statements}'
        f'<div class="confidence">{inline(sureness(answer))}</div></div>'
    )


def _refused_html(answer: Answer, turn: int) -> str:
    closest = "".join(f"<li>{inline(c.quote)} {_link(turn, c)}</li>" for c in answer.closest)
    passages = (
        f"<p>The closest passages, which may not be about your question:</p><ul>{closest}</ul>"
        if closest
        else ""
    )
    return (
        f'<div class="abstention" dir="auto"><strong>{inline(answer.text)}</strong>{passages}</div>'
    )


def _rewritten(answer: Answer) -> str:
    if not answer.is_rewritten:
        return ""
    return f'<div class="rewritten">Asked as: {inline(answer.standalone_question)}</div>'


def _notice(answer: Answer) -> str:
    return f'<div class="notice" role="note">{inline(answer.notice)}</div>' if answer.notice else ""


def _withheld(answer: Answer) -> str:
    """What the language model wrote beyond what it cites, folded up."""
    left_out = answer.withheld
    if not left_out:
        return ""
    many = "1 statement was" if len(left_out) == 1 else f"{len(left_out)} statements were"
    listed = "".join(
        f"<li><s>{inline(left.statement.text)}</s> <em>{inline(left.reason)}</em></li>"
        for left in left_out
    )
    return (
        f'<details class="withheld" dir="auto"><summary>{many} left out by the '
        f"checks</summary><ul>{listed}</ul></details>"
    )


def _link(turn: int, citation: Citation) -> str:
    said_by = f"{citation.speaker}: " if citation.speaker else ""
    return (
        f'<a class="citation" href="#citation-{turn}-{citation.number}" '
        f'title="{attribute(said_by + citation.quote)}">[{citation.number}]</a>'
    )

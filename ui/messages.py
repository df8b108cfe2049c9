"""Turns of a conversation as messages of Gradio's chat."""

import re
from collections.abc import Sequence
from typing import Any

from qa.types import Answer
from ui.html.answers import answer_html, pending_html, problem_html

Message = dict[str, Any]

_MARKUP = re.compile(
    r"[\\`*_\[\]<>|~]|(?<![^\r\n])[#=+-]|&(?=#?\w+;)|(?<=\d)[.)](?!\S)|:(?=//)|(?i:(?<=www))\."
)
"""What begins markup: anywhere, at the start of a line, in an entity, a list, an address."""

_INDENT = re.compile(r"(?<![^\r\n])[ \t]")
"""Before a line, where four would begin code."""

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~#=+&.):-])|&#(32|9);")


def question_message(question: str) -> Message:
    """Returns a question as it was typed: what would be markup is escaped."""
    escaped = _MARKUP.sub(r"\\\g<0>", question)
    content = _INDENT.sub(lambda space: f"&#{ord(space[0])};", escaped)
    return {"role": "user", "content": content}


def edited_question(content: str) -> str:
    """Returns the question that a message has in which somebody may have changed words."""
    return _ESCAPED.sub(lambda found: found[1] or chr(int(found[2])), content)


def answer_message(answer: Answer, turn: int) -> Message:
    """Returns an answer; see ``ui.html.answers.answer_html``."""
    return {"role": "assistant", "content": answer_html(answer, turn)}


def pending_message(model: str) -> Message:
    """Returns the word that a language model is at work."""
    return {"role": "assistant", "content": pending_html(model)}


def problem_message(problem: str) -> Message:
    """Returns an error."""
    return {"role": "assistant", "content": problem_html(problem)}


def turns_messages(turns: Sequence[Answer]) -> list[Message]:
    """Returns a whole conversation, its oldest turn first."""
    return [
        message
        for turn, answer in enumerate(turns, start=1)
        for message in (question_message(answer.question), answer_message(answer, turn))
    ]

"""What can be asked."""

import re

from qa.types import QuestionError

MAX_LENGTH = 2000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def check_question(question: str) -> str:
    """Returns the question with single spaces between its words.

    Raises:
        QuestionError: It is empty, only punctuation, too long, or holds control characters.
    """
    if control := _CONTROL.search(question):
        raise QuestionError(
            f"the question holds a control character (U+{ord(control[0]):04X}); remove it"
        )
    question = " ".join(question.split())
    if not any(character.isalnum() for character in question):
        what = "only punctuation" if question else "empty"
        raise QuestionError(f"the question is {what}; ask about the articles in words")
    if len(question) > MAX_LENGTH:
        raise QuestionError(
            f"the question has {len(question):,} characters; ask in {MAX_LENGTH:,} at most"
        )
    return question

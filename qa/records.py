"""Answers as JSON, to be kept: what is read back is what was written, to the last digit."""

from pydantic import TypeAdapter, ValidationError

from index.errors import ArticleQAError
from qa.types import Answer

_ANSWER = TypeAdapter(Answer)


class RecordError(ArticleQAError):
    """A text is not the record of an answer."""


def dump_answer(answer: Answer) -> str:
    """Returns the record of an answer, as one line of JSON. Read back, it has the same record."""
    return _ANSWER.dump_json(answer).decode()


def load_answer(text: str) -> Answer:
    """Returns the answer of a record.

    Raises:
        RecordError: The text is no record of an answer.
    """
    try:
        return _ANSWER.validate_json(text, strict=True)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"]))
        raise RecordError(
            f"this is no record of an answer ({': '.join(filter(None, (place, fault['msg'])))}); "
            "write one with dump_answer"
        ) from error

"""Statements about the packaged article, and a model that writes them."""

from typing import Any

from tests.qa.llm.scripted import Act, replies

NATO = "What did Ryabkov say about NATO?"
NO_INTENTION = "no intention of launching military action"
NO_PROGRESS = "no progress"


def prompt(body: Any) -> str:  # noqa: ANN401 - JSON
    return str(body["messages"][-1]["content"])


def id_of(body: Any, words: str) -> str:  # noqa: ANN401 - JSON
    """The id of the first sentence shown that has these words, with its brackets."""
    line = next(line for line in prompt(body).splitlines() if line[:1] == "[" and words in line)
    return line.partition(" ")[0]


def writes(*statements: tuple[str, str]) -> Act:
    """Writes each statement with the id of the sentence that has the words; "" cites nothing."""
    return replies(
        lambda body: "\n".join(
            f"{text} {id_of(body, words) if words else ''}" for text, words in statements
        )
    )


SUPPORTED = (f"Ryabkov said that Moscow had {NO_INTENTION}.", NO_INTENTION)
WRONG = ("Ryabkov said that Moscow does want a war with NATO.", NO_INTENTION)

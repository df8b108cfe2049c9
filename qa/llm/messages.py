"""What a language model is told, and how much it may take."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Message:
    """One message of a chat with a language model."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class Limits:
    """How much one answer of a language model may take.

    Attributes:
        seconds: For the whole answer, with all that is tried again.
        silence: Seconds between two pieces of it, and before the first.
        prompt_tokens: How long the messages may be, all together.
        output_tokens: How long the answer may be.
    """

    seconds: float = 120.0
    silence: float = 60.0
    prompt_tokens: int = 3000
    output_tokens: int = 1500

"""What went wrong at a language model's server, in plain words."""

import time
from email.utils import parsedate_to_datetime

import httpx
import openai

from index.errors import printable
from qa.llm.errors import LlmError, PassingError, without_key
from qa.llm.settings import KEY_VARIABLE


def failure(who: str, model: str, key: str | None, error: Exception) -> LlmError:
    """Returns an error of the client's as one for people.

    Args:
        who: The language model, as errors name it.
        model: Its name.
        key: What must not be shown.
        error: What the client raised.
    """
    match error:
        case openai.APITimeoutError() | httpx.TimeoutException():
            return LlmError(f"{who} did not answer in time; look whether its server is overloaded")
        case openai.APIStatusError():
            return _refusal(who, model, key, error)
        case openai.APIConnectionError():
            return PassingError(
                f"{who} cannot be reached ({without_key(str(error.__cause__ or error), key)}); "
                "check that its server runs, and the base URL"
            )
        case openai.APIError():
            return PassingError(f"{who} broke off: {without_key(error.message, key)}")
        case httpx.TransportError():
            return broken_off(who)
    return no_answer(who, type(error).__name__)


def no_answer(who: str, why: str) -> LlmError:
    """Returns the error for what only a server of something else sends."""
    return LlmError(
        f"{who} sent what is no answer ({why}); check that the base URL is that of an "
        "OpenAI-compatible server"
    )


def broken_off(who: str) -> PassingError:
    """Returns the error for an answer without an end."""
    return PassingError(f"{who} broke off in the middle of its answer; ask again")


def _refusal(who: str, model: str, key: str | None, error: openai.APIStatusError) -> LlmError:
    status = error.status_code
    if status in {401, 403}:
        what = "refused the key" if key else "asks for a key"
        return LlmError(f"{who} {what} ({status}); set {KEY_VARIABLE}")
    if status == 404:
        return LlmError(
            f"{who} does not know the model {printable(model)} (404); check its name, and the base "
            "URL, which most often ends in /v1"
        )
    if status == 429:
        return PassingError(
            f"{who} has too much to do, or its quota is used up (429); ask again later",
            _asked_wait(error.response.headers.get("Retry-After", "")),
        )
    if status == 408 or status >= 500:
        return PassingError(
            f"{who} failed ({status}); ask again, or look into its server's log",
            _asked_wait(error.response.headers.get("Retry-After", "")),
        )
    if status < 400:
        return LlmError(f"{who} redirects to elsewhere ({status}); give that as the base URL")
    return LlmError(f"{who} refused the request ({status}): {_said(error, key)}")


def _said(error: openai.APIStatusError, key: str | None) -> str:
    """The server's own words, where it has any; most tell what to change."""
    match error.body:
        case str(said) | {"message": str(said)} | {"detail": str(said)} if said.strip():
            return without_key(said, key)
    return "it does not say why"


def _asked_wait(retry_after: str) -> float:
    """Seconds from now; the header holds them, or a date (RFC 9110, 10.2.3)."""
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return 0.0

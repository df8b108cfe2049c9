"""No key but the one that a test sets."""

import pytest


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of who runs the tests goes nowhere."""
    monkeypatch.delenv("ARTICLE_QA_LLM_API_KEY", raising=False)

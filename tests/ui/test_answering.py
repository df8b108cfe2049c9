"""Which conversations an answer is being made for."""

from threading import Event
from time import monotonic

import pytest

from qa.abandoning import ABANDONED
from ui.answering import Answering


def test_a_conversation_is_known_until_its_last_answer_is_whole() -> None:
    answering, own = Answering(), ("Ana", "one")
    with answering.of(own):
        with answering.of(own):
            assert own in answering
        assert own in answering
    assert own not in answering


def test_other_conversations_and_browsers_are_not_meant() -> None:
    answering = Answering()
    with answering.of(("Ana", "one")):
        assert ("Ana", "two") not in answering
        assert ("Ben", "one") not in answering


def test_who_has_no_conversation_may_not_have_heard_of_an_answer_of_a_moment_ago(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering = Answering()
    assert ("Ana", "") not in answering
    with answering.of(("Ana", "one")):
        assert ("Ana", "") in answering
        assert ("Ben", "") not in answering
    assert ("Ana", "") in answering
    later = monotonic() + 31
    monkeypatch.setattr("ui.answering.monotonic", lambda: later)
    assert ("Ana", "") not in answering


def test_an_answer_that_nobody_waits_for_does_not_count() -> None:
    answering, abandoned, own = Answering(), Event(), ("Ana", "one")
    token = ABANDONED.set(abandoned)
    with answering.of(own):
        assert own in answering
        abandoned.set()
        assert own not in answering
    ABANDONED.reset(token)

"""Which model is named, and where; the key is never shown."""

import pytest

from qa.llm.errors import LlmError
from qa.llm.settings import LlmSettings, read_key

URL = "http://127.0.0.1:8000/v1"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MODEL", "BASE_URL", "API_KEY"):
        monkeypatch.delenv(f"ARTICLE_QA_LLM_{name}", raising=False)


def test_without_a_model_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LlmSettings.from_environment() is None
    monkeypatch.setenv("ARTICLE_QA_LLM_BASE_URL", URL)
    monkeypatch.setenv("ARTICLE_QA_LLM_MODEL", " ")
    assert LlmSettings.from_environment() is None


def test_the_environment_names_what_the_arguments_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE_QA_LLM_MODEL", "small")
    monkeypatch.setenv("ARTICLE_QA_LLM_BASE_URL", f"{URL}\n")
    assert LlmSettings.from_environment() == LlmSettings("small", URL)
    assert LlmSettings.from_environment("large") == LlmSettings("large", URL)
    other = "https://example.org"
    assert LlmSettings.from_environment("large", other) == LlmSettings("large", other)


def test_nothing_is_taken_from_what_is_meant_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", URL)
    monkeypatch.setenv("OPENAI_API_BASE", URL)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    assert read_key() is None
    with pytest.raises(LlmError, match="model small has no base URL; give its server's by --llm-b"):
        LlmSettings.from_environment("small")


def test_a_base_url_needs_a_model() -> None:
    with pytest.raises(LlmError, match="is given, but no model; name one by --llm or by ARTICLE_"):
        LlmSettings.from_environment(base_url=URL)
    with pytest.raises(LlmError, match="has no name"):
        LlmSettings(" ", URL)


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8000/v1",
        "localhost:8000",
        "ftp://127.0.0.1/v1",
        "file:///v1",
        "http://",
        "http:///v1",
        "http://:8000/v1",
        "http://127.0.0.1:0/v1",
        "http://127.0.0.1:99999/v1",
        "http://127.0.0.1:one/v1",
        "http://[::1/v1",
        "http://127.0.0.1/ v1",
        "http://127.0.0.1/v1\x1b[2J",
        "http://exämple.org/v1",
        "v1",
        "",
    ],
)
def test_what_is_no_address_is_refused_by_its_name(url: str) -> None:
    with pytest.raises(LlmError) as raised:
        LlmSettings("small", url)
    assert str(raised.value).startswith("the language model's base URL '")
    assert str(raised.value).isprintable()


@pytest.mark.parametrize(
    "url",
    [
        "http://me:s3cret@127.0.0.1/v1",
        "https://s3cret@example.org/v1",
        "ftp://me:s3cret@example.org",
        "https://example.org/v1?key=s3cret",
        "https://example.org/v1#s3cret",
    ],
)
def test_an_address_that_may_hold_a_secret_is_not_shown(url: str) -> None:
    with pytest.raises(LlmError) as raised:
        LlmSettings("small", url)
    assert "s3cret" not in str(raised.value)
    assert "ARTICLE_QA_LLM_API_KEY" in str(raised.value)


@pytest.mark.parametrize("url", [URL, "https://example.org", "http://[::1]:8000/v1/"])
def test_addresses_of_http_and_https_are_taken(url: str) -> None:
    assert LlmSettings("small", url).base_url == url


def test_the_key_is_no_part_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE_QA_LLM_API_KEY", " s3cret\n")
    assert read_key() == "s3cret"
    assert "s3cret" not in repr(LlmSettings.from_environment("small", URL))


@pytest.mark.parametrize("key", ["s3cret two", "s3crét", "s3cret\nX-Other: 1"])
def test_a_key_that_cannot_be_sent_is_refused_unseen(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE_QA_LLM_API_KEY", key)
    with pytest.raises(LlmError, match="copy the key again") as raised:
        read_key()
    assert "s3cr" not in str(raised.value)

from pathlib import Path

import pytest

from index.locations import cache_directory, cached_index_directory, default_index_directory


def test_directories_follow_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert default_index_directory() == tmp_path / "data" / "article-qa" / "index"
    assert cache_directory() == tmp_path / "cache" / "article-qa"


def test_the_same_sources_share_an_index() -> None:
    directory = cached_index_directory(["/news/a.txt", "https://news.example/b"], None)
    other_order = ["https://news.example/b", "/news/a.txt"]
    assert directory == cached_index_directory(other_order, None)
    assert directory.parent == cache_directory() / "indexes"


def test_other_sources_and_other_models_have_their_own() -> None:
    asked = [(["a"], None), (["b"], None), (["a", "b"], None), (["a"], "model"), (["a,b"], None)]
    assert len({cached_index_directory(sources, model) for sources, model in asked}) == len(asked)


def test_a_name_that_is_no_utf8_has_an_index_too() -> None:
    assert cached_index_directory(["caf\udce9"], None) != cached_index_directory(["cafe"], None)

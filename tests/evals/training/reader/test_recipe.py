"""What the reader is trained on: the shares of the sources, and our own news."""

import random
from itertools import islice
from pathlib import Path

import pytest

from evals.rows import Row, load_questions, read_rows
from evals.seen import SQUAD_ARTICLES
from evals.training.reader import recipe
from evals.training.reader.recipe import MIXTURES, NEWS, PHASES, Phase
from evals.training.reader.windows import Window
from index.errors import SourceError
from tests.evals.training.reader.made import MAKE, PIER, write_politics, write_public_data

FILES = sorted(NEWS.glob("*.jsonl"))
SCHEDULE = PHASES[0].schedule


def windows(folder: Path, count: int, **shares: float) -> list[Window]:
    phase = Phase("made", SCHEDULE, shares)
    return list(islice(recipe.windows(folder, phase, MAKE, random.Random(5)), count))


@pytest.fixture(autouse=True)
def politics(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our questions about PolNeAR's articles need these, which are not ours to have here."""
    monkeypatch.setattr(
        recipe, "POLITICS", write_politics(tmp_path_factory.mktemp("own") / "politics.jsonl")
    )


def test_every_phase_shares_out_all_of_its_windows() -> None:
    for phase in PHASES:
        assert sum(phase.shares.values()) == pytest.approx(1)
        assert phase.shares.keys() <= MIXTURES.keys()
    assert len({phase.name for phase in PHASES}) == len(PHASES)


def test_windows_are_of_the_sources_by_their_shares(tmp_path: Path) -> None:
    write_public_data(tmp_path, min(SQUAD_ARTICLES))
    found = windows(tmp_path, 800, attributions=0.75, squad2=0.25)
    of_attributions = [window for window in found if "said that" in window.sentences[0].text]
    assert 0.7 < len(of_attributions) / 800 < 0.8


@pytest.mark.parametrize("title", sorted(SQUAD_ARTICLES))
def test_squad2_is_of_the_articles_that_are_named(tmp_path: Path, title: str) -> None:
    write_public_data(tmp_path, title)
    found = windows(tmp_path, 50, squad2=1)
    assert all(sentence.text in PIER for window in found for sentence in window.sentences)


@pytest.mark.parametrize("name", sorted(MIXTURES))
def test_each_source_gives_windows_without_end(tmp_path: Path, name: str) -> None:
    write_public_data(tmp_path, min(SQUAD_ARTICLES))
    found = windows(tmp_path, 40, **{name: 1})
    assert len(found) == 40
    assert any(window.answer for window in found)
    assert not all(window.answer for window in found)
    assert all(window.tokens <= MIXTURES[name].max_tokens for window in found)


def test_chance_decides_by_its_seed(tmp_path: Path) -> None:
    write_public_data(tmp_path, min(SQUAD_ARTICLES))
    first, second = (windows(tmp_path, 30, squad2=0.5, reddit=0.5) for _ in range(2))
    assert first == second


def test_a_source_without_questions_is_refused(tmp_path: Path) -> None:
    write_public_data(tmp_path, "Another title")
    with pytest.raises(ValueError, match="squad2 has no questions"):
        windows(tmp_path, 1, squad2=1)


def test_data_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"reddit.json: No such file"):
        windows(tmp_path, 1, reddit=1)


def test_news_is_split_in_two() -> None:
    trained, held_out = (recipe.news_files(held_out=each) for each in (False, True))
    assert sorted([*trained, *held_out]) == FILES
    assert not set(trained) & set(held_out)
    assert 0.05 < len(held_out) / len(FILES) < 0.3


def test_another_article_moves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe, "NEWS", tmp_path)
    names = [f"harbour-{n}" for n in range(60)]
    for name in names:
        (tmp_path / f"{name}.jsonl").touch()
    before = {each: set(recipe.news_files(held_out=each)) for each in (False, True)}
    assert all(before.values())
    for name in ("a-first-one", "harbour-30b", "the-last-one"):
        (tmp_path / f"{name}.jsonl").touch()
    after = {each: set(recipe.news_files(held_out=each)) for each in (False, True)}
    assert all(before[each] <= after[each] for each in (False, True))
    assert len(after[False]) + len(after[True]) == 63


@pytest.fixture(params=FILES, ids=[file.stem for file in FILES])
def news(request: pytest.FixtureRequest) -> Path:
    """A file of our own questions."""
    file: Path = request.param
    return file


def rows(file: Path) -> list[Row]:
    return [row for _, row in read_rows(file)]


def test_news_is_asked_about_one_article(news: Path) -> None:
    [collection] = load_questions(news)
    assert len(collection.samples) == len(rows(news))
    assert {row.article for row in rows(news)} == {f"{news.stem}.txt"}
    assert {sample.answerable for sample in collection.samples} == {True, False}


def test_evidence_of_news_stands_once_in_its_article(news: Path) -> None:
    [collection] = load_questions(news)
    [document] = collection.documents
    quotes = {quote for row in rows(news) for quote in row.evidence}
    assert {quote: document.text.count(str(quote)) for quote in quotes} == dict.fromkeys(quotes, 1)


def test_answers_of_news_stand_in_their_evidence(news: Path) -> None:
    for row in rows(news):
        assert bool(row.answers) == bool(row.evidence), row.question
        for answer in row.answers:
            assert any(answer in str(quote) for quote in row.evidence), (row.question, answer)


def test_all_questions_on_news_are_learnt_from(news: Path) -> None:
    asked = recipe.news_asked(news, MAKE)
    assert [each.question for each in asked] == [row.question for row in rows(news)]

"""Questions to ask first, or next: each is answered with what it was made from."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

import qa
from index.article_index import ArticleIndex
from index.lexical import stems
from index.types import Filters
from qa.suggestions import examples, follow_ups

pytestmark = pytest.mark.usefixtures("encoder")

_ABOUT = re.compile(r"What did (?P<who>.+) say about (?P<topic>.+)\?")
ARTICLES = Path(__file__).parents[2] / "evals" / "data" / "articles"


@pytest.fixture(scope="module")
def four_qa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[qa.ArticleQA]:
    """Four longer articles in which many speak."""
    with qa.open(ARTICLES, index_dir=tmp_path_factory.mktemp("four")) as articles:
        yield articles


def check(articles: qa.ArticleQA, question: str) -> qa.Citation:
    """Asserts that a question is answered with its speaker's words on its topic; returns them."""
    asked = _ABOUT.fullmatch(question)
    assert asked, question
    answer = articles.ask(question)
    assert answer.answered, question
    best = answer.citations[0]
    assert best.speaker, question
    assert stems(best.speaker) & stems(asked["who"]), question
    assert stems(asked["topic"]) <= stems(best.quote), question
    return best


def test_examples_are_answered_with_what_they_ask_for(bundled_qa: qa.ArticleQA) -> None:
    found = examples(bundled_qa)
    assert len(found) == 5
    speakers = {check(bundled_qa, question).speaker for question in found}
    assert len(speakers) == 5
    assert {"Wendy Sherman", "Sergey Ryabkov"} <= speakers


def test_examples_are_spread_over_the_articles(four_qa: qa.ArticleQA) -> None:
    found = examples(four_qa)
    assert len({check(four_qa, question).article_id for question in found}) == 4
    assert found == examples(four_qa)
    assert examples(four_qa, limit=2) == found[:2]


def overlap(one: qa.Citation, other: qa.Citation) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end


def test_follow_ups_are_answered_with_other_words(bundled_qa: qa.ArticleQA) -> None:
    question = "What did Ryabkov say about NATO?"
    answer = bundled_qa.ask(question)
    found = follow_ups(bundled_qa, answer, [question], limit=8)
    assert len(found) > 1
    cited = [*answer.citations, *(check(bundled_qa, each) for each in found)]
    assert not [pair for pair in combinations(cited, 2) if overlap(*pair)]


def test_what_was_asked_does_not_come_again(bundled_qa: qa.ArticleQA) -> None:
    asked = ["What did Ryabkov say about the troops?"]
    answer = bundled_qa.ask(asked[0])
    while found := follow_ups(bundled_qa, answer, asked, limit=1):
        assert found[0] not in asked
        asked += found
        assert len(asked) < 20
    assert len(asked) > 3


def test_no_follow_up_is_the_question_in_other_words(bundled_qa: qa.ArticleQA) -> None:
    question = "Tell me what Ryabkov did say about Russia's demands, and about NATO"
    found = follow_ups(bundled_qa, bundled_qa.ask(question), [question], limit=8)
    assert found
    assert "What did Sergey Ryabkov say about Russia's demands?" not in found
    assert "What did Sergey Ryabkov say about NATO?" not in found


def test_a_refusal_is_followed_by_what_is_there(bundled_qa: qa.ArticleQA) -> None:
    question = "What did Macron say about the talks?"
    answer = bundled_qa.ask(question)
    assert not answer.answered
    found = follow_ups(bundled_qa, answer, [question])
    assert len(found) == 3
    for each in found:
        check(bundled_qa, each)


FERRY = (
    "Night ferry to Vell stops\n20230504\nhttps://news.example/ferry\n"
    "The night ferry between Orsa and Vell will stop in October.\n"
    "Only 12 passengers a night took the ferry to Vell.\n"
)


def test_where_nobody_says_anything_headline_and_date_are_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text(FERRY)
    with qa.open(source, index_dir=tmp_path / "index") as articles:
        both = ["What is the headline?", "When was this published?"]
        assert examples(articles) == both
        assert all(articles.ask(question).answered for question in both)
        assert follow_ups(articles, articles.ask(both[0]), both[:1]) == both[1:]


def test_headline_and_date_are_asked_for_where_one_article_is_searched(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(FERRY.replace("Night", f"{number + 1} night"))
    with qa.open(tmp_path, index_dir=tmp_path / "index") as articles:
        one = Filters([articles.articles()[0].id])
        answer = articles.ask("What is the headline?", filters=one)
        offered = follow_ups(articles, answer, [answer.question], filters=one)
        assert offered == ["When was this published?"]
        assert follow_ups(articles, answer, [answer.question]) == []


def test_a_list_has_none_but_about_its_headline(tmp_path: Path) -> None:
    source = tmp_path / "list.txt"
    source.write_text("milk\neggs\nbread\n12 apples\n")
    with qa.open(source, index_dir=tmp_path / "index") as articles:
        assert examples(articles) == ["What is the headline?"]
        assert follow_ups(articles, articles.ask("Who says what?"), []) == ["What is the headline?"]


def test_another_language_has_none_about_what_is_said(tmp_path: Path) -> None:
    source = tmp_path / "spanish.txt"
    source.write_text(
        "El Gobierno aprueba la subida del salario mínimo\n20240206\n"
        "https://noticias.example/salario\n"
        "El ministro de Trabajo, Carlos Medina, dijo el martes que el salario mínimo subirá.\n"
        "«No basta», dijo la secretaria general de la Unión Obrera, Ana Robles.\n"
    )
    with qa.open(source, index_dir=tmp_path / "index") as articles:
        assert not [question for question in examples(articles) if _ABOUT.fullmatch(question)]


def test_an_article_that_was_removed_since_has_none(tmp_path: Path) -> None:
    source = tmp_path / "tower.txt"
    source.write_text("The bells will ring again, mayor Ilse Karlsen told reporters.\n")
    with qa.open(source, index_dir=tmp_path / "index") as articles:
        answer = articles.ask("Who told reporters?")
        assert answer.shown
        articles.index.remove(articles.articles()[0].key)
        assert follow_ups(articles, answer, []) == []


def test_an_empty_index_has_no_examples(tmp_path: Path) -> None:
    with qa.ArticleQA(ArticleIndex.open(tmp_path, create=True)) as articles:
        assert examples(articles) == []

"""The made corpora have the sizes that they are named by, and the shape of news."""

import pytest

from evals.bench.made_text import PASSAGES_PER_ARTICLE, made_articles, made_questions
from index.chunking import chunk
from index.encoder import OnnxEncoder
from index.lexical import words


@pytest.mark.parametrize("passages", [1, 12, 36, 100])
def test_a_corpus_is_cut_into_as_many_passages_as_asked(
    encoder: OnnxEncoder, passages: int
) -> None:
    articles = made_articles(passages)
    spans = [s for a in articles for s in chunk(a, encoder.count_tokens, encoder.max_tokens)]
    assert len(spans) == passages
    assert len(articles) == -(-passages // PASSAGES_PER_ARTICLE)
    assert len({article.key for article in articles}) == len(articles)


def test_it_is_the_same_each_time() -> None:
    assert made_articles(30) == made_articles(30)
    assert made_questions(5) == made_questions(9)[:5]


def test_paragraphs_are_as_long_as_those_of_news() -> None:
    [article] = made_articles(PASSAGES_PER_ARTICLE)
    headline, *paragraphs = article.paragraphs
    assert article.text[headline.start : headline.end] == article.title
    for paragraph in paragraphs:
        text = article.text[paragraph.start : paragraph.end]
        assert 12 <= len(text.split()) <= 110
        assert 1 <= text.count(".") <= 4


def test_a_few_words_are_everywhere_and_most_are_rare() -> None:
    articles = made_articles(1000)
    found = [word for article in articles for word in words(article.text)]
    assert 0.02 < found.count("the") / len(found) < 0.06
    assert len(set(found)) > 5000


def test_questions_differ() -> None:
    questions = made_questions(100)
    assert len(set(questions)) == 100
    assert all(question.endswith("?") for question in questions)

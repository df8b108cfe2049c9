import math
from typing import get_args

import numpy as np
import pytest

from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder
from index.lexical import stems
from index.types import Filters, Hit, SearchMode

MODES = get_args(SearchMode)


def scores(hits: list[Hit]) -> list[float]:
    return [hit.passage.score for hit in hits]


@pytest.mark.parametrize("mode", MODES)
def test_the_answering_passage_comes_first(bundled_index: ArticleIndex, mode: SearchMode) -> None:
    question = "How many soldiers has Russia massed near the border?"
    best, *_ = bundled_index.search(question, mode=mode)
    assert "100,000 Russian" in best.passage.text


@pytest.mark.parametrize("mode", MODES)
def test_hits_fall_in_score_and_are_at_most_k(
    bundled_index: ArticleIndex, mode: SearchMode
) -> None:
    question = "Ukraine security assistance"
    hits = bundled_index.search(question, 20, mode=mode)
    assert scores(hits) == sorted(scores(hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == len(hits) > 3
    assert bundled_index.search(question, 3, mode=mode) == hits[:3]


def test_a_hit_says_what_it_was_found_by(bundled_index: ArticleIndex, encoder: OnnxEncoder) -> None:
    question = "What did Ryabkov say about the dinner?"
    vector = encoder.encode_question(question)
    for hit in bundled_index.search(question):
        passage = hit.passage
        expected = encoder.encode([passage.text])[0] @ vector
        assert hit.dense == pytest.approx(expected, abs=1e-4)
        sentences = encoder.encode([passage.sentence(span) for span in passage.sentences])
        np.testing.assert_allclose(hit.sentence_cosines, sentences @ vector, atol=1e-4)
        assert 0 <= hit.coverage <= 1
        assert (hit.bm25 > 0) <= (hit.coverage > 0)


def test_a_hit_brings_the_article_of_its_passage(two_articles: ArticleIndex) -> None:
    articles = {article.id: article for article in two_articles.articles()}
    hits = two_articles.search("harbour barriers", 50)
    assert {hit.article.id for hit in hits} == {1, 2}
    assert all(hit.article == articles[hit.passage.article_id] for hit in hits)


def test_a_dense_score_is_the_cosine_and_a_lexical_one_the_bm25(
    bundled_index: ArticleIndex,
) -> None:
    dense = bundled_index.search("barracks", mode="dense")
    lexical = bundled_index.search("barracks", mode="lexical")
    assert scores(dense) == [hit.dense for hit in dense]
    assert scores(lexical) == [hit.bm25 for hit in lexical]


def test_only_passages_with_a_word_are_found_by_words(bundled_index: ArticleIndex) -> None:
    hits = bundled_index.search("barracks Geneva", 50, mode="lexical")
    assert len(hits) == 3
    assert all({"barrack", "geneva"} & stems(hit.passage.text) for hit in hits)
    assert bundled_index.search("zeppelin", mode="lexical") == []


def test_all_words_found_are_full_coverage(bundled_index: ArticleIndex) -> None:
    best, *_ = bundled_index.search("RIA Novosti news agency")
    assert best.coverage == pytest.approx(1)


def test_a_common_word_covers_less_than_a_rare_one(bundled_index: ArticleIndex) -> None:
    hits = bundled_index.search("Russia barracks", 50)
    coverage = {frozenset({"russia", "barrack"} & stems(h.passage.text)): h.coverage for h in hits}
    common, rare = coverage[frozenset({"russia"})], coverage[frozenset({"russia", "barrack"})]
    assert 0 < common < 0.5
    assert rare == pytest.approx(1)


def test_words_that_are_nowhere_find_by_meaning(bundled_index: ArticleIndex) -> None:
    hits = bundled_index.search("zeppelin")
    assert len(hits) == 10
    assert all((hit.bm25, hit.coverage) == (0, 0) for hit in hits)


def test_an_empty_index_finds_nothing(new_index: ArticleIndex) -> None:
    assert all(new_index.search("ferries", mode=mode) == [] for mode in MODES)


@pytest.mark.parametrize("mode", MODES)
def test_filters_that_let_nothing_through_find_nothing(
    bundled_index: ArticleIndex, mode: SearchMode
) -> None:
    assert bundled_index.search("Russia", mode=mode, filters=Filters(articles=[])) == []


def test_term_weights_are_the_inverse_document_frequencies(bundled_index: ArticleIndex) -> None:
    (article,) = bundled_index.articles()
    paragraphs = [article.title, *article.text.splitlines()[3:]]
    having = {t: sum(t in stems(p) for p in paragraphs) for t in ("us", "barrack", "zeppelin")}
    assert having["us"] > having["barrack"] > having["zeppelin"] == 0
    weights = bundled_index.term_weights(having)
    for term, n in having.items():
        assert weights[term] == pytest.approx(math.log(1 + (37 - n + 0.5) / (n + 0.5)))


@pytest.mark.parametrize("k", [0, -1])
def test_fewer_than_one_passage_cannot_be_asked_for(bundled_index: ArticleIndex, k: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        bundled_index.search("NATO", k)

"""Phrases that name what a text is about, and read well after "about"."""

import pytest

from index.sentences import split_paragraphs
from index.types import Article, Span
from qa.topics import find_topics


def topics(text: str) -> list[str]:
    """Of an article without a headline."""
    paragraphs = tuple(split_paragraphs(text, Span(0, len(text))))
    return [topic.text for topic in find_topics(Article("key", "source", text, "", paragraphs))]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("She praised the ventilation system of the old tunnel.", ["the ventilation system"]),
        ("He asked for a redesign of the tunnel.", ["a redesign of the tunnel"]),
        ("The talks were about security assistance.", ["the talks", "security assistance"]),
        ("We know that rail companies would leave.", ["rail companies"]),
        ("He met Helena Brandt-Oakes in Castlemere.", ["Helena Brandt-Oakes", "Castlemere"]),
        ("They fear for our steel mills.", ["the steel mills"]),
        ("It is near to Russia's open-door policy.", ["Russia's open-door policy"]),
    ],
)
def test_noun_phrases_and_names_are_topics(sentence: str, found: list[str]) -> None:
    assert topics(sentence) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The ban broke a treaty signed by both.", ["the ban"]),
        ("The council opened nine schools.", ["the council"]),
        ("By making concessions he won.", ["concessions"]),
        ("Our customers measure delay in minutes.", []),
        ("He said that on Monday they quickly left.", []),
    ],
)
def test_verbs_pronouns_and_days_are_in_none(sentence: str, found: list[str]) -> None:
    assert topics(sentence) == found


def test_a_lost_apostrophe_is_given_back_to_a_name() -> None:
    text = "They asked Russia for gas. The answer to Russias demands is no."
    assert "Russia's demands" in topics(text)


def test_a_single_noun_is_what_is_known_or_left_out() -> None:
    text = "He wants a quota. She said the quota is high. It is on a train."
    assert topics(text) == ["the quota", "the quota"]


def test_topics_stand_where_they_say() -> None:
    text = "First, our steel mills are idle.\n\nThen the harbour tunnel was closed."
    paragraphs = tuple(split_paragraphs(text, Span(0, len(text))))
    found = find_topics(Article("key", "source", text, "", paragraphs))
    assert [text[t.span.start : t.span.end] for t in found] == ["steel mills", "harbour tunnel"]


def test_the_headline_has_no_topics() -> None:
    text = "The harbour tunnel is closed\nThe steel mills were idle."
    paragraphs = (Span(0, 28), Span(29, len(text)))
    article = Article("key", "source", text, "", paragraphs, header={"title": Span(0, 28)})
    assert [topic.text for topic in find_topics(article)] == ["the steel mills"]

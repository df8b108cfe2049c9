"""Questions to ask first, or next: about what is said in the articles, each tried beforehand."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import zip_longest

from index.lexical import stem, stems, words
from index.types import Article, Filters
from qa.sayings import Saying, find_sayings
from qa.service import ArticleQA
from qa.topics import Topic
from qa.types import Answer, Citation

_TRIED = 8
"""How many follow-ups are tried at most: each takes as long as an answer does."""

_TRIED_EXAMPLES = 12
"""The same for examples, which serve many visitors."""

_ARTICLES = 10
"""How many articles examples are about: those added last."""

_ABOUT_AN_ARTICLE = ("What is the headline?", "When was this published?")


def follow_ups(
    articles: ArticleQA,
    answer: Answer,
    asked: Collection[str],
    limit: int = 3,
    filters: Filters | None = None,
) -> list[str]:
    """Returns questions to ask after an answer, each of which is answered.

    They are about other statements of the articles that it cites: by the same speaker, by others
    on the topic, and by who speaks next. After a refusal, the closest statements come first.

    Args:
        articles: What was asked.
        answer: What was answered.
        asked: The questions so far; none of them comes again.
        limit: The most that are returned.
        filters: Which articles are searched, as when they are asked; all if None.
    """
    shown_articles = _articles_of(articles, answer)
    said = [each for article in shown_articles for each in find_sayings(articles.index, article)]
    shown = [s for s in said if any(map(s.is_cited_by, answer.shown))]
    rest = [s for s in said if s not in shown]
    speakers = {s.speaker for s in shown}
    others = [s for s in rest if s.speaker not in speakers]
    ways = [
        sorted((s for s in rest if s.speaker in speakers), key=lambda s: -s.score),
        _on_topic(others, frozenset(stems(answer.standalone_question))),
        sorted(others, key=lambda s: not any(map(s.is_after, answer.shown))),
    ]
    if not answer.answered:
        ways.insert(0, shown)
    before = [*asked, answer.question, answer.standalone_question]
    trial = _Trial(articles, before, answer.citations, filters)
    found = trial.kept(_in_turns(ways), limit, _TRIED)
    return found or _about_articles(articles, shown_articles, before, limit, filters)


def examples(articles: ArticleQA, limit: int = 5) -> list[str]:
    """Returns questions to begin with, each of which is answered, on many articles and speakers.

    Where these say little, there are some about the headline and the date, too.
    """
    latest = articles.articles()[: -_ARTICLES - 1 : -1]
    ways = [_speakers_in_turns(find_sayings(articles.index, article)) for article in latest]
    found = _Trial(articles).kept(_in_turns(ways), limit, _TRIED_EXAMPLES)
    return found + _about_articles(articles, latest, (), limit - len(found))


def _articles_of(articles: ArticleQA, answer: Answer) -> list[Article]:
    """Those that an answer shows, as far as they are still there."""
    found: list[Article] = []
    for article_id in dict.fromkeys(citation.article_id for citation in answer.shown):
        with suppress(KeyError):
            found.append(articles.article(article_id))
    return found


def _on_topic(sayings: Iterable[Saying], topic: frozenset[str]) -> list[Saying]:
    """Those that share words with a topic, each with its phrases for that first."""
    sharing = [s for s in sayings if s.stems & topic]
    return [
        replace(s, topics=tuple(sorted(s.topics, key=lambda t: not t.stems & topic)))
        for s in sorted(sharing, key=lambda s: -len(s.stems & topic))
    ]


def _speakers_in_turns(sayings: Iterable[Saying]) -> list[Saying]:
    """Those who say most first, each with what is most telling."""
    own: dict[str, list[Saying]] = {}
    for saying in sorted(sayings, key=lambda s: -s.score):
        own.setdefault(saying.speaker, []).append(saying)
    return _in_turns(sorted(own.values(), key=lambda each: (not each[0].has_name, -len(each))))


def _in_turns(ways: Iterable[Sequence[Saying]]) -> list[Saying]:
    """The first of each, the second of each, and so on, none twice."""
    return list(dict.fromkeys(s for turn in zip_longest(*ways) for s in turn if s))


class _Trial:
    """Asks questions about sayings, to keep those that are answered with something new."""

    def __init__(
        self,
        articles: ArticleQA,
        asked: Iterable[str] = (),
        cited: Iterable[Citation] = (),
        filters: Filters | None = None,
    ) -> None:
        self._articles = articles
        self._filters = filters
        self._asked = [stems(question) for question in asked]
        self._cited = list(cited)
        self._topics: set[frozenset[str]] = set()
        self._tried: set[str] = set()

    def kept(self, sayings: Iterable[Saying], limit: int, most: int) -> list[str]:
        """Returns questions, no two on one topic or one quotation, of at most so many tried."""
        found: list[str] = []
        for saying in sayings:
            if len(found) == limit or len(self._tried) == most:
                break
            if (topic := self._new_topic(saying)) and self._is_answered(saying, topic):
                self._topics.add(topic.stems)
                found.append(_question(saying, topic))
        return found

    def _new_topic(self, saying: Saying) -> Topic | None:
        """The first on which nobody asked for this speaker's words."""
        surname = stem(words(saying.speaker)[-1])
        for topic in saying.topics:
            is_asked = any({surname, *topic.stems} <= asked for asked in self._asked)
            is_tried = topic.stems in self._topics or _question(saying, topic) in self._tried
            if not is_asked and not is_tried:
                return topic
        return None

    def _is_answered(self, saying: Saying, topic: Topic) -> bool:
        """Asks; tells whether the answer begins with these words, and with none cited before."""
        question = _question(saying, topic)
        self._tried.add(question)
        best = next(iter(self._articles.ask(question, filters=self._filters).citations), None)
        if best is None or best.speaker != saying.speaker or not saying.is_cited_by(best):
            return False
        if not topic.stems <= stems(best.quote):
            return False
        is_new = not any(_overlap(best, other) for other in self._cited)
        self._cited.append(best)
        return is_new


def _question(saying: Saying, topic: Topic) -> str:
    return f"What did {saying.called} say about {topic.text}?"


def _overlap(one: Citation, other: Citation) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end


def _about_articles(
    articles: ArticleQA,
    among: Collection[Article],
    asked: Collection[str],
    limit: int,
    filters: Filters | None = None,
) -> list[str]:
    """Questions about headline and date, answered from these articles or those of the filters."""
    known = [words(question) for question in asked]
    ids = {article.id for article in among}
    found: list[str] = []
    for question in _ABOUT_AN_ARTICLE if among else ():
        if len(found) < limit and words(question) not in known:
            answer = articles.ask(question, filters=filters)
            cited = {citation.article_id for citation in answer.citations}
            if cited and (filters or cited <= ids):
                found.append(question)
    return found

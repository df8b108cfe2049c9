"""What is said in an article, as questions ask for it: how speakers are called, and on what."""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from index.article_index import ArticleIndex
from index.attribution.names import is_office
from index.lexical import FUNCTION_WORDS, stem, words
from index.types import Article, Attribution, Span
from qa.topics import Topic, find_topics
from qa.types import Citation

_LEAST_WORDS = 6
"""Of what is said, for a question to be about it."""

_SHORT = 200
"""Words of an article in which a topic need not come twice."""

_MOST_NAME_WORDS = 5
_LONGEST_NAME = 60
"""Words and characters of how a question calls somebody."""

_NOBODY = re.compile(
    r"[\d\x00-\x1f\x7f-\x9f]|\b(?:of the|and)\b"
    r"|^(?:two|three|four|five|several|some|many|most|other)\b",
    re.IGNORECASE,
)
"""In what is not how a question can call somebody."""

_LOWER_CASE = re.compile(r"(?<!\w)[a-z]\w+")
_COMMON = frozenset(map(stem, "experts officials police residents witnesses".split()))
"""Who is no name, even where the article has them only with a capital."""

_SAID = frozenset(
    "acknowledged added adds announced argued argues believed believes cautioned claimed claims "
    "complained demanded denied denies described explained explains insisted insists noted notes "
    "promised reiterated replied said say saying says stressed tell tells told warned warns wrote "
    "writes".split()
)
"""Of what is attributed by one of these words, "say" is the right one, too."""


@dataclass(frozen=True)
class Saying:
    """Something that somebody says.

    Attributes:
        speaker: By name.
        called: As a question calls them: "the State Department".
        topics: What it is about, the most telling first; one at least.
        score: How telling that one is.
    """

    article_id: int
    speaker: str
    called: str
    content: tuple[Span, ...]
    topics: tuple[Topic, ...] = field(compare=False)
    score: float = field(compare=False)

    @property
    def stems(self) -> frozenset[str]:
        """Of all its topics."""
        return frozenset().union(*(topic.stems for topic in self.topics))

    @property
    def has_name(self) -> bool:
        """Whether the speaker is called by a name: not "a senior official"."""
        return self.called != self.called.lower()

    def is_cited_by(self, citation: Citation) -> bool:
        """Tells whether a citation has some of it."""
        return citation.article_id == self.article_id and any(
            start < citation.end and citation.start < end for start, end in self.content
        )

    def is_after(self, citation: Citation) -> bool:
        """Tells whether it stands behind a citation."""
        return citation.article_id == self.article_id and citation.end <= self.content[0].start


def find_sayings(index: ArticleIndex, article: Article) -> list[Saying]:
    """Returns what is said in an article of an index and has a topic, in its order."""
    said = index.attributions(article.id)
    topics = find_topics(article)
    weights = index.term_weights({s for topic in topics for s in topic.stems})
    maker = _Maker(article, _how_called(article, said), topics, weights)
    return [saying for each in said if (saying := maker.saying(each))]


class _Maker:
    """Makes sayings of an article's attributions."""

    def __init__(
        self,
        article: Article,
        called: Mapping[str, str],
        topics: Sequence[Topic],
        weights: Mapping[str, float],
    ) -> None:
        self._article = article
        self._called = called
        self._topics = topics
        self._starts = [topic.span.start for topic in topics]
        self._heads = Counter(topic.head for topic in topics)
        self._times = Counter(map(stem, words(article.text)))
        self._is_short = self._times.total() < _SHORT
        self._weights = weights

    def saying(self, attribution: Attribution) -> Saying | None:
        """Returns None where it is too short, not "said", nobody's, or on no topic."""
        name = attribution.speaker.name if attribution.speaker else ""
        own = words(_text(self._article, attribution.content))
        cue = words(_text(self._article, attribution.cue))
        if name not in self._called or len(own) < _LEAST_WORDS or _SAID.isdisjoint(cue):
            return None
        topics = self._telling(attribution.content, Counter(map(stem, own)), name)
        if not topics:
            return None
        called, score = self._called[name], self._score(topics[0])
        return Saying(self._article.id, name, called, attribution.content, topics, score)

    def _telling(
        self, content: Iterable[Span], own: Counter[str], speaker: str
    ) -> tuple[Topic, ...]:
        """The phrases in what is said of which the article speaks elsewhere, too."""
        inside = [topic for span in content for topic in self._inside(span)]
        heads = Counter(topic.head for topic in inside)
        of_speaker = set(map(stem, words(speaker)))
        telling = {
            topic.stems: topic
            for topic in inside
            if topic.stems.isdisjoint(of_speaker) and self._is_elsewhere(topic, own, heads)
        }
        return tuple(sorted(telling.values(), key=self._score, reverse=True))

    def _is_elsewhere(self, topic: Topic, own: Counter[str], heads: Counter[str]) -> bool:
        """Whether the article has it outside of what is said, too, or is too short for that."""
        if self._is_short:
            return True
        if len(topic.stems) == 1:
            return self._heads[topic.head] > heads[topic.head]
        return any(self._times[s] > own[s] for s in topic.stems)

    def _inside(self, span: Span) -> Sequence[Topic]:
        first, after = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [topic for topic in self._topics[first:after] if topic.span.end <= span.end]

    def _score(self, topic: Topic) -> float:
        """The sum of its words' TF-IDF, with the logarithm of how often the article has them."""
        return math.fsum(self._weights[s] * math.log(self._times[s]) for s in topic.stems)


def _text(article: Article, spans: Iterable[Span]) -> str:
    return " ".join(article.text[start:end] for start, end in spans)


def _how_called(article: Article, said: Iterable[Attribution]) -> dict[str, str]:
    """How questions call the speakers of an article, by name; those left out that they cannot."""
    sources: dict[str, list[str]] = {}
    for each in said:
        if each.speaker and _is_callable(each.speaker.name):
            before = (Span(max(0, start - len("the ")), end) for start, end in each.source)
            sources.setdefault(each.speaker.name, []).append(_text(article, before))
    common = _COMMON.union(map(stem, _LOWER_CASE.findall(article.text)))
    return {name: _called(name, " | ".join(own), common) for name, own in sources.items()}


def _is_callable(name: str) -> bool:
    """Whether it is a name, or "senior official", and no more than that."""
    parts = name.split()
    if not 0 < len(parts) <= _MOST_NAME_WORDS or len(name) > _LONGEST_NAME or _NOBODY.search(name):
        return False
    ends = [words(parts[0]), words(parts[-1])]
    is_title = parts[-1].istitle() and is_office(parts[-1])
    return all(ends) and FUNCTION_WORDS.isdisjoint(ends[0] + ends[-1]) and not is_title


def _called(name: str, sources: str, common: Collection[str]) -> str:
    """With the article that is before it in the text, and no capital but a name's."""
    if name[1:].islower() and stem(words(name.split()[0])[-1]) in common:
        name = name[0].lower() + name[1:]
    article = re.search(rf"\b(the|an?) {re.escape(name)}\b", sources, re.IGNORECASE)
    return f"{article[1].lower()} {name}" if article else name

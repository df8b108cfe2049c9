"""The types that the other modules of this package speak in. They import nothing of ours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Embeddings, one a row, each of length 1: shape (number of texts, dimension)."""

MediaType = Literal[
    "text/plain",
    "text/markdown",
    "text/html",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]
HeaderField = Literal["title", "author", "published", "url"]
SearchMode = Literal["hybrid", "dense", "lexical"]
Change = Literal["added", "replaced", "unchanged"]

Progress = Callable[[int, int], None]
"""Told how many of a document's texts are embedded, and how many there are."""


class Span(NamedTuple):
    """A half-open range of positions in an article's text, in Python string positions."""

    start: int
    end: int


@dataclass(frozen=True)
class Speaker:
    """Somebody who says something in an article: a person, a body, or "a senior official".

    Attributes:
        name: The fullest that the article has.
        titles: What it says that they are: "Russian Deputy Foreign Minister".
    """

    name: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attribution:
    """What is said, by whom, and the words that say so: each the spans that it is made of.

    Attributes:
        source: Who says it; empty where the article does not name it.
        cue: Most often a verb; seldom empty.
        content: What is said; seldom empty.
        speaker: Who the source is; None where the text does not decide it.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Speaker | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Those of all three."""
        return self.source + self.cue + self.content

    @property
    def place(self) -> Span:
        """From the first word of what is said to the last, with what stands between."""
        spans = self.content or self.spans
        return Span(min(start for start, _ in spans), max(end for _, end in spans))


_LEAST_SHARE = 0.2
"""Of a sentence, for it to be somebody's; two words in quotation marks are too few."""

MAX_ORIGINAL_BYTES = 20 * 1024 * 1024
"""The largest original that is read: some thousand pages of text."""


@dataclass(frozen=True)
class Original:
    """What an article is extracted from: the bytes of a file, of a page or of pasted text.

    Attributes:
        key: What makes it the same article when it is read again: the resolved path, the URL
            without its fragment, or a hash of pasted text.
        source: Where it came from, as shown to people.
        charset: The encoding that came with it, as a server declares it.
        url: Where on the web it was found, after redirects.
    """

    key: str
    source: str
    content: bytes
    media_type: MediaType
    charset: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Document:
    """An article as it was extracted.

    Attributes:
        key: See ``Original``.
        source: See ``Original``.
        text: The whole text, as extracted. Every offset counts in it.
        title: The headline.
        paragraphs: Where the headline and the paragraphs stand in ``text``, in order.
        author: Who wrote it, where known.
        published: The day it was published, where known.
        url: Where it was published, where known.
        header: Where title, author, date and URL stand in ``text``, for those that do.
        original: A digest of what it was extracted from, by which it is known without extracting.
    """

    key: str
    source: str
    text: str
    title: str
    paragraphs: tuple[Span, ...] = ()
    author: str | None = None
    published: date | None = None
    url: str | None = None
    header: Mapping[HeaderField, Span] = field(default_factory=dict)
    original: str | None = None


@dataclass(frozen=True)
class Article(Document):
    """A document in the index.

    ``id`` is never used again, not even after a removal.
    """

    id: int = 0


@dataclass(frozen=True)
class PassageSpan:
    """Where a passage and its sentences stand in the article's text."""

    start: int
    end: int
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Passage:
    """A passage of an article: ``article.text[start:end] == text``.

    Attributes:
        sentences: The bounds of its sentences, in positions of the article's text.
        score: How well it matches the question; comparable within one search only.
    """

    id: int
    article_id: int
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    score: float = 0.0

    def sentence(self, span: Span) -> str:
        """Returns the text of one of its sentences."""
        return self.text[span.start - self.start : span.end - self.start]

    def scored(self, score: float) -> "Passage":
        """Returns a copy with this score."""
        return replace(self, score=score)


@dataclass(frozen=True)
class Hit:
    """A found passage with what it was found by.

    Attributes:
        article: Of the passage, as it was when the passage was found.
        dense: Cosine of question and passage, -1 to 1.
        bm25: Of the question's words in the passage, 0 or more.
        coverage: Share of the question's words that the passage has, the telling ones counting
            more, 0 to 1.
        sentence_cosines: Cosine of the question and each sentence of the passage.
        attributions: Who says what in the passage, in its order.
    """

    passage: Passage
    article: Article
    dense: float
    bm25: float
    coverage: float
    sentence_cosines: tuple[float, ...]
    attributions: tuple[Attribution, ...] = ()

    def speaker(self, span: Span) -> Speaker | None:
        """Returns whose words a stretch of the passage holds most; None where hardly anybody's."""
        shares = self._shares(span)
        best = max(shares, key=shares.__getitem__, default=None)
        enough = best and shares[best] >= _LEAST_SHARE * (span.end - span.start)
        return best if enough else None

    def speakers(self, span: Span) -> list[Speaker | None]:
        """Returns whose words are in a stretch of the passage."""
        return list(self._shares(span))

    def _shares(self, span: Span) -> dict[Speaker | None, int]:
        """How many characters of a stretch are whose words."""
        shares: dict[Speaker | None, int] = {}
        for each in self.attributions:
            share = sum(max(0, min(e, span.end) - max(s, span.start)) for s, e in each.content)
            if share:
                shares[each.speaker] = shares.get(each.speaker, 0) + share
        return shares


@dataclass(frozen=True)
class Filters:
    """Which articles to search. Everything that is None does not narrow.

    Attributes:
        articles: Ids of articles.
        since: First day of publication, included.
        until: Last day of publication, included. An article without a date is in no range.
    """

    articles: Sequence[int] | None = None
    since: date | None = None
    until: date | None = None


class Encoder(Protocol):
    """Turns texts into vectors. Equal fingerprints promise equal vectors."""

    @property
    def model(self) -> str:
        """The model's name."""
        ...

    @property
    def fingerprint(self) -> str:
        """Of the model's files."""
        ...

    @property
    def dimension(self) -> int:
        """Of its vectors."""
        ...

    @property
    def max_tokens(self) -> int:
        """How much of a text it sees."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns the normalised vectors of passages or sentences, shape (len(texts), dim)."""
        ...

    def encode_question(self, question: str) -> Vectors:
        """Returns the normalised vector of a question, shape (dimension,)."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Returns each text's number of tokens as a passage, nothing cut off.

        Those are included that the model adds: special ones, and a prompt where it has one.
        """
        ...

"""Who says what in the articles: statements by speaker and by topic, without a question."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.article_index import ArticleIndex
from index.types import Article, Attribution, Filters, Hit, Span, Speaker
from qa.citing import cite
from qa.types import Citation

LIMIT = 50
"""How many statements are returned unless more are asked for."""

_SEARCHED = 200
"""How many passages are looked at for a topic."""

_QUOTED = re.compile(r"[“«„][^”»“]*[”»]?|\"[^\"]*\"?|(?<!\w)[‘'][^’']*[’'](?!\w)")

Manner = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True)
class Quotation:
    """A statement that an article reports.

    Attributes:
        speaker: Who makes it; None where the text does not decide it.
        titles: What the article says that the speaker is.
        citation: From its first word to its last, with what stands between.
        content: The stretches of the article that it is made of.
        source: How the article calls the speaker there: "he".
        cue: The words that say so: "said".
        manner: Direct where all of it is in quotation marks, mixed where some is. An article
            whose marks were lost has indirect ones alone.
    """

    speaker: str | None
    titles: tuple[str, ...]
    citation: Citation
    content: tuple[Span, ...]
    source: str
    cue: str
    manner: Manner


@dataclass(frozen=True)
class SpeakerFound:
    """Somebody who says something in the articles.

    Attributes:
        titles: What the articles say that they are.
        article_ids: Of the articles in which they do.
        statements: How many there are in all.
    """

    name: str
    titles: tuple[str, ...]
    article_ids: tuple[int, ...]
    statements: int


def all_speakers(index: ArticleIndex) -> list[SpeakerFound]:
    """Returns all speakers of an index, those first who say most."""
    said: dict[str, list[tuple[int, Speaker]]] = {}
    for article in index.articles():
        for each in index.attributions(article.id):
            if each.speaker:
                said.setdefault(each.speaker.name, []).append((article.id, each.speaker))
    found = [
        SpeakerFound(
            name,
            tuple(dict.fromkeys(title for _, speaker in own for title in speaker.titles)),
            tuple(dict.fromkeys(article_id for article_id, _ in own)),
            len(own),
        )
        for name, own in said.items()
    ]
    return sorted(found, key=lambda speaker: -speaker.statements)


def find_quotes(
    index: ArticleIndex,
    speakers: Sequence[Speaker] | None,
    about: str | None,
    limit: int,
    filters: Filters | None = None,
) -> list[Quotation]:
    """Returns statements.

    Args:
        index: Whose.
        speakers: Whose; all if None.
        about: What the first ones are nearest to; None for the order of the articles.
        limit: The most that are returned.
        filters: Which articles to look at; all if None.
    """
    filters = filters or Filters()
    if speakers is not None:
        quoting = index.articles_quoting(speakers)
        allowed = quoting if filters.articles is None else set(quoting) & set(filters.articles)
        filters = replace(filters, articles=sorted(allowed))
    if about is not None:
        placed = _nearest_first(index.search(about, _SEARCHED, filters=filters))
    else:
        placed = [
            (article, each)
            for article in index.articles()
            if filters.articles is None or article.id in filters.articles
            for each in index.attributions(article.id)
        ]
    names = None if speakers is None else {speaker.name for speaker in speakers}
    chosen = [p for p in placed if names is None or (p[1].speaker and p[1].speaker.name in names)]
    return [_quotation(*pair, number) for number, pair in enumerate(chosen[:limit], start=1)]


def _nearest_first(hits: Sequence[Hit]) -> list[tuple[Article, Attribution]]:
    """The statements of passages, by the cosine of the topic and their nearest sentence."""
    nearest: dict[tuple[int, Span], float] = {}
    placed: dict[tuple[int, Span], tuple[Article, Attribution]] = {}
    for hit in hits:
        for each in hit.attributions:
            key = hit.article.id, each.place
            closeness = _closeness(hit, each)
            if closeness > nearest.get(key, -1.0):
                nearest[key], placed[key] = closeness, (hit.article, each)
    return [placed[key] for key in sorted(nearest, key=lambda key: -nearest[key])]


def _closeness(hit: Hit, attribution: Attribution) -> float:
    overlapping = (
        cosine
        for cosine, span in zip(hit.sentence_cosines, hit.passage.sentences, strict=True)
        if any(start < span.end and span.start < end for start, end in attribution.content)
    )
    return max(overlapping, default=-1.0)


def _quotation(article: Article, attribution: Attribution, number: int) -> Quotation:
    speaker = attribution.speaker
    name = speaker.name if speaker else None
    return Quotation(
        name,
        speaker.titles if speaker else (),
        cite(article, number, attribution.place, 1.0, name),
        attribution.content,
        _words(article, attribution.source),
        _words(article, attribution.cue),
        manner(article.text, attribution.content),
    )


def _words(article: Article, spans: Iterable[Span]) -> str:
    return " ".join(article.text[start:end] for start, end in spans)


def manner(text: str, content: Iterable[Span]) -> Manner:
    """Returns whether a statement is quoted, by the quotation marks of the article's text."""
    said = " ".join(text[start:end] for start, end in content)
    rest = _QUOTED.sub("", said)
    if rest == said:
        return "indirect"
    return "mixed" if re.search(r"\w", rest) else "direct"

"""Questions about the article itself: its headline, its date, its address."""

import re

from index.types import Article, HeaderField

_ARTICLE = r"(?:(?:this|the|that|your) )?(?:news )?(?:article|story|piece)"
_IT = rf"(?:{_ARTICLE}|it|this)"
_PUBLISHED = r"(?:first )?(?:published|written|posted|released|dated|from|come out|appear)"
_ADDRESS = r"(?:link|url|web ?(?:site|page|address)|source|outlet|publisher)"
_OUTLET = r"(?:who|(?:what|which) (?:web ?site|site|outlet|newspaper|publisher))"
_END = r"\W*$"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{pattern}" for pattern in patterns), re.IGNORECASE)


_PATTERNS: dict[HeaderField, re.Pattern[str]] = {
    "title": _any(
        rf"headline{_END}",
        rf"(?:headline|title) of {_ARTICLE}\b",
        rf"{_ARTICLE}(?:'?s)? (?:headline|title)\b",
        rf"{_IT} (?:called|titled|headlined|entitled){_END}",
        rf"what(?:'?s| is) the title{_END}",
    ),
    "published": _any(
        rf"(?:when|(?:what|which) (?:date|day|year)) (?:was|is|did) {_IT} {_PUBLISHED}{_END}",
        r"(?:publication|publishing) date\b",
        r"date of publication\b",
        rf"date (?:of|on) {_ARTICLE}{_END}",
        rf"{_ARTICLE}(?:'?s)? date{_END}",
        rf"how old is {_IT}{_END}",
        rf"what(?:'?s| is) the date{_END}",
    ),
    "url": _any(
        rf"{_ADDRESS} (?:of|for|to) {_ARTICLE}\b",
        rf"{_ARTICLE}(?:'?s)? {_ADDRESS}\b",
        rf"{_OUTLET} (?:published|posted|ran|carried) {_IT}{_END}",
        rf"where (?:was|is|did|does) {_IT} {_PUBLISHED}{_END}",
        rf"where can i (?:find|read) {_IT}{_END}",
        rf"what(?:'?s| is) the (?:link|url|web ?address){_END}",
    ),
}


def asked_field(question: str) -> HeaderField | None:
    """Returns which fact about the article itself is asked for, None for other questions."""
    text = question.replace("’", "'")
    return next((name for name, pattern in _PATTERNS.items() if pattern.search(text)), None)


def describe(article: Article, asked: HeaderField, *, alone: bool) -> str | None:
    """Returns the statement that answers it, None where the article's text does not hold it.

    The article is named by its headline unless it is ``alone``, the only one spoken of.
    """
    if asked not in article.header:
        return None
    name = "The article" if alone else f"“{article.title}”"
    if asked == "published" and article.published:
        return f"{name} is dated {article.published.day} {article.published:%B %Y}."
    if asked == "url" and not alone:
        return f"{name} is from {article.url}"
    span = article.header[asked]
    return article.text[span.start : span.end]

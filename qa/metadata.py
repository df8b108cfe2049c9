"""Questions about the article itself: its headline, its author, its date, its address."""

import re

from index.types import Article, HeaderField

_ARTICLE = r"(?:(?:this|the|that|your) )?(?:news )?(?:article|story|piece)"
_IT = rf"(?:{_ARTICLE}|it|this)"
_PUBLISHED = r"(?:first )?(?:published|written|posted|released|dated|from|come out|appear)"
_ADDRESS = r"(?:link|url|web ?(?:site|page|address)|source|outlet|publisher)"
_OUTLET = r"(?:who|(?:what|which) (?:web ?site|site|outlet|newspaper|publisher))"


def _any(*patterns: str) -> re.Pattern[str]:
    # Nothing may follow: "the date of the article" is asked for, "... that Sherman wrote" is not.
    joined = "|".join(patterns)
    return re.compile(rf"^[^?]*\b(?:{joined})\W*$", re.IGNORECASE)


_PATTERNS: dict[HeaderField, re.Pattern[str]] = {
    "title": _any(
        r"headline",
        rf"(?:headline|title) of {_ARTICLE}",
        rf"{_ARTICLE}(?:'?s)? (?:headline|title)",
        rf"{_IT} (?:called|titled|headlined|entitled)",
        r"what(?:'?s| is) the title",
        rf"(?:what|which) headline (?:does|did) {_ARTICLE}(?: (?:about|on) .*)? "
        r"(?:carry|bear|have|run under)",
        rf"under (?:what|which) (?:headline|title) (?:was|is|did|does) {_IT} {_PUBLISHED}",
    ),
    "author": _any(
        rf"who wrote {_ARTICLE}",
        rf"{_ARTICLE} (?:was |is )?(?:written|authored) by",
        rf"by whom (?:was|is) {_ARTICLE} written",
        rf"(?:authors?|byline|writers?) of {_ARTICLE}",
        rf"{_ARTICLE}(?:'?s)? (?:authors?|byline|writers?)",
        r"who(?:'?s| is| are| was| were) the authors?",
        r"what(?:'?s| is) the (?:author'?s name|byline)",
    ),
    "published": _any(
        rf"(?:when|(?:what|which) (?:date|day|year)) (?:was|is|did) {_IT} {_PUBLISHED}",
        r"(?:publication|publishing) date",
        r"date of publication",
        rf"date (?:of|on) {_ARTICLE}",
        rf"{_ARTICLE}(?:'?s)? date",
        rf"how old is {_IT}",
        r"what(?:'?s| is) the date",
    ),
    "url": _any(
        rf"{_ADDRESS} (?:of|for|to) {_ARTICLE}",
        rf"{_ARTICLE}(?:'?s)? {_ADDRESS}",
        rf"{_OUTLET} (?:published|posted|ran|carried) {_IT}",
        rf"where (?:was|is|did|does) {_IT} {_PUBLISHED}",
        rf"where can i (?:find|read) {_IT}",
        r"what(?:'?s| is) the (?:link|url|web ?address)",
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

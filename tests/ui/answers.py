"""Answers and refusals made by hand, for what shows or keeps them."""

from datetime import date

from qa.types import Answer, Citation, Searched, Statement

URL = "https://news.example/weather?a=1&b=2"


def citation(quote: str, number: int = 1, article_id: int = 1, start: int = 0) -> Citation:
    return Citation(
        number=number,
        article_id=article_id,
        title="Weather",
        url=URL,
        published=date(2024, 1, 2),
        source="news.txt",
        start=start,
        end=start + len(quote),
        quote=quote,
        speaker="Jane Orr",
        score=0.75,
    )


def answered(question: str, *citations: Citation) -> Answer:
    statements = tuple(Statement(c.quote, (c,), c.score) for c in citations)
    text = " ".join(f"{c.quote} [{c.number}]" for c in citations)
    return Answer(question, question, text, True, 0.9, statements=statements)


def refused(question: str, *closest: Citation) -> Answer:
    text, searched = "The articles do not say.", Searched(2, 3)
    return Answer(question, question, text, False, 0.1, closest=closest, searched=searched)

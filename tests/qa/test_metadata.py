import pytest

from index.types import Article, HeaderField, Span
from qa.metadata import asked_field, describe
from qa.service import ArticleQA


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What is the headline?", "title"),
        ("what's the title of this article", "title"),
        ("What is the article's title?", "title"),
        ("What is the article’s title?", "title"),
        ("What is this story called?", "title"),
        ("Which headline does this article on the talks carry?", "title"),
        ("Under what title was it published?", "title"),
        ("Who wrote this article?", "author"),
        ("who is the author", "author"),
        ("Who were the authors of the story?", "author"),
        ("What is the article’s byline?", "author"),
        ("By whom was this story written?", "author"),
        ("When was the article published?", "published"),
        ("Which day was this news story first published?", "published"),
        ("What is the publication date?", "published"),
        ("How old is it?", "published"),
        ("What is the URL of the article?", "url"),
        ("Where was this published?", "url"),
        ("Which newspaper published the story?", "url"),
        ("Where can I read it?", "url"),
    ],
)
def test_questions_about_the_article_itself_are_recognised(
    question: str, asked: HeaderField
) -> None:
    assert asked_field(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "When was the package published?",
        "Who published the readout?",
        "Who wrote the treaty?",
        "Who is the author of the bill?",
        "What is the title of Wendy Sherman?",
        "What date was the package authorized?",
        "How old is Biden?",
        "Where were the talks held?",
        "What made headlines in Moscow?",
        "Which title does Wendy Sherman have?",
        "Which title does the article give Ryabkov?",
        "Which headline does the article say was wrong?",
        "What date does the article give for the meeting in Vienna?",
        "What is the source of the tension?",
    ],
)
def test_questions_that_look_like_them_are_not_taken_for_them(
    bundled_qa: ArticleQA, question: str
) -> None:
    header = set(bundled_qa.articles()[0].header.values())
    cited = {(c.start, c.end) for c in bundled_qa.ask(question).citations}
    assert asked_field(question) is None
    assert not cited & header


@pytest.mark.parametrize(
    ("question", "text", "quote"),
    [
        (
            "What is the headline?",
            "US says no breakthrough in frank and forthright talks with Russia over Ukraine border "
            "crisis [1]",
            "US says no breakthrough in frank and forthright talks with Russia over Ukraine border "
            "crisis",
        ),
        (
            "When was the article published?",
            "The article is dated 10 January 2022. [1]",
            "20220110",
        ),
        (
            "What is the link to the article?",
            "https://krdo.com/politics/cnn-us-politics/2022/01/10/"
            "us-and-russia-hold-crunch-talks-over-ukraine-border-crisis/ [1]",
            "https://krdo.com/politics/cnn-us-politics/2022/01/10/"
            "us-and-russia-hold-crunch-talks-over-ukraine-border-crisis/",
        ),
    ],
)
def test_they_are_answered_with_the_slice_that_says_it(
    bundled_qa: ArticleQA, question: str, text: str, quote: str
) -> None:
    answer = bundled_qa.ask(question)
    (citation,) = answer.citations
    article = bundled_qa.article(citation.article_id)
    assert (answer.text, answer.confidence, citation.quote) == (text, 1.0, quote)
    assert article.text[citation.start : citation.end] == quote


def test_a_date_that_is_no_calendar_day_is_answered_as_it_is_written() -> None:
    text = "date: Easter"
    article = Article("k", "s", text, "t", header={"published": Span(6, 12)})
    assert describe(article, "published", alone=True) == "Easter"


@pytest.mark.parametrize(
    "question",
    [
        "What is the publication date of the Pentagon report?",
        "What is the source of the story about helicopters?",
        "Is there a link to the article 5 commitment?",
        "What did Ryabkov say about NATO? When was this published?",
        "What is the headline inflation rate?",
    ],
)
def test_a_fact_of_something_else_is_not_taken_for_the_articles(question: str) -> None:
    assert asked_field(question) is None

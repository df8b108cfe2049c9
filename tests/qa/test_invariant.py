"""Whatever the article and the question, a citation is an exact slice of its article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from qa.service import ArticleQA

QUESTIONS = [
    "what did Ryabkov say about NATO?",
    "What did Sherman say about de-escalation?",
    "What did Blinken say on Sunday?",
    "How many troops are near the border?",
    "How much assistance was authorized in December?",
    "When did the talks end?",
    "Where were the talks held?",
    "Who is Jon Finer?",
    "Why is the State Department silent about the new package?",
    "Does Russia intend to invade?",
    "Is the new package a game-changer?",
    "What was delivered by the end of the year?",
    "Which treaty was mentioned?",
    "What is the headline?",
    "When was the article published?",
    "Where was it published?",
    "What did Macron say about the talks?",
    "How many helicopters did Poland send?",
    "NATO",
    "¿qué dijo Riabkov?",
    "🚀 12",
]
BEGINNINGS = [
    "İnci said no. ",
    "İnci’s 🚢\r\n20220110\r\nhttps://news.example/é\r\n",
    "---\r\ntitle: İnci 🚢\r\ndate: 2022-01-10\r\n---\r\n\r\nİnci said no. ",
]
ODD_TEXTS = st.lists(
    st.sampled_from(
        [
            *[
                "\n",
                "\r\n",
                "\r",
                "\n\n",
                "\t",
                "  ",
                "\u00a0",
                "\u2028",
                "\x85",
                "\u200b",
                "\ufeff",
            ],
            *[
                "İnci said no. ",
                "cafe\u0301 ",
                "e\u0301\u0323",
                "\u0301",
                "🚢",
                "👩‍👩‍👧 ",
                "\U00020000",
            ],
            *[
                "אמרה השרה. ",
                "قالت الوزيرة. ",
                "\u202eevil\u202c ",
                "“Dr. Ōe’s?” ",
                "ﬁne ",
                "…",
                "x" * 300,
            ],
            *[
                "20220110\n",
                "https://news.example/\n",
                "U.S. ",
                "$3.5 million. ",
                "<b>&amp;</b> ",
                "- ",
            ],
        ]
    )
    | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8),
    min_size=1,
    max_size=25,
).map("".join)


def _assert_exact(articles: ArticleQA, answer: qa.Answer) -> None:
    for citation in (*answer.citations, *answer.closest):
        text = articles.article(citation.article_id).text
        assert citation.quote
        assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("question", QUESTIONS)
def test_citations_of_the_packaged_article_are_exact(bundled_qa: ArticleQA, question: str) -> None:
    answer = bundled_qa.ask(question)
    assert answer.citations or answer.closest
    _assert_exact(bundled_qa, answer)


@pytest.mark.usefixtures("encoder")
@settings(max_examples=15, deadline=None)
@given(st.sampled_from(BEGINNINGS), ODD_TEXTS, st.sampled_from([".txt", ".md"]))
def test_citations_of_odd_texts_are_exact(
    tmp_path_factory: pytest.TempPathFactory, beginning: str, odd: str, suffix: str
) -> None:
    text = beginning + odd
    source = (tmp_path_factory.getbasetemp() / "odd").with_suffix(suffix)
    source.write_bytes(text.encode())
    with qa.open(source) as articles:
        assert [article.text for article in articles.articles()] == [text]
        for question in ("What did İnci say?", "What is the headline?", "What is the date?"):
            _assert_exact(articles, articles.ask(question))


@settings(max_examples=60, deadline=None)
@given(
    question=st.text(max_size=40)
    | st.lists(
        st.sampled_from('did say when who NATO Ryabkov " * : - . [1] AND NEAR( ’ what’s'.split()),
        min_size=1,
    ).map(" ".join)
)
def test_any_question_is_answered_exactly_or_refused(bundled_qa: ArticleQA, question: str) -> None:
    try:
        answer = bundled_qa.ask(question)
    except qa.QuestionError:
        return
    assert 0 <= answer.confidence <= 1
    _assert_exact(bundled_qa, answer)

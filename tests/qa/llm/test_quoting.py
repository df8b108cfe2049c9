"""Quotations get the bytes of the article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.llm.quoting import with_exact_quotations

ARTICLE = 'We cant  wait\nany longer - not here, she said. It is "over", Orr said.'


@pytest.mark.parametrize(
    ("statement", "exact"),
    [
        ('She said: "We can\'t wait".', 'She said: "We cant wait".'),
        ("She said “we can’t wait any longer – not here”.", None),
        ("She said “we can’t wait … not here.”", "She said “We cant wait … not here.”"),
        ("Nothing is quoted here.", "Nothing is quoted here."),
    ],
)
def test_a_quotation_becomes_what_the_article_has(statement: str, exact: str | None) -> None:
    found = with_exact_quotations(statement, [ARTICLE])
    assert found == (exact or "She said “We cant wait any longer - not here”.")


def test_words_that_stand_nowhere_are_no_quotation() -> None:
    assert with_exact_quotations("She said “we can wait”.", [ARTICLE]) is None
    assert with_exact_quotations("She said “We cant wait”.", []) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_taken(statement: str, passage: str) -> None:
    with_exact_quotations(statement, [passage])


@given(st.integers(0, len(ARTICLE) - 1), st.integers(1, 30))
def test_what_is_cut_out_of_the_article_stays(start: int, length: int) -> None:
    quoted = " ".join(ARTICLE[start : start + length].split()).replace('"', "")
    statement = f"It says “{quoted}”."
    assert with_exact_quotations(statement, [ARTICLE]) is not None

import pytest

from index.attribution.tidying import tidied
from index.types import Attribution, Span


@pytest.mark.parametrize(
    ("text", "content", "tidy"),
    [
        ("It rained, he said.", "It rained, ", "It rained"),
        ("He said it rained.", "it rained.", "it rained"),
        ("He said: “It rained.”", "“It rained.”", "“It rained.”"),
        ("He left. It rained. He said so.", "It rained.", "It rained."),
        ("It rained.", "It rained.", "It rained."),
        ("He likes the U.S.", "the U.S.", "the U.S."),
        ("He said , and left", ",", ","),
    ],
)
def test_punctuation_of_the_sentence_is_no_part_of_what_is_said(
    text: str, content: str, tidy: str
) -> None:
    start = text.index(content)
    found = tidied(text, Attribution((), (), (Span(start, start + len(content)),)))
    assert [text[s:e] for s, e in found.content] == [tidy]


def test_a_stretch_of_marks_alone_is_no_part_of_it() -> None:
    text = "It rained, he said."
    content = (Span(0, 9), Span(9, 10))
    assert tidied(text, Attribution((), (), content)).content == (Span(0, 9),)

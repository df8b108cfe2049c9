"""Articles as tokens, with what was annotated in them."""

from evals.stripping import without_marks
from evals.training.attribution.texts import Article, Link, article_of
from index.attribution.labels import CONTENT, CUE, OUTSIDE, SOURCE, begins, goes_on
from tests.evals.training.reader.made import TOKENIZER
from tests.index.attribution.made import document_of, said

DOCUMENT = document_of("Orr said “it rained”.", "“No,” he said, “never”.")
SAID = [
    said(DOCUMENT, "Orr", "said", "“it rained”"),
    said(DOCUMENT, "he", "said", "“No,”", "“never”"),
]


def tokens(article: Article, numbers: tuple[int, ...]) -> list[str]:
    return [str(TOKENIZER.id_to_token(article.ids[i])) for i in numbers]


def test_the_parts_of_an_attribution_are_its_tokens() -> None:
    article = article_of(DOCUMENT, SAID, TOKENIZER)
    first, second = article.links
    assert (
        tokens(article, first.source) == ["orr"]
        or "".join(tokens(article, first.source)) == "or##r"
    )
    assert tokens(article, first.cue) == ["said"]
    assert tokens(article, first.content)[1:-1] == ["it", "rained"]
    assert tokens(article, second.content) == ["“", "no", ",", "”", "“", "never", "”"]
    assert article.paragraphs[0].stop == article.paragraphs[1].start
    assert article.paragraphs[1].stop == len(article.ids)


def test_labels_begin_and_go_on() -> None:
    article = article_of(DOCUMENT, SAID, TOKENIZER)
    [first, second] = article.links
    assert article.labels[first.source[0]] == begins(SOURCE)
    assert article.labels[first.cue[0]] == begins(CUE)
    assert [article.labels[i] for i in first.content] == [begins(CONTENT)] + [goes_on(CONTENT)] * 3
    assert [article.labels[i] for i in second.content[3:5]] == [goes_on(CONTENT), begins(CONTENT)]
    assert article.labels[article.paragraphs[0].stop - 1] == OUTSIDE


def test_without_marks_the_same_words_are_said() -> None:
    document, attributions = without_marks(DOCUMENT, SAID)
    assert document.text == "Orr said it rained.\nNo, he said, never."
    assert [document.text[s:e] for s, e in attributions[1].content] == ["No,", "never"]
    assert [document.text[s:e] for s, e in document.paragraphs] == document.text.split("\n")


def test_what_was_only_marks_is_gone() -> None:
    document = document_of("He said “”.")
    _, [bare] = without_marks(document, [said(document, "He", "said", "“”")])
    assert bare.content == ()
    assert article_of(document, [bare], TOKENIZER).links == (Link((0,), (1,), ()),)

"""PolNeAR: who said what in political news, and by which words the article says so."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from evals.loaders.files import located, read_json_lines
from evals.types import Collection, Evidence, Sample
from index.sentences import split_paragraphs
from index.types import Attribution, Document, Span

_WORD = re.compile(r"\w+")
_QUOTATION_MARK = re.compile(r"[“”\"]|''|``")
_FEWEST_WORDS, _MOST_WORDS = 6, 40
_PRONOUNS = frozenset(
    "i we you he she it they one some many most several few all this that these those "
    "my our your his her its their who".split()
)
"""With the determiners: they begin sentences, in an article that may not have them elsewhere."""


@dataclass(frozen=True)
class _Row:
    id: str
    text: str
    attributions: tuple[Attribution, ...]


def load_attributions(path: Path) -> list[tuple[Document, list[Attribution]]]:
    """Loads a file of JSON lines: the articles, each with the attributions in it.

    Raises:
        SourceError: It cannot be read, is of another format, or a span is none of its article.
    """
    loaded = []
    for place, row in read_json_lines(path, _Row):
        with located(place):
            _check(row)
        loaded.append((_document(row), list(row.attributions)))
    return loaded


def load_polnear(path: Path) -> Collection:
    """Loads a file of JSON lines as what a fact-checker asks of all of its articles: who said it.

    Asked is about attributions to someone with a name, whose content is a short stretch of one
    paragraph; about the same words once.

    Raises:
        SourceError: It cannot be read, is of another format, or a span is none of its article.
    """
    loaded = load_attributions(path)
    samples: dict[str, Sample] = {}
    for document, attributions in loaded:
        for sample in _samples(document, attributions):
            samples.setdefault(sample.question, sample)
    return Collection(path.stem, tuple(d for d, _ in loaded), tuple(samples.values()))


def _check(row: _Row) -> None:
    for each in row.attributions:
        for start, end in each.spans:
            if not 0 <= start < end <= len(row.text):
                raise ValueError(f"[{start}, {end}] is no stretch of its text")


def _document(row: _Row) -> Document:
    paragraphs = tuple(split_paragraphs(row.text, Span(0, len(row.text))))
    title = row.text.strip().partition("\n")[0].rstrip()
    return Document(row.id, row.id, row.text, title or row.id, paragraphs)


def _samples(document: Document, attributions: list[Attribution]) -> Iterator[Sample]:
    no_names = _PRONOUNS.union(_WORD.findall(document.text))
    for each in attributions:
        source, content = _words(document, each.source), _words(document, each.content)
        if _has_name(source, no_names) and _is_asked(each, content, document):
            yield _sample(document, source, content, each.content[0])


def _words(document: Document, spans: tuple[Span, ...]) -> str:
    return " ".join(" ".join(document.text[start:end] for start, end in spans).split())


def _has_name(source: str, no_names: Set[str]) -> bool:
    """Tells whether a word has a capital, and not only for standing where a sentence begins.

    Args:
        source: Who says something.
        no_names: Words in lower case that the article has too, or that are pronouns.
    """
    return any(word[0].isupper() and word.lower() not in no_names for word in _WORD.findall(source))


def _is_asked(attribution: Attribution, content: str, document: Document) -> bool:
    if len(attribution.content) != 1:
        return False
    [(start, end)] = attribution.content
    return _FEWEST_WORDS <= len(content.split()) <= _MOST_WORDS and any(
        paragraph.start <= start and end <= paragraph.end for paragraph in document.paragraphs
    )


def _sample(document: Document, source: str, content: str, span: Span) -> Sample:
    # The question puts marks of its own around it.
    asked = _QUOTATION_MARK.sub("", content).strip(" ,")
    return Sample(
        id=f"{document.key}:{span.start}",
        question=f'Who said "{asked}"?',
        kind="who-said",
        answerable=True,
        alternatives=((Evidence(document.key, *span),),),
        answers=(source,),
        speaker=(source,),
    )

"""Planted faults: which of them the checking of a language model's statements catches.

    python -m evals.planted

prints how many of the faults are caught, by kind, how many true statements are wrongly left out,
and how long a check takes.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from evals.loaders.files import located, read_json_lines
from evals.packaged import load_article
from evals.types import Part
from evals.uncertainty import interval, mean
from index.attribution.finding import find_attributions
from index.encoder import load_encoder
from index.sentences import split_sentences
from index.types import Article, Document, Hit, Passage, Span
from qa.checking.checker import Checker
from qa.checking.types import Cited, Verdict

TRUE = "true"
ALL_FAULTS = "all faults"

Check = Callable[[str, Sequence[Cited]], Verdict]


@dataclass(frozen=True)
class Planted:
    """A statement with the sentences that it cites.

    Attributes:
        fault: What is wrong with it; None for a true one.
    """

    id: str
    article: str
    statement: str
    cited: tuple[Cited, ...]
    fault: str | None


@dataclass(frozen=True)
class Checked:
    """A statement after checking.

    Attributes:
        seconds: That it took.
    """

    planted: Planted
    verdict: Verdict
    seconds: float

    @property
    def is_left_out(self) -> bool:
        """Whether it is not shown."""
        return self.verdict.reason is not None


@dataclass(frozen=True)
class _Row:
    id: str
    article: str
    statement: str
    cited: tuple[Span, ...]
    fault: str | None


def load_planted(part: Part) -> list[Planted]:
    """Loads the statements that come with the project. Fit and look at ``tune`` alone.

    Raises:
        SourceError: They cannot be read, or cite what is no sentence.
    """
    with as_file(files("evals").joinpath("data", f"planted-{part}.jsonl")) as path:
        return read_planted(path, load_article)


def read_planted(path: Path, find: Callable[[str], Document]) -> list[Planted]:
    """Reads a file of statements.

    Args:
        path: Of JSON lines.
        find: Returns the article of a name.

    Raises:
        SourceError: It cannot be read, or a statement cites what is no sentence of its article.
    """
    articles: dict[str, _Sentences] = {}
    planted: list[Planted] = []
    for place, row in read_json_lines(path, _Row):
        with located(place):
            if row.article not in articles:
                articles[row.article] = _Sentences(find(row.article))
            cited = tuple(articles[row.article].cited(span) for span in row.cited)
            planted.append(Planted(row.id, row.article, row.statement, cited, row.fault))
    return planted


def check_all(planted: Sequence[Planted], check: Check) -> list[Checked]:
    """Checks statements one by one, as they would come from a language model."""
    checked = []
    for each in planted:
        started = time.perf_counter()
        verdict = check(each.statement, each.cited)
        checked.append(Checked(each, verdict, time.perf_counter() - started))
    return checked


def report(checked: Sequence[Checked]) -> Iterator[str]:
    """Yields the lines of a table: what is left out, of the true ones and of each kind of fault."""
    faults = [each for each in checked if each.planted.fault]
    groups = {TRUE: [each for each in checked if not each.planted.fault], ALL_FAULTS: faults}
    for each in faults:
        groups.setdefault(str(each.planted.fault), []).append(each)
    yield f"{'statements':22} {'left out':>10}   95% interval"
    for name, own in groups.items():
        if own:
            left_out = np.array([each.is_left_out for each in own], dtype=float)
            low, high = interval(mean, left_out)
            count = f"{left_out.sum():.0f}/{len(own)}"
            yield f"{name:22} {count:>10}   {low:.2f} to {high:.2f}"
    times = np.array([each.seconds for each in checked]) * 1000
    yield f"milliseconds: median {np.median(times):.0f}, longest {times.max():.0f}"


def article_sentences(document: Document) -> list[Cited]:
    """Returns the sentences of an article, as they are cited."""
    sentences = _Sentences(document)
    return [sentences.cited(span) for span in sentences.spans]


class _Sentences:
    """The sentences of an article, with who says them."""

    def __init__(self, document: Document) -> None:
        self._article = Article(**vars(document))
        text = document.text
        self.spans = [s for p in document.paragraphs for s in split_sentences(text, p)]
        whole = Passage(0, 0, 0, len(text), text, tuple(self.spans))
        attributions = tuple(find_attributions(document))
        self._hit = Hit(whole, self._article, 0.0, 0.0, 0.0, (), attributions)

    def cited(self, span: Span) -> Cited:
        """Returns one of them."""
        place = self.spans.index(span)
        text = self._article.text
        speaker = self._hit.speaker(span)
        return Cited(
            text[slice(*span)],
            speaker.name if speaker else None,
            text[slice(*self.spans[place - 1])] if place else "",
            self._article.title,
            self._article.published,
        )


def main() -> None:
    """Prints what is caught of the planted faults."""
    checker = Checker(load_encoder())
    planted = load_planted("test")
    checker.check(planted[0].statement, planted[0].cited)  # The model is read at its first use.
    for line in report(check_all(planted, checker.check)):
        print(line)


if __name__ == "__main__":
    main()

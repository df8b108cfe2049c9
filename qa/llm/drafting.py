"""An answer that a language model writes, as far as it is checked."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.article_index import ArticleIndex
from qa.checking.checker import Checker
from qa.checking.types import Cited
from qa.citing import cite
from qa.llm.protocol import Written
from qa.llm.sources import Source, clean
from qa.refusals import refuse
from qa.retrieving import Retrieved
from qa.types import Answer, Citation, LeftOut, Statement, render

_CITES_NOTHING = "it cites nothing"
_CITES_UNSHOWN = "it cites a sentence that it was not shown"
_REPEATED = "it says again what was said"
_BROKEN_OFF = "the language model broke off"


@dataclass
class Draft:
    """An answer that grows by the statements that its sources support.

    Attributes:
        found: What is answered, and from what.
        mode: The model's name.
        sources: What the model was shown, by id.
        checker: Says whether a statement is supported.
        statements: Those that are shown.
        left_out: Those that are not, with the reasons.
    """

    found: Retrieved
    mode: str
    sources: Mapping[str, Source]
    checker: Checker
    statements: list[Statement] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _first: float | None = None

    def add(self, written: Written) -> bool:
        """Checks a statement and keeps it, as shown or as left out. Returns whether it is shown."""
        reason = self._fault(written)
        if reason:
            self.left_out.append(LeftOut(Statement(written.text, (), 0.0), reason, self.mode))
            return False
        cited = [self.sources[each] for each in dict.fromkeys(written.ids)]
        verdict = self.checker.check(written.text, [_cited(source) for source in cited])
        statement = self._statement(written.text, cited, verdict.support)
        if verdict.reason:
            self.left_out.append(LeftOut(statement, verdict.reason, self.mode))
            return False
        for source in cited:
            self._numbers.setdefault(source.id, len(self._numbers) + 1)
        self.statements.append(self._statement(written.text, cited, verdict.support))
        self._first = self._first or time.perf_counter()
        return True

    def answer(self) -> Answer:
        """Returns it as it is so far."""
        return Answer(
            self.found.question,
            self.found.standalone,
            render(self.statements),
            True,
            min(statement.support for statement in self.statements),
            statements=tuple(self.statements),
            left_out=tuple(self.left_out),
            mode=self.mode,
            timings=self._timings(),
            searched=self.found.searched,
        )

    def refusal(self, index: ArticleIndex) -> Answer:
        """Returns the word that the articles do not say, as the model found."""
        refusal = refuse(index, self.found)
        return Answer(
            self.found.question,
            self.found.standalone,
            refusal.text,
            False,
            0.0,
            left_out=tuple(self.left_out),
            closest=refusal.closest,
            mode=self.mode,
            timings=self._timings(),
            searched=self.found.searched,
        )

    def broken_off(self) -> list[LeftOut]:
        """Returns all that was written of an answer that did not come to its end."""
        shown = [LeftOut(each, _BROKEN_OFF, self.mode) for each in self.statements]
        return [*shown, *self.left_out]

    def _fault(self, written: Written) -> str | None:
        if not written.ids:
            return _CITES_NOTHING
        if not self.sources.keys() >= set(written.ids):
            return _CITES_UNSHOWN
        if written.text in (statement.text for statement in self.statements):
            return _REPEATED
        return None

    def _statement(self, text: str, cited: Sequence[Source], support: float) -> Statement:
        """With the numbers that its citations have, or would have if it were shown."""
        unseen = [source.id for source in cited if source.id not in self._numbers]
        numbers = self._numbers | {
            each: len(self._numbers) + place for place, each in enumerate(unseen, start=1)
        }
        citations = [_citation(source, numbers[source.id], support) for source in cited]
        return Statement(text, tuple(citations), support)

    def _timings(self) -> dict[str, float]:
        """Seconds; ``first`` is from the question to the first statement that was shown."""
        started, retrieved, now = self.found.started, self.found.finished, time.perf_counter()
        timings = {"retrieve": retrieved - started, "write": now - retrieved}
        if self._first:
            timings["first"] = self._first - started
        return timings | {"total": now - started}


def _citation(source: Source, number: int, support: float) -> Citation:
    speaker = source.hit.speaker(source.span)
    name = speaker.name if speaker else None
    return cite(source.hit.article, number, source.span, support, name)


def _cited(source: Source) -> Cited:
    """Cleaned as the model saw it, for so it quotes."""
    article, passage = source.hit.article, source.hit.passage
    place = passage.sentences.index(source.span)
    before = passage.sentence(passage.sentences[place - 1]) if place else ""
    title = clean(article.title)
    return Cited(source.text, source.speaker, clean(before), title, article.published)

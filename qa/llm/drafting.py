"""An answer that a language model writes, as far as it is checked."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.article_index import ArticleIndex
from index.sentences import split_sentences
from index.types import Span
from qa.checking.checker import Checker
from qa.checking.types import Cited, Verdict
from qa.citing import cite
from qa.llm.protocol import Written
from qa.llm.quoting import with_exact_quotations
from qa.llm.sources import Source, clean
from qa.refusals import refuse
from qa.retrieving import Retrieved
from qa.types import Answer, Citation, LeftOut, Statement, render

_CITES_NOTHING = "it cites nothing"
_CITES_UNSHOWN = "it cites a sentence that it was not shown"
_REPEATED = "it says again what was said"
_GARBLED = "it holds a piece of an id"
_ANOTHERS = "these are not the words of whom the question asks about"
_MISQUOTED = "a quotation in it is not word for word"
_UNFINISHED = "the language model did not finish its answer"

NOT_SHOWN = 0
"""The number of a citation that stands in no answer."""


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
        # In the order of the articles, which the checking asks for.
        cited = [source for each, source in self.sources.items() if each in written.ids]
        verdict = self._verdict(written, cited)
        passages = (source.hit.passage.text for source in cited)
        text = with_exact_quotations(written.text, passages)
        if verdict.reason or text is None:
            reason = verdict.reason or _MISQUOTED
            citations = [_citation(source, NOT_SHOWN, verdict.support) for source in cited]
            left = Statement(written.text, tuple(citations), verdict.support)
            self.left_out.append(LeftOut(left, reason, self.mode))
            return False
        for source in cited:
            self._numbers.setdefault(source.id, len(self._numbers) + 1)
        citations = [_citation(s, self._numbers[s.id], verdict.support) for s in cited]
        self.statements.append(Statement(text, tuple(citations), verdict.support))
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
        shown = [LeftOut(_unnumbered(each), _UNFINISHED, self.mode) for each in self.statements]
        return [*shown, *self.left_out]

    def _verdict(self, written: Written, cited: Sequence[Source]) -> Verdict:
        """Whether all of a statement is supported, each of its sentences on its own."""
        if fault := self._fault(written, cited):
            return Verdict(0.0, fault)
        facts = [_cited(source) for source in cited]
        spans = split_sentences(written.text, Span(0, len(written.text)))
        checks = [self.checker.check(written.text[start:end], facts) for start, end in spans]
        return min(checks, key=lambda verdict: (verdict.reason is None, verdict.support))

    def _fault(self, written: Written, cited: Sequence[Source]) -> str | None:
        """What is wrong with a statement whatever it says."""
        if not written.ids or not written.text:
            return _CITES_NOTHING
        if not self.sources.keys() >= set(written.ids):
            return _CITES_UNSHOWN
        if any(each in written.text.casefold() for each in self.sources):
            return _GARBLED
        if written.text in (statement.text for statement in self.statements):
            return _REPEATED
        if self._is_anothers(cited):
            return _ANOTHERS
        return None

    def _is_anothers(self, cited: Sequence[Source]) -> bool:
        """Whether somebody's words are asked for, and these are another's."""
        asked = self.found.asked
        if asked is None or not (asked.speakers or asked.is_unquoted):
            return False
        said_by = {source.hit.speaker(source.span) for source in cited} - {None}
        return bool(said_by) and said_by.isdisjoint(asked.speakers)

    def _timings(self) -> dict[str, float]:
        """Seconds; ``first`` is from the question to the first statement that was shown."""
        started, retrieved, now = self.found.started, self.found.finished, time.perf_counter()
        timings = {"retrieve": retrieved - started, "write": now - retrieved}
        if self._first:
            timings["first"] = self._first - started
        return timings | {"total": now - started}


def _unnumbered(statement: Statement) -> Statement:
    citations = tuple(replace(each, number=NOT_SHOWN) for each in statement.citations)
    return replace(statement, citations=citations)


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

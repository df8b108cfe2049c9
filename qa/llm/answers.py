"""Answers in a language model's words: a statement is shown once it was checked, or never."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from index.types import Filters
from qa.checking.checker import Checker
from qa.conversation.standing_alone import stand_alone
from qa.extracting import Extractor
from qa.llm.drafting import Draft
from qa.llm.errors import LlmError
from qa.llm.messages import Limits
from qa.llm.model import LanguageModel
from qa.llm.prompts import answer_messages, room_for_sources
from qa.llm.protocol import Refused, parse
from qa.llm.rewriting import rewrite
from qa.llm.sources import sources
from qa.question import check_question
from qa.retrieving import Retrieved, find_passages
from qa.types import Answer, LeftOut, Turn

_ANSWERING = Limits()


class _NothingWritten(Exception):  # noqa: N818 - it ends the writing, and nobody else sees it
    """There is nothing to show of what a language model wrote."""

    def __init__(self, why: str, left_out: Sequence[LeftOut] = ()) -> None:
        super().__init__(why)
        self.left_out = tuple(left_out)


class Writer:
    """Lets a language model answer, and shows of it what the cited sentences support."""

    def __init__(self, extractor: Extractor, model: LanguageModel) -> None:
        """Takes what answers where the model does not, and the model."""
        self._extractor = extractor
        self._model = model
        self._checker = Checker(extractor.index.encoder)

    @property
    def model(self) -> str:
        """The model's name."""
        return self._model.name

    def answers(
        self, question: str, filters: Filters | None, history: Sequence[Turn]
    ) -> Iterator[Answer]:
        """Yields the answer to a question as it grows; see ``ArticleQA.stream``."""
        started = time.perf_counter()
        checked = check_question(question)
        failed = None
        try:
            standalone = rewrite(self._model, checked, history)
        except LlmError as error:
            standalone, failed = stand_alone(checked, history), _NothingWritten(str(error))
        index = self._extractor.index
        found = find_passages(index, question, standalone, filters, started)
        # What an article's head states needs no prose, and of the absent there is nothing to write.
        if found.field or not found.hits or found.is_about_nobody_there:
            yield from self._extractor.extract(found)
            return
        try:
            if failed:
                raise failed
            yield from self._write(found)
        except _NothingWritten as nothing:
            notice = f"{_sentence(str(nothing))} This is the answer without it."
            for answer in self._extractor.extract(found):
                left_out = (*nothing.left_out, *answer.left_out)
                yield replace(answer, notice=notice, left_out=left_out)

    def _write(self, found: Retrieved) -> Iterator[Answer]:
        room = room_for_sources(found.standalone, _ANSWERING.prompt_tokens)
        shown = sources(found.hits, room)
        if not shown:
            raise _NothingWritten("the question is too long for the language model")
        name = self._model.name
        draft = Draft(found, name, {source.id: source for source in shown}, self._checker)
        messages = answer_messages(found.standalone, shown)
        refused = False
        try:
            with closing(self._model.stream(messages, _limits(found))) as pieces:
                for part in parse(pieces):
                    if isinstance(part, Refused):
                        refused = True
                    elif draft.add(part):
                        yield draft.answer()
        except LlmError as error:
            raise _NothingWritten(str(error), draft.broken_off()) from error
        if draft.statements:
            yield draft.answer()
        elif refused:
            yield draft.refusal(self._extractor.index)
        else:
            why = f"nothing that {name} wrote is supported by what it cites"
            raise _NothingWritten(why, draft.left_out)


def _limits(found: Retrieved) -> Limits:
    """What is left of the time for an answer, of which a rewriting may have taken some."""
    spent = time.perf_counter() - found.started
    return replace(_ANSWERING, seconds=max(0.0, _ANSWERING.seconds - spent))


def _sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."

"""Follow-up questions made to stand alone by a language model."""

from collections.abc import Iterator, Sequence

from index.lexical import stems
from index.sentences import split_sentences
from index.types import Span
from qa.conversation.standing_alone import stand_alone
from qa.llm.messages import Limits
from qa.llm.model import LanguageModel
from qa.llm.prompts import rewrite_messages
from qa.llm.protocol import MAX_REWRITTEN, read_rewritten
from qa.question import check_question
from qa.types import QuestionError, Turn

_LIMITS = Limits(seconds=30.0, silence=30.0, output_tokens=200)


def rewrite(model: LanguageModel, question: str, history: Sequence[Turn]) -> str:
    """Returns a follow-up as the model would ask it without what came before.

    The rules do it where the model leaves it as it is, or brings in what nobody spoke of: its words
    are shown, too.

    Raises:
        LlmError: The model failed.
    """
    if not history or len(question) > MAX_REWRITTEN:
        return stand_alone(question, history)
    reply = "".join(model.stream(rewrite_messages(question, history), _LIMITS))
    try:
        written = check_question(read_rewritten(reply, question))
    except QuestionError:
        return stand_alone(question, history)
    known = stems(" ".join([question, *_spoken_of(history)]))
    is_one = len(split_sentences(written, Span(0, len(written)))) == 1
    if written == question or not is_one or not stems(written) <= known:
        return stand_alone(question, history)
    return written


def _spoken_of(history: Sequence[Turn]) -> Iterator[str]:
    for turn in history:
        answer = turn.answer
        yield from (turn.question, answer.standalone_question, answer.text)
        for citation in answer.shown:
            yield from (citation.title, citation.quote, citation.speaker or "")

"""Follow-up questions made to stand alone, by rules."""

from collections.abc import Sequence

from index.lexical import stems
from qa.conversation.context import Context
from qa.conversation.fragments import completed
from qa.conversation.phrases import Phrases
from qa.conversation.pronouns import has_pronoun, resolve
from qa.question import check_question
from qa.types import QuestionError, Turn


def stand_alone(question: str, turns: Sequence[Turn]) -> str:
    """Returns the question so that it can be understood without the turns before it.

    One that stands alone already is returned as it is, and so is one of which the rules cannot
    tell what it means: what they write is left by them as it is.
    """
    if not turns:
        return question
    context = Context(turns)
    written = _written(question, context)
    try:
        checked = check_question(written)
    except QuestionError:
        return question
    return checked if _written(checked, context) == checked else question


def _written(question: str, context: Context) -> str:
    if full := completed(question, context):
        return full
    resolved = resolve(question, context)
    if resolved != question or has_pronoun(question):
        return resolved
    return _with_topic(question, context)


def _with_topic(question: str, context: Context) -> str:
    """With the topic, where it asks for something of it: "What are the causes?"."""
    topic, own = next(iter(context.topics), None), Phrases(question).all
    if topic is None or not own or not own[-1].is_related or any(p.is_name for p in own):
        return question
    is_at_end = own[-1].end == len(question.rstrip("?. "))
    if not is_at_end or stems(topic.bare) & stems(question):
        return question
    return f"{question.rstrip('?. ')} of {topic.text}?"

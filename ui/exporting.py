"""Conversations as files: Markdown for people, JSON for programs, every citation whole."""

import json
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from qa import cli
from qa.sureness import sureness
from qa.types import Answer, Citation

_READ_ANYWHERE = re.compile(r"[\\`*_\[\]<>#~$]|&(?=#?\w+;)")
_READ_AT_START = re.compile(r"^(\d+(?=[.)])|(?=[-+]))")
"""A list, or a rule."""

_OF_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"
"""What stays as it is in an address."""


def to_json(turns: Sequence[Answer]) -> str:
    """Returns a conversation as a JSON list, an answer as ``article-qa ask --json`` prints it."""
    return json.dumps([cli.to_json(answer) for answer in turns], ensure_ascii=False, indent=2)


def to_markdown(turns: Sequence[Answer]) -> str:
    """Returns a conversation as Markdown: questions as headings, below each answer its quotes.

    Whatever people or articles wrote is escaped: none of it is read as markup.
    """
    return (
        "\n\n".join(["# Conversation", *(block for turn in turns for block in _turn(turn))]) + "\n"
    )


def _turn(answer: Answer) -> Iterable[str]:
    yield f"## {_line(answer.question)}"
    if answer.is_rewritten:
        yield f"Asked as: {_line(answer.standalone_question)}"
    if answer.notice:
        yield f"*{_line(answer.notice)}*"
    if answer.answered:
        yield _answer(answer)
        yield f"({_line(sureness(answer))})"
    else:
        yield f"**{_line(answer.text)}**"
        if answer.searched:
            yield str(answer.searched)
        if answer.closest:
            yield "The closest passages, which may not be about the question:"
    yield from map(_citation, answer.shown)
    if answer.withheld:
        yield "Left out by the checks:"
        yield "\n".join(f"- {_line(w.statement.text)} ({_line(w.reason)})" for w in answer.withheld)


def _answer(answer: Answer) -> str:
    statements = " ".join(
        f"{_line(s.text)} {''.join(f'[{c.number}]' for c in s.citations)}"
        for s in answer.statements
    )
    return f"**{_line(answer.short.quote)}** – {statements}" if answer.short else statements


def _citation(citation: Citation) -> str:
    lines = (_line(line) for line in citation.quote.splitlines() if line.strip())
    quoted = "\n>\n> ".join(lines)
    return f"> [{citation.number}] “{quoted}”\n>\n> {_facts(citation)}"


def _facts(citation: Citation) -> str:
    facts = [
        citation.speaker and _line(citation.speaker),
        _line(citation.title),
        citation.published and citation.published.isoformat(),
        _origin(citation),
        f"characters {citation.start} to {citation.end}",
    ]
    return f"— {' · '.join(fact for fact in facts if fact)}"


def _origin(citation: Citation) -> str:
    if citation.url and citation.url.startswith(("http://", "https://")):
        return f"<{quote(citation.url, safe=_OF_ADDRESSES)}>"
    return _line(citation.source)


def _line(text: str) -> str:
    """Escaped, on one line."""
    escaped = _READ_ANYWHERE.sub(r"\\\g<0>", " ".join(text.split()))
    return _READ_AT_START.sub(r"\1\\", escaped)

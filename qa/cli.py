"""``article-qa ask``: one question, one answer, and the quotations that it is made of."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.console import (
    BAD_INPUT,
    IndexOption,
    complain,
    errors_reported,
    named_sources,
    progress_shown,
)

if TYPE_CHECKING:
    from qa.types import Answer, Citation, LeftOut

app = typer.Typer(add_completion=False)

ReaderOption = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="NAME",
        help="What chooses the sentences that answer (default: the reader that comes with the "
        "program): none for similarity and shared words alone, or a cross-encoder or "
        "question-answering model, by folder or Hugging Face name.",
        show_default=False,
    ),
]

LlmOption = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="MODEL",
        help="A language model that writes the answer, of which each statement is checked "
        "(default: ARTICLE_QA_LLM_MODEL, or none: the answer is made of quotations).",
        show_default=False,
    ),
]
LlmBaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--llm-base-url",
        metavar="URL",
        help="Of the model's OpenAI-compatible server, as http://127.0.0.1:11434/v1 (default: "
        "ARTICLE_QA_LLM_BASE_URL). A key is read from ARTICLE_QA_LLM_API_KEY alone.",
        show_default=False,
    ),
]


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="At most 2,000 characters.")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Files (text, Markdown, HTML, PDF, DOCX), folders, web addresses, or - for the "
            "standard input, to ask instead of your index. An index of just these is kept in the "
            "user's cache directory; with --index they are added to that one, and all of it is "
            "asked.",
            show_default=False,
        ),
    ] = None,
    index: IndexOption = None,
    reader: ReaderOption = None,
    llm: LlmOption = None,
    llm_base_url: LlmBaseUrlOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Answer a question with exact quotations, or say that the articles do not answer it.

    Without SOURCE it asks your own index, which until you add articles is the packaged one.
    """
    import qa

    with errors_reported(), progress_shown() as progress:
        model = qa.LlmSettings.from_environment(llm, llm_base_url)
        read = named_sources(sources) if sources else None
        with qa.open(
            read, index_dir=index, reader=reader, llm=model, progress=progress
        ) as articles:
            answer = articles.ask(question)
            typer.echo(_as_json(answer) if as_json else to_text(answer))
            for error in articles.skipped:
                complain(str(error))
            if articles.skipped:
                complain(f"{len(articles.skipped)} could not be read")
                raise typer.Exit(BAD_INPUT)


def to_text(answer: "Answer") -> str:
    """Returns an answer as it is printed: the text, then each citation with where it is from."""
    from qa.sureness import sureness

    lines = [f"Asked as: {answer.standalone_question}", ""] if answer.is_rewritten else []
    lines += [answer.notice, ""] if answer.notice else []
    lines += [answer.text, *([f"({sureness(answer)})"] if answer.answered else []), ""]
    if not answer.answered and answer.searched:
        lines += [str(answer.searched), ""]
    if not answer.answered and answer.shown:
        lines.append("The closest passages:")
    for citation in answer.shown:
        said_by = f"said by {citation.speaker} · " if citation.speaker else ""
        lines.append(f'[{citation.number}] "{citation.quote}"')
        lines.append(f"    {said_by}{place(citation)}")
    if answer.withheld:
        lines += ["", "Left out by the checks:"]
        lines += [f"- {left.statement.text} ({left.reason})" for left in answer.withheld]
    return "\n".join(lines).rstrip()


def place(citation: "Citation") -> str:
    """Returns the article that is cited: headline, date, and its address or file."""
    published = str(citation.published or "")
    facts = [citation.title, published, citation.url or citation.source]
    return " · ".join(fact for fact in facts if fact)


def _as_json(answer: "Answer") -> str:
    return json.dumps(to_json(answer), ensure_ascii=False)


def to_json(answer: "Answer") -> dict[str, Any]:
    """Returns an answer as the object that ``--json`` prints; timings in seconds."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "text": answer.text,
        "short": answer.short and _citation(answer.short),
        "answered": answer.answered,
        "confidence": answer.confidence,
        "citations": [_citation(citation) for citation in answer.citations],
        "closest": [_citation(citation) for citation in answer.closest],
        "searched": answer.searched and asdict(answer.searched),
        "left_out": [_left_out(left) for left in answer.left_out],
        "mode": answer.mode,
        "notice": answer.notice,
        "timings": dict(answer.timings),
    }


def _left_out(left: "LeftOut") -> dict[str, Any]:
    return {
        "text": left.statement.text,
        "reason": left.reason,
        "mode": left.mode,
        "citations": [_citation(citation) for citation in left.statement.citations],
    }


def _citation(citation: "Citation") -> dict[str, Any]:
    return {
        "number": citation.number,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "speaker": citation.speaker,
        "score": citation.score,
        "article": {
            "id": citation.article_id,
            "title": citation.title,
            "url": citation.url,
            "published": citation.published and citation.published.isoformat(),
            "source": citation.source,
        },
    }

"""Conversations as Markdown and JSON."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa.service import ArticleQA
from qa.types import LeftOut, Statement
from tests.ui.answers import URL, answered, citation, refused
from ui.exporting import to_json, to_markdown

RAIN = answered("Did it rain?", citation("Rain fell."), citation("It fell twice.", 2, start=11))
HOSTILE = [
    "<script>alert(1)</script>",
    "[a](javascript:alert(1)) ![b](http://evil.example/x.png)",
    "`code` *a* _b_ ~~c~~ **d** $e$",
    "# no heading #",
    "1. no list",
    "2) no list",
    "- no list",
    "+ no list",
    "> no quote",
    "--- ",
    "***",
    "```",
    "~~~",
    "===",
    "&lt; &#60; &amp;",
    "<https://evil.example>",
    "\\ \\* a\\",
    "[1]: http://evil.example",
    "a | b",
]


def rendered(markdown: str) -> ElementTree.Element:
    """As a reader of it shows it, tables and strikethrough included."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    return ElementTree.fromstring(f"<body>{html}</body>")


def shown(element: ElementTree.Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def test_question_answer_and_quotes_are_there_whole() -> None:
    assert to_markdown([RAIN]) == (
        "# Conversation\n\n"
        "## Did it rain?\n\n"
        "Rain fell. [1] It fell twice. [2]\n\n"
        "(likely what you asked for)\n\n"
        "> [1] “Rain fell.”\n>\n"
        f"> — Jane Orr · Weather · 2024-01-02 · <{URL}> · characters 0 to 10\n\n"
        "> [2] “It fell twice.”\n>\n"
        f"> — Jane Orr · Weather · 2024-01-02 · <{URL}> · characters 11 to 25\n"
    )


def test_the_short_answer_stands_in_front() -> None:
    short = replace(RAIN, short=citation("Rain"))
    assert "\n\n**Rain** – Rain fell. [1]" in to_markdown([short])


def test_a_rewritten_question_is_told() -> None:
    rewritten = replace(RAIN, question="And rain?", standalone_question="Was there *rain*?")
    body = rendered(to_markdown([rewritten]))
    assert shown(body.find("h2")) == "And rain?"
    assert shown(body.find("p")) == "Asked as: Was there *rain*?"


def test_a_refusal_says_what_was_searched_and_shows_the_closest_passages() -> None:
    body = rendered(to_markdown([refused("Did it snow?", citation("Rain fell.\nAll day."))]))
    assert shown(body.find("p/strong")) == "The articles do not say."
    assert shown(body.findall("p")[1]) == "Searched: 2 of 3 articles."
    assert "The closest passages" in shown(body.findall("p")[2])
    assert [shown(p) for p in body.findall("blockquote/p")[:2]] == ["[1] “Rain fell.", "All day.”"]


def test_a_refusal_without_passages_names_none() -> None:
    assert "closest" not in to_markdown([refused("Did it snow?")])


def test_without_a_web_address_the_source_is_named() -> None:
    for url in (None, "javascript:alert(1)"):
        quoted = replace(citation("Rain fell."), url=url, speaker=None, published=None)
        assert "> — Weather · news.txt · characters 0 to 10" in to_markdown(
            [answered("Rain?", quoted)]
        )


def test_an_address_does_not_end_its_link() -> None:
    quoted = replace(citation("Rain fell."), url="https://a.example/x> <b>*")
    link = rendered(to_markdown([answered("Rain?", quoted)])).find("blockquote/p/a")
    assert link is not None
    assert link.get("href") == "https://a.example/x%3E%20%3Cb%3E*"


def assert_shown_as_written(text: str) -> None:
    quoted = replace(citation(text), title=text, speaker=text, url=None, source=text)
    turns = [
        replace(answered(text, quoted), short=quoted, standalone_question=f"x {text}"),
        replace(refused(text, quoted), text=text, standalone_question=" ".join(text.split())),
    ]
    body = rendered(to_markdown(turns))
    line = " ".join(text.split())
    assert [shown(h) for h in body.findall("h2")] == [line, line]
    assert {e.tag for e in body.iter()} == {"body", "h1", "h2", "p", "strong", "blockquote"}
    paragraphs = [shown(p) for p in body.findall("p")]
    assert paragraphs[:2] == [f"Asked as: x {line}", f"{line} – {line} [1]"]
    assert paragraphs[2:4] == ["(likely what you asked for)", line]
    facts = f"— {line} · {line} · 2024-01-02 · {line} · characters 0 to {len(text)}"
    assert [shown(q) for q in body.findall("blockquote")] == [f"[1] “{line}” {facts}"] * 2


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_as_it_was_written(text: str) -> None:
    assert_shown_as_written(text)


@given(st.text(st.sampled_from("ab1 .-+*_`~#>=<&;|[]()!:\\$\"'"), min_size=1).filter(str.strip))
def test_no_text_is_read_as_markup(text: str) -> None:
    assert_shown_as_written(text)


def test_json_has_every_citation_whole(bundled_qa: ArticleQA) -> None:
    answer = bundled_qa.ask("what did Ryabkov say about NATO?")
    refusal = bundled_qa.ask("what did Macron say about the talks?")
    first, second = json.loads(to_json([answer, refusal]))
    told, known = first["citations"][0], answer.citations[0]
    assert told["quote"] == known.quote
    assert (told["start"], told["end"], told["speaker"]) == (
        known.start,
        known.end,
        "Sergey Ryabkov",
    )
    assert told["article"] == {
        "id": known.article_id,
        "title": known.title,
        "url": known.url,
        "published": "2022-01-10",
        "source": known.source,
    }
    assert [c["quote"] for c in second["closest"]] == [c.quote for c in refusal.closest]
    assert (first["question"], second["answered"]) == (answer.question, False)


def test_real_answers_are_exported(bundled_qa: ArticleQA) -> None:
    answer = bundled_qa.ask("what did Ryabkov say about NATO?")
    body = rendered(to_markdown([answer]))
    assert shown(body.find("p")).startswith(" ".join(answer.text.split())[:100])
    assert len(body.findall("blockquote")) == len(answer.citations)


def test_who_wrote_it_what_was_left_out_and_why_it_is_not_the_models_are_told() -> None:
    left_out = (LeftOut(Statement("It *snowed*.", (), 0.0), "it cites nothing", "model_1"),)
    written = replace(RAIN, mode="model_1", left_out=left_out)
    markdown = to_markdown([written, replace(RAIN, notice="The model failed.")])
    assert "(written by model\\_1, each statement checked against what it cites)" in markdown
    assert "- It \\*snowed\\*. (it cites nothing)" in markdown
    assert "*The model failed.*\n\nRain fell." in markdown
    (record, fallen_back) = json.loads(to_json([written, replace(RAIN, notice="Failed.")]))
    assert record["mode"] == "model_1"
    assert record["left_out"] == [
        {
            "text": "It *snowed*.",
            "reason": "it cites nothing",
            "mode": "model_1",
            "citations": [],
        }
    ]
    assert fallen_back["notice"] == "Failed."

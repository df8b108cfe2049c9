"""Turns of a conversation as messages of Gradio's chat."""

from inspect import cleandoc
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.ui.answers import answered, citation, refused
from ui.html.answers import answer_html
from ui.messages import (
    edited_question,
    problem_message,
    question_message,
    turns_messages,
)

RAIN = answered("Did *it* rain?", citation("Rain fell."))
SNOW = refused("Did it snow?", citation("Rain fell."))
HOSTILE = [
    "<script>alert(1)</script> <b>b</b> <!-- c -->",
    "[a](javascript:alert(1)) ![b](http://evil.example/x.png)",
    "[a]\n\n[a]: http://evil.example",
    "`code` ```\nmore\n``` ~~~",
    "*a* **b** _c_ __d__ ~~e~~ $f$ \\(g\\)",
    "# no heading #\nnone\n===\nnone\n---",
    "1. no list\n2) none\n- none\n+ none\n* none",
    "> no quote",
    "***\n___\n---",
    "&lt; &#60; &amp;",
    "<https://evil.example>",
    "\\ \\* a\\\nb\\",
    "| a | b |\n|---|---|\n| c | d |",
    "a\n:-:",
    "one\n\ntwo\n\n    no code\n\n\tnone\n\n  \tnone",
    "one\r\rtwo\r\r    no code",
]
_SYMBOLS = st.text(st.sampled_from("ab1 .-+*_`~#>=<&;|[]()!:\\$\"'\n\t/w@"))


def rendered(question: str) -> ElementTree.Element:
    """As the chat shows a question; Gradio strips what it is given, and breaks its lines."""
    content = cleandoc(question_message(question)["content"])
    markdown = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    return ElementTree.fromstring(f"<body>{markdown.render(content)}</body>")


def assert_shown_as_typed(question: str) -> None:
    body = rendered(question)
    assert {element.tag for element in body.iter()} <= {"body", "p", "br"}
    assert "".join("".join(body.itertext()).split()) == "".join(question.split())


@given(st.text() | _SYMBOLS)
@example("\\*a\\\\* &#32; &#9; &amp;#32; &\\#32;")
@example("  a\n\tb\r c")
@example("https://www.a.example WWW.b.example")
def test_a_question_that_nobody_changed_is_the_same(question: str) -> None:
    assert edited_question(question_message(question)["content"]) == question


def test_what_somebody_changed_is_in_the_question() -> None:
    content = question_message("What did U.S.-Iran *talks* bring in 1.?")["content"]
    changed = f"{content.replace('talks', 'deals (new)')} #2"
    assert edited_question(changed) == "What did U.S.-Iran *deals (new)* bring in 1.? #2"


@pytest.mark.parametrize("question", HOSTILE)
def test_markup_is_shown_as_it_was_typed(question: str) -> None:
    assert_shown_as_typed(question)


@given(_SYMBOLS)
def test_nothing_typed_is_read_as_markup(question: str) -> None:
    assert_shown_as_typed(question)


@pytest.mark.parametrize("address", ["https://a.example", "ftp://a.example", "www.a.example"])
def test_no_address_is_made_a_link_in_which_its_escapes_would_show(address: str) -> None:
    content = question_message(f"{address}/x_y")["content"]
    assert not content.startswith(address)
    assert_shown_as_typed(f"{address}/x_y")


def test_a_question_in_words_stays_as_it_is() -> None:
    question = "What did the U.S.-based AT&T's vice-president say: “no”, $5 (or 3.5%)!?"
    assert question_message(question)["content"] == question


def test_questions_are_the_users_and_answers_the_assistants() -> None:
    assert turns_messages([RAIN, SNOW]) == [
        {"role": "user", "content": "Did \\*it\\* rain?"},
        {"role": "assistant", "content": answer_html(RAIN, 1)},
        {"role": "user", "content": "Did it snow?"},
        {"role": "assistant", "content": answer_html(SNOW, 2)},
    ]


def test_a_problem_is_the_assistants_and_escaped() -> None:
    message = problem_message("<b> is empty")
    assert message["role"] == "assistant"
    assert "&lt;b&gt; is empty" in message["content"]

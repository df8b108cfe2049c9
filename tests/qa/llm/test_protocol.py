"""What is made of a model's reply, however it arrives."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.llm.prompts import CANNOT_ANSWER
from qa.llm.protocol import (
    MAX_REWRITTEN,
    MAX_STATEMENTS,
    Refused,
    Written,
    parse,
    read_rewritten,
)
from qa.llm.segments import MAX_LENGTH
from qa.llm.sources import CLOSING, ID, OPENING

A = Written("Ryabkov saw no progress.", ("kq72", "zp29"))
B = Written("Sherman saw 9,000 men.", ("bd45",))


def read(reply: str) -> list[Written | Refused]:
    return list(parse([reply]))


@pytest.mark.parametrize(
    "reply",
    [
        "Ryabkov saw no progress. [kq72] [zp29]\nSherman saw 9,000 men. [bd45]",
        "Ryabkov saw no progress [kq72, zp29].\r\n\r\nSherman saw 9,000 men [bd45].",
        "Ryabkov saw no progress. [kq72][zp29] Sherman saw 9,000 men. [bd45]",
        "Ryabkov saw no progress.[kq72;zp29]Sherman saw 9,000 men.[bd45]",
        "Ryabkov saw no progress [kq72] [zp29]. Sherman saw 9,000 men [bd45].",
        "Ryabkov [kq72] saw no progress [zp29].\nSherman [bd45] saw 9,000 men.\n",
        "- Ryabkov saw no progress. [kq72] [zp29]\n* Sherman saw 9,000 men. [bd45]",
        "1. Ryabkov saw no progress. (kq72, zp29) 2. Sherman saw 9,000 men. (bd45)",
        "**Ryabkov** saw *no* progress. **[kq72] [zp29]**\n\n### Sherman saw 9,000 men. [bd45]",
        "```text\nRyabkov saw no progress. [kq72] [zp29]\nSherman saw 9,000 men. [bd45]\n```",
        "<think>\nRyabkov... [xx99]\nHm. </think>\n\nRyabkov saw no progress. [kq72] [zp29]"
        "\nSherman saw 9,000 men. [bd45]",
        "Answer: Ryabkov saw no progress. 【kq72】［zp29］\u2028Sherman saw 9,000 men. 【bd45】",
        "Ryabkov saw no progress.\n[kq72] [zp29]\nSherman saw 9,000 men.\n[bd45]",
        "[kq72] [zp29] Ryabkov saw no progress.\n[bd45] Sherman saw 9,000 men.",
        "According to [kq72, zp29], Ryabkov saw no progress.\n[bd45]: Sherman saw 9,000 men.",
        "Ryabkov saw no progress (see [kq72] and [zp29]).\nSherman saw 9,000 men ([bd45]).",
        "Ryabkov saw no progress. kq72 zp29\nSherman saw 9,000 men. [source: bd45]",
        "Ryabkov saw no progress. [KQ72] [z\u200bp29] [kq72]\nSherman saw 9,000 men. [bd45",
    ],
)
def test_what_models_make_of_the_format_is_read(reply: str) -> None:
    assert read(reply + "\n") == [A, B]


def test_an_unknown_id_is_kept_and_no_marker_of_ours_can_be_written() -> None:
    assert read("Moscow does want a war. [1] [aa1]") == [
        Written("Moscow does want a war.", ("1", "aa1"))
    ]


def test_a_preamble_is_a_statement_without_ids() -> None:
    assert read(f"Here is the answer:\n{A.text} [kq72] [zp29]") == [
        Written("Here is the answer:", ()),
        A,
    ]


def test_a_quotation_may_begin_or_end_a_statement() -> None:
    reply = '"No," he said. [kq72] "Not now." [zp29]\nHe said "never [bd45]." “Why?” [kq72]'
    assert read(reply) == [
        Written('"No," he said.', ("kq72",)),
        Written('"Not now."', ("zp29",)),
        Written('He said "never."', ("bd45",)),
        Written("“Why?”", ("kq72",)),
    ]


def test_what_is_no_id_stays_in_the_text_in_round_brackets() -> None:
    assert read("“[They] know,” he said [sic] of the G20 (MH17). [kq72]") == [
        Written("“(They) know,” he said (sic) of the G20 (MH17).", ("kq72",))
    ]


@pytest.mark.parametrize(
    "reply",
    [
        CANNOT_ANSWER,
        CANNOT_ANSWER.rstrip(".").upper(),
        f"<think>Is it there? [kq72]</think>\n**{CANNOT_ANSWER}**\n\nBut Ryabkov spoke. [kq72]",
        f"{CANNOT_ANSWER} [kq72]",
        f"{CANNOT_ANSWER.rstrip('.')} question, since nobody was asked.",
    ],
)
def test_the_phrase_is_a_refusal_and_ends_the_reading(reply: str) -> None:
    assert read(reply) == [Refused()]


def test_after_a_statement_with_ids_the_phrase_takes_nothing_back() -> None:
    assert read(f"{A.text} [kq72, zp29]\n{CANNOT_ANSWER}\n{B.text} [bd45]") == [A]
    assert read(f"Hm.\n{CANNOT_ANSWER}") == [Written("Hm.", ()), Refused()]


def test_somebody_who_says_the_phrase_is_quoted() -> None:
    text = f"“{CANNOT_ANSWER}”, he said."
    assert read(f"{text} [kq72]") == [Written(text, ("kq72",))]


@pytest.mark.parametrize(
    "cut",
    ["Ryabkov [kq72] said that Moscow does want a war", "Sherman spoke [kq72] and [z", "He said ["],
)
def test_what_may_have_been_cut_off_has_no_ids(cut: str) -> None:
    (found,) = read(cut)
    assert isinstance(found, Written)
    assert found.ids == ()
    assert "[" not in found.text


def test_a_statement_is_yielded_as_soon_as_it_is_complete() -> None:
    taken: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in [A.text, " [kq", "72] [zp29]", "\n", B.text, " [bd45]", " Then", " more"]:
            taken.append(piece)
            yield piece

    found = parse(pieces())
    assert next(found) == A
    assert taken[-1] == "\n"
    assert next(found) == B
    assert taken[-1] == " Then"


@pytest.mark.parametrize(
    "piece",
    ["It goes on. [kq72]\n", "It goes on and on ", " ", "\n", "```\n", "<think>", "[", "kq72 "],
)
def test_an_endless_reply_is_cut(piece: str) -> None:
    def pieces() -> Iterator[str]:
        while True:
            yield piece

    found = [each for each in parse(pieces()) if isinstance(each, Written)]
    assert len(found) <= MAX_STATEMENTS
    assert all(len(each.text) <= MAX_LENGTH for each in found)


def test_of_a_reply_that_breaks_off_only_what_was_complete_is_yielded() -> None:
    def pieces() -> Iterator[str]:
        yield f"{A.text} [kq72, zp29]\n{B.text} [bd45]"
        raise ConnectionError

    found = parse(pieces())
    assert next(found) == A
    with pytest.raises(ConnectionError):
        next(found)


_REPLIES = st.lists(
    st.sampled_from(
        [
            *'[]()<>*_`.,:!?"“” \n\r\u2028\u200b1a-',
            *("[kq72]", "kq72", "zp29", "[a1, b2]", "【3】", "<think>", "</think>", "```", "**"),
            *("1. ", "He said so", "and ", "U.S.", "100,000", "see ", CANNOT_ANSWER),
        ]
    )
    | st.text(max_size=5),
    max_size=40,
).map("".join)


@given(_REPLIES, st.lists(st.integers(0, 400)))
@example("A. [kq72] B.\r\n[zp29] C. <think>no</think>", list(range(50)))
def test_how_a_reply_is_cut_into_pieces_makes_no_difference(reply: str, cuts: list[int]) -> None:
    pieces = [reply[start:end] for start, end in pairwise([0, *sorted(cuts), len(reply) + 401])]
    assert list(parse(pieces)) == read(reply)


@given(_REPLIES)
@example("b[1]c22 k()q72 b*c*22 kq72_ [kq[72]")
def test_no_text_holds_ids_brackets_or_line_ends(reply: str) -> None:
    for found in read(reply):
        if isinstance(found, Written):
            assert found.text
            assert not set(OPENING + CLOSING + "<>") & set(found.text)
            assert not re.search(rf"\b{ID}\b", found.text)
            assert found.text == " ".join(found.text.split())
            assert all(re.fullmatch(r"[a-z]{0,3}\d{1,4}", each) for each in found.ids)


@pytest.mark.parametrize(
    "reply",
    [
        "What did Ryabkov say about NATO?",
        '\n"What did Ryabkov say about NATO?"\nIt is about NATO.',
        "<think>He is Ryabkov.</think>Rewritten question: **What did Ryabkov say about NATO?**",
        "Here is the question:\n- What did Ryabkov say about NATO?",
        "Standalone question: “What did Ryabkov say about NATO?”",
    ],
)
def test_a_rewritten_question_is_the_first_line_alone(reply: str) -> None:
    assert read_rewritten(reply, "And about NATO?") == "What did Ryabkov say about NATO?"


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "\n \n",
        "<think>What?",
        "It is unclear.",
        "14 million.",
        "Why" + "y" * MAX_REWRITTEN + "?",
    ],
)
def test_what_is_no_question_leaves_the_follow_up_as_it_is(reply: str) -> None:
    assert read_rewritten(reply, "And about NATO?") == "And about NATO?"


@given(_REPLIES, st.text(max_size=20))
def test_a_rewritten_question_is_one_bounded_line(reply: str, question: str) -> None:
    found = read_rewritten(reply, question)
    assert found == question or (len(found) <= MAX_REWRITTEN and len(found.splitlines()) == 1)

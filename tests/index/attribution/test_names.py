"""Names of people as newspapers write them."""

import pytest

from index.attribution.names import FEMALE, MALE, names_in
from index.types import Span

COMMON = frozenset("but the on they".split())


def names(text: str) -> list[str]:
    return [" ".join(n.words) for n in names_in(text, Span(0, len(text)), COMMON)]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (
            "US Deputy Secretary of State Wendy Sherman",
            "Wendy Sherman",
            "US Deputy Secretary of State ",
        ),
        ("Russian Deputy Foreign Minister Sergey Ryabkov", "Sergey Ryabkov", ""),
        ("Secretary of Homeland Security Alejandro Mayorkas", "Alejandro Mayorkas", ""),
        ("Trade Minister Ewa Solheim", "Ewa Solheim", ""),
        ("Judge Tolland", "Tolland", ""),
        ("Professor Ulrik Hanneman", "Ulrik Hanneman", ""),
        ("Petra Lindqvist-Moran", "Petra Lindqvist-Moran", ""),
        ("Ursula von der Leyen", "Ursula von der Leyen", ""),
        ("Erdoğan", "Erdoğan", ""),
    ],
)
def test_a_name_is_told_from_its_title(text: str, name: str, title: str) -> None:
    [found] = names_in(text, Span(0, len(text)), COMMON)
    assert " ".join(found.words) == name
    assert text[slice(*found.span)] == name
    assert text[found.start : found.span.start].startswith(title)


@pytest.mark.parametrize(
    "text",
    [
        "State Department",
        "the Guild of Nurses",
        "National Security Council",
        "White House",
        "a source",
    ],
)
def test_a_body_is_no_person(text: str) -> None:
    assert names(text) == []


def test_what_only_begins_a_sentence_or_is_a_day_is_left_out() -> None:
    assert names("But Sherman left. On Monday Finer came.") == ["Sherman", "Finer"]


@pytest.mark.parametrize(
    ("text", "gender"), [("Mr Hale", MALE), ("Ms Hale", FEMALE), ("Dr Hale", None)]
)
def test_a_form_of_address_tells_he_from_she(text: str, gender: str | None) -> None:
    [found] = names_in(text, Span(0, len(text)), COMMON)
    assert found.gender == gender
    assert found.surname == "hale"


@pytest.mark.parametrize("text", ["Sherman's", "Sherman’s", "Sherman’"])
def test_a_possessive_is_no_part_of_a_name(text: str) -> None:
    assert names(f"with {text} view") == ["Sherman"]

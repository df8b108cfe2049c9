"""Which speakers are meant: by name, by office, by country, or spelt badly."""

import pytest

from index.types import Speaker
from qa.speakers import Asked, find_speakers

RYABKOV = Speaker("Sergey Ryabkov", ("Russian Deputy Foreign Minister",))
SHERMAN = Speaker("Wendy Sherman", ("US Deputy Secretary of State",))
DEPARTMENT = Speaker("State Department")
PENTAGON = Speaker("Pentagon")
SPEAKERS = [RYABKOV, SHERMAN, DEPARTMENT, PENTAGON]


def find(phrase: str) -> Asked:
    """Among these speakers, whose articles have none of the words that are spelt badly."""
    return find_speakers(phrase, SPEAKERS, is_word=lambda _: False)


@pytest.mark.parametrize(
    ("phrase", "speaker"),
    [
        ("Ryabkov", RYABKOV),
        ("Mr Ryabkov", RYABKOV),
        ("Sergei Ryabkov", RYABKOV),
        ("Russia's deputy foreign minister", RYABKOV),
        ("Russias deputy foreign minister", RYABKOV),
        ("the deputy minister", RYABKOV),
        ("Moscow's envoy", RYABKOV),
        ("the Russian side", RYABKOV),
        ("the Kremlin", RYABKOV),
        ("Secretary Sherman", SHERMAN),
        ("the American delegation", SHERMAN),
        ("the State Department", DEPARTMENT),
        ("the Pentagon", PENTAGON),
    ],
)
def test_a_speaker_is_found_by_name_office_and_country(phrase: str, speaker: Speaker) -> None:
    found = find(phrase)
    assert found.speakers == (speaker,)
    assert found.misspelt is None


@pytest.mark.parametrize("phrase", ["Rybakov", "Ryabkof", "mr riabkov"])
def test_a_name_that_is_spelt_badly_is_found_and_told(phrase: str) -> None:
    found = find(phrase)
    assert found.speakers == (RYABKOV,)
    asked = f"What did {phrase} say?"
    assert found.spelt_right(asked) == f"What did {phrase[:-7]}Ryabkov say?"


@pytest.mark.parametrize("phrase", ["Lavrov", "the foreign minister of France", "Kamala Harris"])
def test_who_is_not_there_is_nobody(phrase: str) -> None:
    found = find(phrase)
    assert found.speakers == ()
    assert found.spelt_right(f"What did {phrase} say?") == f"What did {phrase} say?"


def test_all_are_found_who_may_be_meant() -> None:
    other = Speaker("Anatoly Antonov", ("Russian ambassador",))
    assert find_speakers("the Russians", [*SPEAKERS, other], is_word=lambda _: False).speakers == (
        RYABKOV,
        other,
    )


def test_a_name_that_is_in_the_articles_is_not_spelt_badly() -> None:
    assert find_speakers("Ryabkin", SPEAKERS, is_word=lambda word: word == "Ryabkin").speakers == ()


@pytest.mark.parametrize(
    "phrase", ["Boris Ryabkov", "Michelle Sherman", "the sherman", "the worker", "", "Mr", "the"]
)
def test_another_first_name_or_a_common_noun_is_nobody(phrase: str) -> None:
    worker = Speaker("Lee Worker")
    assert find_speakers(phrase, [*SPEAKERS, worker], is_word=lambda _: False).speakers == ()


def test_two_people_of_one_surname_are_not_spelt_right() -> None:
    other = Speaker("Anna Ryabkov")
    assert find_speakers("Rybakov", [RYABKOV, other], is_word=lambda _: False).speakers == ()


def test_one_of_several_titles_is_still_one() -> None:
    other = Speaker("Sergey Ryabkov", ("envoy",))
    found = find_speakers("Rybakov", [RYABKOV, other], is_word=lambda _: False)
    assert found.speakers == (RYABKOV, other)


def test_only_the_misspelt_word_is_replaced_and_once() -> None:
    found = find("the Russian deputy minister Riabkov in Geneva")
    question = "What did the Russian deputy minister Riabkov in Geneva say about Riabkov?"
    assert found.spelt_right(question) == question.replace("Riabkov", "Ryabkov", 1)


@pytest.mark.parametrize(
    ("phrase", "absent"),
    [
        ("Lavrov", True),
        ("Foreign Minister Lavrov", True),
        ("Macron", False),
        ("Ryabkov", False),
        ("the foreign minister", False),
        ("experts", False),
    ],
)
def test_somebody_is_absent_who_is_named_and_not_spoken_of(phrase: str, absent: bool) -> None:
    found = find(phrase)
    assert found.is_absent(["Macron's plane landed.", "It rained."]) == absent


@pytest.mark.parametrize(
    ("phrase", "unquoted"),
    [("Macron", True), ("the mayor of Verrin", True), ("experts", False), ("kamala harris", False)],
)
def test_somebody_is_unquoted_who_is_named_and_no_speaker(phrase: str, unquoted: bool) -> None:
    assert find(phrase).is_unquoted == unquoted


def test_a_speaker_is_quoted() -> None:
    assert not find(SPEAKERS[0].name).is_unquoted

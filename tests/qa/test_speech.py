"""Whose words a question asks for, and who of the speakers that is."""

import pytest

from index.types import Speaker
from qa.speech import asked_phrase, find_speakers, spelt_right

RYABKOV = Speaker("Sergey Ryabkov", ("Russian Deputy Foreign Minister",))
SHERMAN = Speaker("Wendy Sherman", ("US Deputy Secretary of State",))
DEPARTMENT = Speaker("State Department")
PENTAGON = Speaker("Pentagon")
SPEAKERS = [RYABKOV, SHERMAN, DEPARTMENT, PENTAGON]


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("What did Ryabkov say about NATO?", "Ryabkov"),
        ("what did sherman say about natos open-door policy", "sherman"),
        ("How did the mayor of Corrow react to the power cut?", "the mayor of Corrow"),
        ("According to the former engineer, what went wrong?", "the former engineer"),
        ("What was Ryabkov's answer on NATO?", "Ryabkov"),
        ("Sherman’s view on the status of Crimea?", "Sherman"),
        ("Did the Pentagon ever comment?", "the Pentagon"),
        ("What does Carmen Ilves think of the ban?", "Carmen Ilves"),
        ("Has Moscow denied it?", "Moscow"),
        ("How many troops are there?", None),
        ("Who said that the talks failed?", None),
        ("When did the talks begin?", None),
    ],
)
def test_a_question_tells_whose_words_it_asks_for(question: str, phrase: str | None) -> None:
    assert asked_phrase(question) == phrase


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
    found = find_speakers(phrase, SPEAKERS)
    assert found.speakers == (speaker,)
    assert found.corrected is None


@pytest.mark.parametrize("phrase", ["Rybakov", "Ryabkof", "mr riabkov"])
def test_a_name_that_is_spelt_badly_is_found_and_told(phrase: str) -> None:
    found = find_speakers(phrase, SPEAKERS)
    assert found.speakers == (RYABKOV,)
    assert found.corrected == "Sergey Ryabkov"
    assert spelt_right(f"What did {phrase} say?", found) == "What did Sergey Ryabkov say?"


@pytest.mark.parametrize("phrase", ["Lavrov", "the foreign minister of France", "Kamala Harris"])
def test_who_is_not_there_is_nobody(phrase: str) -> None:
    found = find_speakers(phrase, SPEAKERS)
    assert found.speakers == ()
    assert spelt_right(f"What did {phrase} say?", found) == f"What did {phrase} say?"


def test_all_are_found_who_may_be_meant() -> None:
    other = Speaker("Anatoly Antonov", ("Russian ambassador",))
    assert find_speakers("the Russians", [*SPEAKERS, other]).speakers == (RYABKOV, other)

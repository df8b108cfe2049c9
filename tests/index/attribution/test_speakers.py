"""Who the sources are: by name, by office, by pronoun; and nobody where it is not decided."""

import pytest

from index.attribution.speakers import with_speakers
from index.types import Attribution, Document
from tests.index.attribution.made import document_of, said


def names(document: Document, *attributions: Attribution) -> list[str | None]:
    found = with_speakers(document, attributions)
    return [each.speaker.name if each.speaker else None for each in found]


def test_a_surname_is_whom_it_is_short_for() -> None:
    document = document_of(
        "Deputy Foreign Minister Sergey Ryabkov said it would rain.", "Ryabkov said it was wet."
    )
    first = said(document, "Deputy Foreign Minister Sergey Ryabkov", "said", "it would rain")
    second = said(document, "Ryabkov", "said", "it was wet", nth=2)
    found = with_speakers(document, [first, second])
    assert found[0].speaker == found[1].speaker
    assert found[0].speaker is not None
    assert found[0].speaker.name == "Sergey Ryabkov"
    assert "Deputy Foreign Minister" in found[0].speaker.titles[0]


def test_an_apposition_is_a_title() -> None:
    document = document_of(
        "Nadia Firth, the port's chief executive, said ships wait. Ms Firth said so."
    )
    attribution = said(document, "Nadia Firth, the port's chief executive", "said", "ships wait")
    [found] = with_speakers(document, [attribution])
    assert found.speaker is not None
    assert found.speaker.titles == ("port's chief executive",)


def test_two_people_of_one_surname_are_told_apart_by_mr_and_ms() -> None:
    document = document_of(
        "Dr Simone Hale and Mr Conrad Hale met. Ms Simone Hale left.",
        "Mr Hale said it was late.",
        "Hale said no.",
    )
    titled = said(document, "Mr Hale", "said", "it was late")
    bare = said(document, "Hale", "said", "no", nth=5)
    assert names(document, titled, bare) == ["Conrad Hale", None]


def test_he_is_the_one_man_of_the_paragraph() -> None:
    document = document_of("Mr Jon Finer spoke. Finer left early, he said.")
    assert names(document, said(document, "he", "said", "Finer left early")) == ["Jon Finer"]


def test_he_is_nobody_where_two_are_possible() -> None:
    document = document_of("Mr Jon Finer met Mr Sergey Ryabkov. It was late, he said.")
    assert names(document, said(document, "he", "said", "It was late")) == [None]


def test_she_is_the_one_woman() -> None:
    document = document_of("Mr Jon Finer met Ms Wendy Sherman. It was late, she said.")
    assert names(document, said(document, "she", "said", "It was late")) == ["Wendy Sherman"]


def test_he_goes_over_a_paragraph_where_all_are_introduced_first() -> None:
    document = document_of("Mr Jon Finer spoke. Finer was calm.", "He said it was late.")
    assert names(document, said(document, "He", "said", "it was late")) == ["Jon Finer"]


def test_he_is_nobody_where_paragraphs_are_not_in_order() -> None:
    document = document_of("Finer was calm.", "He said it was late.", "Mr Jon Finer spoke.")
    assert names(document, said(document, "He", "said", "it was late")) == [None]


def test_a_nameless_one_is_who_he_is() -> None:
    document = document_of(
        "Mr Jon Finer spoke.", "A customs officer said it rained. It pours, he said."
    )
    officer = said(document, "A customs officer", "said", "it rained")
    assert (
        names(document, officer, said(document, "he", "said", "It pours"))
        == ["customs officer"] * 2
    )


def test_the_official_is_the_one_told_of_before() -> None:
    document = document_of("A White House official said it rained.", "The official said it pours.")
    first = said(document, "A White House official", "said", "it rained")
    second = said(document, "The official", "said", "it pours")
    assert names(document, first, second) == ["White House official"] * 2


def test_the_minister_is_the_one_minister() -> None:
    document = document_of("Trade Minister Ewa Solheim came.", "The minister said it rained.")
    attribution = said(document, "The minister", "said", "it rained")
    assert names(document, attribution) == ["Ewa Solheim"]


def test_the_minister_is_nobody_where_there_are_two() -> None:
    document = document_of(
        "Trade Minister Ewa Solheim met Foreign Minister Jan Moe.", "The minister said it rained."
    )
    assert names(document, said(document, "The minister", "said", "it rained")) == [None]


def test_i_is_whose_words_it_stands_in() -> None:
    document = document_of("Ms Wendy Sherman said: I think it rained. Sherman left.")
    outer = said(document, "Ms Wendy Sherman", "said", "I think it rained")
    inner = said(document, "I", "think", "it rained")
    assert names(document, outer, inner) == ["Wendy Sherman"] * 2


def test_we_and_they_are_nobody() -> None:
    document = document_of("Ms Wendy Sherman said we hope it rains. They fear it snows.")
    attributions = [
        said(document, "we", "hope", "it rains"),
        said(document, "They", "fear", "it snows"),
    ]
    assert names(document, *attributions) == [None, None]


def test_who_is_the_one_before() -> None:
    document = document_of("One envoy, who asked not to be named, said it rained.")
    envoy = said(document, "One envoy, who asked not to be named", "said", "it rained")
    assert (
        names(document, envoy, said(document, "who", "asked", "not to be named"))
        == ["One envoy"] * 2
    )


def test_a_body_is_it() -> None:
    document = document_of("The Pentagon said it rained. It said so twice.")
    pentagon = said(document, "The Pentagon", "said", "it rained")
    assert names(document, pentagon, said(document, "It", "said", "so twice")) == ["Pentagon"] * 2


def test_the_us_is_no_pronoun() -> None:
    document = document_of("The talks fell short. US says no.")
    assert names(document, said(document, "US", "says", "no")) == ["US"]


def test_a_noun_behind_a_name_is_another() -> None:
    document = document_of("President Joe Biden came. The Biden administration said no.")
    attribution = said(document, "The Biden administration", "said", "no")
    assert names(document, attribution) == ["Biden administration"]


def test_what_is_somebodys_is_not_said_by_them() -> None:
    document = document_of("President Joe Biden came. Biden’s lawyer, Mr John Brown, said no.")
    attribution = said(document, "Biden’s lawyer, Mr John Brown,", "said", "no")
    assert names(document, attribution) == ["John Brown"]


@pytest.mark.parametrize("source", ["Some", "no one", "They both", "Others"])
def test_nobody_in_particular_is_nobody(source: str) -> None:
    document = document_of(f"{source} said no.")
    assert names(document, said(document, source, "said", "no")) == [None]


def test_several_together_are_not_one_of_them() -> None:
    document = document_of("President Joe Biden and European leaders said no. Biden left.")
    attribution = said(document, "President Joe Biden and European leaders", "said", "no")
    assert names(document, attribution) == ["President Joe Biden and European leaders"]


def test_nobody_is_nobody() -> None:
    document = document_of("It is feared that it rains.")
    assert names(document, said(document, "", "feared", "that it rains")) == [None]

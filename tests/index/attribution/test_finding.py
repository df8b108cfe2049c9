"""Who says what, found by the real network."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.attribution.finding import find_attributions
from index.readers import bundled_document
from index.types import Attribution, Document
from tests.index.attribution.made import document_of


def words(document: Document, attribution: Attribution) -> tuple[str, str, str]:
    source, cue, content = (
        " ".join(document.text[start:end] for start, end in part)
        for part in (attribution.source, attribution.cue, attribution.content)
    )
    return source, cue, content


def test_content_before_and_after_its_cue_is_found_with_its_speaker() -> None:
    document = document_of(
        "The bridge is safe, Mayor Jane Orr said on Monday.",
        "“We checked it twice,” Orr told reporters. “Nobody found a crack.”",
        "A senior official denied that the repairs had been delayed.",
    )
    found = {words(document, a): a.speaker for a in find_attributions(document)}
    named = {
        content: speaker.name if speaker else None for (_, _, content), speaker in found.items()
    }
    assert named["The bridge is safe"] == "Jane Orr"
    assert "“We checked it twice,” “Nobody found a crack.”" in named
    assert named["that the repairs had been delayed"] == "senior official"


def test_marks_that_were_stripped_do_not_matter() -> None:
    document = bundled_document()
    found = [
        (a.speaker and a.speaker.name, words(document, a)[2]) for a in find_attributions(document)
    ]
    assert any(who == "Sergey Ryabkov" and "flat and plan no" in what for who, what in found)
    assert sum(who == "Wendy Sherman" for who, _ in found) >= 10


def test_they_come_in_the_order_of_what_is_said() -> None:
    found = find_attributions(bundled_document())
    assert [a.content for a in found] == sorted(a.content for a in found)


@pytest.mark.parametrize("text", ["", "Rain.", "\u0301", "“", "said " * 400, "he said " * 200])
def test_odd_texts_are_read(text: str) -> None:
    document = document_of(text, "Orr said no.")
    for attribution in find_attributions(document):
        for start, end in attribution.spans:
            assert 0 <= start < end <= len(document.text)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.text(alphabet="Orr said, “no.” é\u0301 He\n", max_size=60), min_size=1, max_size=4)
)
def test_all_offsets_are_in_the_text(paragraphs: list[str]) -> None:
    document = document_of(*paragraphs)
    for attribution in find_attributions(document):
        for start, end in attribution.spans:
            assert 0 <= start < end <= len(document.text)

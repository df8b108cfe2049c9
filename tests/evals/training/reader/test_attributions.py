"""Questions made of who said what in an article."""

import random
from pathlib import Path

import pytest

from evals.training.reader.attributions import load_asked
from evals.training.reader.texts import Asked
from index.errors import SourceError
from tests.evals.training.reader.made import MAKE, words_of, write_attributions

TEXT = """Council votes on tunnel

Mayor Lund said the harbour tunnel would stay closed until spring.

Ms Orr told reporters that ferry tickets would cost nine crowns. She left.
"""
LUND = ("Mayor Lund", "said", "the harbour tunnel would stay closed until spring")
ORR = ("Ms Orr", "told", "that ferry tickets would cost nine crowns")
LUND_SAYS, ORR_SAYS = 1, 2
"""The numbers of their sentences; the headline is the first."""

LUND_TOPICS = {"harbour tunnel", "stay closed", "spring"}
ORR_TOPICS = {"ferry tickets", "cost nine crowns"}


def asked(folder: Path, *said: tuple[str, str, str], text: str = TEXT) -> list[Asked]:
    """All that is asked for many states of chance."""
    path = folder / "train.jsonl"
    write_attributions(path, text, *said)
    return [each for seed in range(30) for each in load_asked(path, MAKE, random.Random(seed))]


def answer(each: Asked) -> str:
    return words_of(each.answer, each.text.sentences) if each.answer else ""


def test_what_somebody_said_is_the_content(tmp_path: Path) -> None:
    found = [each for each in asked(tmp_path, LUND) if answer(each) == LUND[2]]
    assert len(found) == 30
    assert all(each.evidence == {LUND_SAYS} for each in found)
    assert all("Mayor Lund" in each.question for each in found)
    about = {topic for topic in LUND_TOPICS for each in found if topic in each.question}
    assert about == LUND_TOPICS
    assert "What did Mayor Lund say about harbour tunnel?" in {each.question for each in found}


def test_who_said_it_is_the_source(tmp_path: Path) -> None:
    found = [each for each in asked(tmp_path, LUND) if answer(each) == "Mayor Lund"]
    assert 0 < len(found) < 30
    assert all(each.evidence == {LUND_SAYS} for each in found)
    assert not any("Lund" in each.question for each in found)
    questions = {each.question for each in found}
    assert f"Who said that {LUND[2]}?" in questions
    assert "Who spoke about harbour tunnel?" in questions


def test_one_who_said_nothing_about_it_is_not_answered(tmp_path: Path) -> None:
    found = [each for each in asked(tmp_path, LUND, ORR) if not each.answer]
    assert len(found) == 60
    for each in found:
        assert each.evidence == frozenset()
        topics = ORR_TOPICS if "Mayor Lund" in each.question else LUND_TOPICS
        assert ("Mayor Lund" in each.question) != ("Ms Orr" in each.question)
        assert any(topic in each.question for topic in topics)


def test_one_who_spoke_about_it_too_is_not_silent(tmp_path: Path) -> None:
    text = "Lund said tunnels stay closed. Orr said that no tunnels stay closed."
    both = ("Lund", "said", "tunnels stay closed"), ("Orr", "said", "that no tunnels stay closed")
    assert all(each.answer for each in asked(tmp_path, *both, text=text))


def test_one_of_the_same_surname_is_not_silent(tmp_path: Path) -> None:
    text = "Anna Lund said tunnels stay closed. Mayor Lund said ferry tickets cost more."
    lund = ("Anna Lund", "said", "tunnels stay closed")
    mayor = ("Mayor Lund", "said", "ferry tickets cost more")
    assert all(each.answer for each in asked(tmp_path, lund, mayor, text=text))


def test_all_questions_of_an_article_are_about_one_text(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    write_attributions(path, TEXT, LUND, ORR)
    found = list(load_asked(path, MAKE, random.Random(1)))
    assert len({id(each.text) for each in found}) == 1
    assert [s.text for s in found[0].text.sentences][LUND_SAYS].startswith("Mayor Lund said")


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("He", "that the harbour tunnel would stay closed"),
        ("The mayor of the old town on the bay", "that the tunnel would close"),
        ("Lund", "the tunnel closed"),
        ("Lund", "the tunnel " * 31),
        ("Lund", "that it would not be so"),
    ],
    ids=["a pronoun", "too long a source", "too short", "too long", "about nothing"],
)
def test_what_is_not_asked(tmp_path: Path, source: str, content: str) -> None:
    said = (source, "said", content)
    assert asked(tmp_path, said, text=f"{source} said {content}.") == []


def test_no_more_than_four_are_asked_about(tmp_path: Path) -> None:
    said = [(f"Aide {n}", "said", f"that pier {n} would close before winter") for n in range(6)]
    text = " ".join(f"{source} {cue} {content}." for source, cue, content in said)
    path = tmp_path / "train.jsonl"
    write_attributions(path, text, *said)
    for seed in range(20):
        found = [answer(each) for each in load_asked(path, MAKE, random.Random(seed))]
        assert len([each for each in found if each.startswith("that pier")]) == 4


def test_an_answer_ends_with_its_first_sentence(tmp_path: Path) -> None:
    text = "Lund said the tunnel stays closed. It will open in the spring, said nobody."
    content = "the tunnel stays closed. It will open in the spring"
    found = asked(tmp_path, ("Lund", "said", content), text=text)
    said = {answer(each): each.evidence for each in found if answer(each) != "Lund"}
    assert said == {"the tunnel stays closed.": {0, 1}}


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing.jsonl: No such file"):
        list(load_asked(tmp_path / "missing.jsonl", MAKE, random.Random(1)))

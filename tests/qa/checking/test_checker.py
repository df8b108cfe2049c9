"""What is shown of what a language model wrote, with the real encoder."""

import re
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals.planted import article_sentences
from index.encoder import OnnxEncoder
from index.readers import bundled_document
from qa.checking.checker import Checker, SupportModel
from qa.checking.types import Cited
from qa.checking.vectors import RecentVectors

SENTENCES = article_sentences(bundled_document())
"""Of the article that comes with the program, which lacks apostrophes and quotation marks."""

WITH_NUMBERS = [each for each in SENTENCES if re.search(r"\d", each.text)]
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def checker(encoder: OnnxEncoder) -> Checker:
    """With the packaged model."""
    return Checker(encoder)


def _sentence(beginning: str) -> Cited:
    return next(each for each in SENTENCES if each.text.startswith(beginning))


@pytest.mark.parametrize(
    "statement",
    [
        'Ryabkov said: "Moscow does want a war with NATO".',
        "Ryabkov said that Moscow had the intention of launching military action.",
        "Moscow does want a war with NATO.",
        "Sherman said that Moscow had no intention of launching military action.",
    ],
)
def test_the_opposite_of_what_is_cited_is_left_out(checker: Checker, statement: str) -> None:
    verdict = checker.check(statement, [_sentence("Ryabkov told reporters")])
    assert verdict.reason


@pytest.mark.parametrize(
    ("statement", "beginning"),
    [
        ("Russia does not intend to launch a military operation, Ryabkov said.", "Ryabkov told"),
        ("More than 100,000 Russian troops are near the border with Ukraine.", "The talks, which"),
        ("The US and Russia had useful discussions on Monday, according to Sherman.", "The US and"),
    ],
)
def test_other_words_for_what_is_cited_are_shown(
    checker: Checker, statement: str, beginning: str
) -> None:
    verdict = checker.check(statement, [_sentence(beginning)])
    assert verdict.reason is None
    assert verdict.support > 0.4


@QUICK
@given(cited=st.sampled_from(SENTENCES))
def test_a_sentence_supports_itself(checker: Checker, cited: Cited) -> None:
    assert checker.check(cited.text, [cited]).reason is None


@QUICK
@given(cited=st.sampled_from(WITH_NUMBERS), added=st.integers(1, 900))
def test_a_changed_number_is_never_supported(checker: Checker, cited: Cited, added: int) -> None:
    changed = re.sub(
        r"\d[\d,]*", lambda m: str(int(m[0].replace(",", "")) + added), cited.text, count=1
    )
    assert checker.check(changed, [cited]).reason


@QUICK
@given(cited=st.sampled_from(SENTENCES), data=st.data())
def test_a_quotation_cut_out_of_a_sentence_is_supported(
    checker: Checker, cited: Cited, data: st.DataObject
) -> None:
    words = cited.text.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quoted = " ".join(words[start:end])
    verdict = checker.check(f"“{quoted}”", [cited])
    assert verdict.reason is None or "do not stand so" not in verdict.reason


@QUICK
@given(statement=st.text(max_size=200), text=st.text(max_size=200))
def test_any_text_is_checked(checker: Checker, statement: str, text: str) -> None:
    verdict = checker.check(statement, [Cited(text, speaker=text, before=statement)])
    assert 0 <= verdict.support <= 1


@pytest.mark.parametrize(("statement", "count"), [("", 1), ("…!", 1), ("It rained.", 0)])
def test_nothing_is_never_supported(checker: Checker, statement: str, count: int) -> None:
    assert checker.check(statement, SENTENCES[:count]).reason


def test_what_is_too_long_is_left_out_and_the_rest_is_checked_in_a_second(
    checker: Checker,
) -> None:
    text = " ".join(each.text for each in SENTENCES)
    checker.check(text[:100], SENTENCES[:1])
    started = time.perf_counter()
    checker.check(text[:2000], SENTENCES[:8])
    assert time.perf_counter() - started < 1
    assert checker.check(text[:2001], SENTENCES[:1]).reason


def test_what_has_little_to_do_with_what_is_cited_is_left_out(checker: Checker) -> None:
    verdict = checker.check("The weather was fine for the harvest.", [SENTENCES[0]])
    assert verdict.reason == "too little of it is in what it cites"


def test_a_clause_that_is_added_is_named(checker: Checker) -> None:
    cited = _sentence("On Sunday, Sherman and Ryabkov")
    told = "Sherman and Ryabkov held a difficult dinner on Sunday"
    assert checker.check(f"{told}.", [cited]).reason is None
    verdict = checker.check(f"{told}, and a waiter spilled red wine.", [cited])
    assert verdict.reason == "nothing that it cites speaks of “and a waiter spilled red wine”"


def test_what_was_embedded_before_has_the_same_vector(encoder: OnnxEncoder) -> None:
    vectors = RecentVectors(encoder)
    texts = [each.text for each in SENTENCES[:3]]
    first = vectors.of(texts)
    assert (vectors.of([texts[2], texts[0]]) == first[[2, 0]]).all()


def test_the_threshold_decides(encoder: OnnxEncoder) -> None:
    strict = Checker(encoder, replace(SupportModel.packaged(), threshold=1.0))
    cited = _sentence("Ryabkov told")
    assert strict.check("Moscow had no intention of military action.", [cited]).reason
    assert strict.check(cited.text, [cited]).reason is None

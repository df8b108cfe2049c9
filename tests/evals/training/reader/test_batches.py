"""Windows as tensors."""

import random

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.training.reader.batches import make_batch
from evals.training.reader.texts import Answer, Asked
from evals.training.reader.windows import Mixture, Window, WindowMaker
from qa.reading.windows import CLS, SEP
from tests.evals.training.reader.made import MAKE, TOKENIZER, asked_ones, same_words, words_of

WHO = MAKE("Who?")
ORR = MAKE("Mayor Orr paid.")
SHUT = MAKE("It shut.")
ANSWERED = Window(WHO, (SHUT, ORR), (False, True), Answer(1, 6, 9))
UNANSWERED = Window(WHO, (SHUT,), (False,), None)


def test_a_window_is_the_question_and_the_text_between_special_tokens() -> None:
    batch = make_batch([ANSWERED])
    assert batch.input_ids.tolist() == [[CLS, *WHO.ids, SEP, *SHUT.ids, *ORR.ids, SEP]]
    assert TOKENIZER.decode([CLS, SEP], skip_special_tokens=False) == "[CLS] [SEP]"
    assert batch.token_type_ids.tolist() == [[0] * 4 + [1] * 8]
    assert batch.attention_mask.tolist() == [[1] * 12]


def test_a_shorter_window_is_padded() -> None:
    batch = make_batch([ANSWERED, UNANSWERED])
    assert batch.input_ids[1].tolist() == [CLS, *WHO.ids, SEP, *SHUT.ids, SEP, 0, 0, 0, 0]
    assert batch.attention_mask[1].tolist() == [1] * 8 + [0] * 4
    assert batch.token_type_ids[1].tolist() == [0] * 4 + [1] * 4 + [0] * 4


def test_sentences_are_numbered_through_the_batch() -> None:
    batch = make_batch([ANSWERED, UNANSWERED])
    none = [-1] * 4
    assert batch.sentence.tolist() == [
        [*none, 0, 0, 0, 1, 1, 1, 1, -1],
        [*none, 2, 2, 2, -1, *none],
    ]
    assert batch.evidence.tolist() == [0, 1, 0]
    assert batch.answerable.tolist() == [1, 0]


def test_an_answer_is_its_tokens_and_none_is_the_first() -> None:
    batch = make_batch([ANSWERED, UNANSWERED])
    assert batch.start.tolist() == [8, 0]
    assert batch.end.tolist() == [8, 0]


def test_the_marks_beside_an_answer_are_not_in_it() -> None:
    quoted = MAKE("“Orr’s”")
    batch = make_batch([Window(WHO, (quoted,), (True,), Answer(0, 1, 4))])
    assert batch.start.tolist() == batch.end.tolist() == [5]


def test_an_answer_may_begin_in_the_text_or_at_the_first_token() -> None:
    batch = make_batch([ANSWERED, UNANSWERED])
    assert batch.in_text.int().tolist() == [
        [1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0],
        [1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0],
    ]


mixtures = st.builds(
    Mixture,
    max_tokens=st.integers(30, 90),
    negatives=st.sampled_from([0, 0.5]),
    noisy=st.just(0.5),
    bare=st.sampled_from([0, 1]),
)


@settings(deadline=None)
@given(st.lists(asked_ones(), min_size=1, max_size=4), mixtures, st.integers(0, 1_000_000))
def test_the_tokens_from_start_to_end_are_the_answer(
    asked: list[Asked], mixture: Mixture, seed: int
) -> None:
    maker = WindowMaker(asked, MAKE, mixture, random.Random(seed))
    made = [(each, window) for each in asked if (window := maker.window(each))]
    if not made:
        return
    batch = make_batch([window for _, window in made])
    assert batch.in_text[torch.arange(len(made)), batch.start].all()
    assert batch.in_text[torch.arange(len(made)), batch.end].all()
    for row, (each, window) in enumerate(made):
        start, end = int(batch.start[row]), int(batch.end[row])
        assert bool(start) == (window.answer is not None) == bool(batch.answerable[row])
        if start and each.answer:
            found = TOKENIZER.decode(batch.input_ids[row, start : end + 1].tolist())
            assert same_words(found, words_of(each.answer, each.text.sentences))
            assert batch.evidence[batch.sentence[row, start]] == 1

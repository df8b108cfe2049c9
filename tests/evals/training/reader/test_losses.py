"""The loop: the rate, batches, losses, and checkpoints."""

import json
import math
import random
from collections.abc import Iterator
from copy import deepcopy
from itertools import cycle, repeat
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from evals.training.loop import Schedule, Training, batches
from evals.training.reader.batches import Batch, make_batch
from evals.training.reader.losses import loss, sentence_logits
from evals.training.reader.texts import Answer
from evals.training.reader.windows import Window
from qa.reading.network import ReaderNetwork
from tests.evals.training.reader.made import MAKE

WHO = MAKE("Who paid?")
SHUT = MAKE("It shut.")
ORR = MAKE("Mayor Orr paid.")
ANSWERED = Window(WHO, (SHUT, ORR), (False, True), Answer(1, 6, 9))
UNANSWERED = Window(WHO, (SHUT,), (False,), None)
BATCH = make_batch([ANSWERED, UNANSWERED])
SCHEDULE = Schedule(rate=2e-4, tokens=64, steps=4, warmup=0.0, decay=0.0)


@pytest.mark.parametrize(
    ("step", "factor"),
    [(0, 0.1), (4, 0.5), (9, 1), (10, 1), (50, 1), (60, 0.8), (75, 0.5), (99, 0.02), (100, 0)],
)
def test_the_rate_rises_stays_and_falls(step: int, factor: float) -> None:
    schedule = Schedule(rate=1, tokens=1, steps=100, warmup=0.1, decay=0.5)
    assert schedule.factor(step) == pytest.approx(factor)


def test_a_rate_without_warmup_and_decay_stays() -> None:
    assert [SCHEDULE.factor(step) for step in range(4)] == [1, 1, 1, 1]


@given(st.integers(1, 5000), st.floats(0, 1), st.floats(0, 1), st.data())
def test_a_step_has_some_of_the_rate(
    steps: int, warmup: float, decay: float, data: st.DataObject
) -> None:
    schedule = Schedule(rate=1, tokens=1, steps=steps, warmup=warmup, decay=decay)
    assert 0 < schedule.factor(data.draw(st.integers(0, steps - 1))) <= 1


def test_a_sentence_is_the_mean_over_its_tokens() -> None:
    tokens = torch.tensor([[9.0, 1, 3, 5], [9, -2, 9, 9]])
    sentence = torch.tensor([[-1, 0, 0, 1], [-1, 2, -1, -1]])
    assert sentence_logits(tokens, sentence, 3).tolist() == [2, 5, -2]


def test_a_sentence_without_tokens_is_in_doubt() -> None:
    logits = sentence_logits(torch.tensor([[9.0, 4]]), torch.tensor([[-1, 1]]), 2)
    assert logits.tolist() == [0, 4]


def made_windows() -> Iterator[Window]:
    """A window of 10 tokens, one of 14, one of 18, and so on again, without end."""
    return cycle(Window(WHO, (ORR,) * n, (False,) * n, None) for n in (1, 2, 3))


def test_batches_are_of_all_windows_and_no_longer_than_allowed() -> None:
    source = batches(made_windows(), make_batch, 60, random.Random(5))
    sizes = [0, 0, 0]
    while sum(sizes) < 1600:
        batch = next(source)
        assert batch.input_ids.numel() <= 60
        for tokens in batch.attention_mask.sum(1).tolist():
            sizes[(tokens - 10) // 4] += 1
    assert sizes == [534, 533, 533]


def test_batches_are_of_windows_of_like_length_in_any_order() -> None:
    source = batches(made_windows(), make_batch, 60, random.Random(5))
    lengths = [next(source).input_ids.shape[1] for _ in range(100)]
    assert lengths != sorted(lengths)
    assert {10, 14, 18} == set(lengths)


def test_a_window_that_is_longer_than_a_batch_is_one_alone() -> None:
    source = batches(made_windows(), make_batch, 2, random.Random(5))
    assert all(len(next(source).input_ids) == 1 for _ in range(1600))


def test_the_loss_of_a_network_that_knows_nothing(network: ReaderNetwork) -> None:
    for head in (network.tokens, network.answerable):
        torch.nn.init.zeros_(head.weight)
        torch.nn.init.zeros_(head.bias)
    # Start and end are each one of 8 places, or of 4; the rest is yes or no.
    span = (math.log(8) + math.log(4)) / 2
    assert loss(network, BATCH).item() == pytest.approx(span + 3 * math.log(2), rel=1e-4)


def test_the_loss_falls(network: ReaderNetwork, tmp_path: Path) -> None:
    before = loss(network, BATCH).item()
    Training(network, loss, SCHEDULE, tmp_path).run(repeat(BATCH), every=100)
    assert loss(network, BATCH).item() < 0.7 * before


def test_what_is_given_is_not_trained(network: ReaderNetwork, tmp_path: Path) -> None:
    before = deepcopy(network.state_dict())
    Training(network, loss, SCHEDULE, tmp_path).run(repeat(BATCH), every=100)
    trained = network.trained_state().keys()
    for name, value in network.state_dict().items():
        assert torch.equal(value, before[name]) == (name not in trained), name


def test_a_checkpoint_is_written_at_times_and_at_the_end(
    network: ReaderNetwork, tmp_path: Path
) -> None:
    training = Training(network, loss, Schedule(1e-5, 64, 5, 0.0, 0.0), tmp_path)
    training.run(repeat(BATCH), every=2)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["step"] for line in log] == [2, 4, 5]
    assert all(line["loss"] > 0 and line["rate"] == 1e-5 for line in log)
    assert {file.name for file in tmp_path.iterdir()} == {"checkpoint.pt", "log.jsonl"}


def stopped(after: int) -> Iterator[Batch]:
    """Batches until somebody stops the training."""
    yield from repeat(BATCH, after)
    raise KeyboardInterrupt


def test_a_stopped_training_goes_on(network: ReaderNetwork, tmp_path: Path) -> None:
    stopped_network, other = deepcopy(network), deepcopy(network)
    (tmp_path / "whole").mkdir()
    whole = Training(network, loss, SCHEDULE, tmp_path / "whole")
    whole.run(repeat(BATCH), every=100)
    first = Training(stopped_network, loss, SCHEDULE, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        first.run(stopped(after=2), every=1)
    second = Training(other, loss, SCHEDULE, tmp_path)
    assert second.step == 2
    assert_same_state(first, second)
    second.run(stopped(after=2), every=100)
    assert second.step == 4
    assert_same_state(whole, second)
    for name, value in network.trained_state().items():
        torch.testing.assert_close(value, other.trained_state()[name])


def assert_same_state(
    training: Training[ReaderNetwork, Batch], other: Training[ReaderNetwork, Batch]
) -> None:
    """Asserts that two optimizers remember the same."""
    states = training._optimizer.state_dict()["state"], other._optimizer.state_dict()["state"]
    assert states[0].keys() == states[1].keys() != set()
    for key, state in states[0].items():
        torch.testing.assert_close(state, states[1][key])


def test_a_training_at_its_end_learns_no_more(network: ReaderNetwork, tmp_path: Path) -> None:
    schedule = Schedule(rate=2e-4, tokens=64, steps=1, warmup=0.0, decay=0.0)
    Training(network, loss, schedule, tmp_path).run(repeat(BATCH), every=100)
    Training(network, loss, schedule, tmp_path).run(stopped(after=0), every=100)


def test_weights_that_were_saved_can_be_loaded(
    network: ReaderNetwork, packaged_network: ReaderNetwork, tmp_path: Path
) -> None:
    short = Schedule(rate=2e-4, tokens=64, steps=1, warmup=0.0, decay=0.0)
    Training(network, loss, short, tmp_path).run(repeat(BATCH), every=100)
    network.save(tmp_path / "reader.safetensors")
    other = deepcopy(packaged_network)
    other.load(tmp_path / "reader.safetensors")
    assert loss(other, BATCH).item() == pytest.approx(loss(network, BATCH).item(), rel=0.02)
    for name, value in network.trained_state().items():
        torch.testing.assert_close(other.trained_state()[name], value, rtol=1e-3, atol=1e-6)

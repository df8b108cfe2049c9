"""The loop of every training: batches, the rate, checkpoints."""

import json
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import torch
from rich.progress import Progress
from torch import Tensor, nn

from index.trained import TrainedNetwork

_POOL = 1600
"""How many windows are sorted by length at a time, so that batches have little padding."""


@dataclass(frozen=True)
class Schedule:
    """How long and how fast is learnt.

    Attributes:
        tokens: Of a batch, padding included.
        steps: In all.
        warmup: The share of them over which the rate rises.
        decay: The share of them, at the end, over which it falls.
    """

    rate: float
    tokens: int
    steps: int
    warmup: float
    decay: float

    def factor(self, step: int) -> float:
        """Returns what the rate is multiplied with at a step."""
        rise = (step + 1) / max(1.0, self.warmup * self.steps)
        fall = (self.steps - step) / max(1.0, self.decay * self.steps)
        return max(0.0, min(1.0, rise, fall))


N = TypeVar("N", bound=TrainedNetwork)
B = TypeVar("B")


class Sized(Protocol):
    """A thing to learn from that has a length."""

    @property
    def tokens(self) -> int:
        """Of the whole, special ones included."""


W = TypeVar("W", bound=Sized)


def batches(
    windows: Iterator[W], make: Callable[[Sequence[W]], B], tokens: int, rng: random.Random
) -> Iterator[B]:
    """Yields batches of windows of like length, in an order that chance decides.

    Args:
        windows: Without end.
        make: Makes a batch.
        tokens: Of a batch, padding included.
        rng: All chance is from here.
    """
    while True:
        pool = sorted((next(windows) for _ in range(_POOL)), key=lambda w: w.tokens)
        groups: list[list[W]] = [[]]
        for window in pool:
            if groups[-1] and (len(groups[-1]) + 1) * window.tokens > tokens:
                groups.append([])
            groups[-1].append(window)
        rng.shuffle(groups)
        yield from (make(group) for group in groups)


class Training(Generic[N, B]):
    """A training that can be stopped and gone on with."""

    def __init__(
        self, network: N, loss: Callable[[N, B], Tensor], schedule: Schedule, folder: Path
    ) -> None:
        """Makes one, or takes up the one whose checkpoint is in the folder."""
        self.network = network
        self._loss = loss
        self._schedule = schedule
        self._checkpoint = folder / "checkpoint.pt"
        self._log = folder / "log.jsonl"
        decayed = [p for p in network.parameters() if p.requires_grad and p.ndim > 1]
        plain = [p for p in network.parameters() if p.requires_grad and p.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
        self._optimizer = torch.optim.AdamW(groups, lr=schedule.rate, fused=True)
        self.step = 0
        if self._checkpoint.exists():
            stored = torch.load(self._checkpoint, weights_only=True)
            network.load_state_dict(stored["network"], strict=False)
            self._optimizer.load_state_dict(stored["optimizer"])
            self.step = stored["step"]

    def run(self, source: Iterator[B], every: int) -> None:
        """Learns until the schedule's end, with a checkpoint every so many steps."""
        self.network.train()
        smooth = math.nan
        with Progress() as bar:
            task = bar.add_task("training", total=self._schedule.steps, completed=self.step)
            while self.step < self._schedule.steps:
                value = self._learn(next(source))
                smooth = value if math.isnan(smooth) else 0.98 * smooth + 0.02 * value
                bar.update(task, advance=1, description=f"loss {smooth:.3f}")
                if self.step % every == 0 or self.step == self._schedule.steps:
                    self._save(smooth)

    def _learn(self, batch: B) -> float:
        for group in self._optimizer.param_groups:
            group["lr"] = self._schedule.rate * self._schedule.factor(self.step)
        with torch.autocast("cpu", torch.bfloat16):
            value = self._loss(self.network, batch)
        torch.autograd.backward(value)
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        self.step += 1
        return float(value.detach())

    def _save(self, smooth: float) -> None:
        stored = {
            "network": self.network.trained_state(),
            "optimizer": self._optimizer.state_dict(),
            "step": self.step,
        }
        scratch = self._checkpoint.with_suffix(".tmp")
        torch.save(stored, scratch)
        scratch.replace(self._checkpoint)
        with self._log.open("a", encoding="utf-8") as log:
            log.write(
                json.dumps({"step": self.step, "loss": smooth, **asdict(self._schedule)}) + "\n"
            )

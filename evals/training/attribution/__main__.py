"""Trains the network that finds who says what.

    python -m evals.training.attribution --data BENCHMARKS --work FOLDER

reads the train part of PolNeAR in BENCHMARKS, and leaves checkpoints in FOLDER, where it goes on
if it is called again.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from evals.loaders.polnear import load_attributions
from evals.stripping import without_marks
from evals.training.attribution.losses import loss
from evals.training.attribution.texts import Article, article_of
from evals.training.attribution.windows import make_batch, windows
from evals.training.loop import Schedule, Training, batches
from index.attribution.network import AttributionNetwork
from index.model import PACKAGED_MODEL, locate_model
from index.types import Attribution, Document

Annotated = tuple[Document, Sequence[Attribution]]

SEED = 20261124
SCHEDULE = Schedule(rate=8e-4, tokens=3072, steps=2400, warmup=0.05, decay=0.8)
_BARE = 1, 3
"""How many of so many times an article is read without its marks."""

_HELD_OUT = 20
"""Every so manieth article is not learnt from: on these is decided what is not learnt."""


def main() -> None:
    """Trains, and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.attribution")
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data")
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    training = Training(AttributionNetwork(), loss, SCHEDULE, arguments.work)
    rng = random.Random(f"{SEED} {training.step}")  # noqa: S311 - no secret
    learnt, _ = divided(load_attributions(arguments.data / "polnear" / "train.jsonl"))
    source = windows(variants(learnt), rng)
    training.run(batches(source, make_batch, SCHEDULE.tokens, rng), every=100)
    training.network.save(arguments.work / "attribution.safetensors")


def divided(articles: Sequence[Annotated]) -> tuple[list[Annotated], list[Annotated]]:
    """Returns the articles that are learnt from, and those that are held out."""
    numbered = list(enumerate(articles, start=1))
    return (
        [article for number, article in numbered if number % _HELD_OUT],
        [article for number, article in numbered if number % _HELD_OUT == 0],
    )


def variants(articles: Iterable[Annotated]) -> list[list[Article]]:
    """Returns articles as tokens, each in its variants, as often as they are to be read."""
    tokenizer = Tokenizer.from_file(str(locate_model(PACKAGED_MODEL).folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    bare, all_ = _BARE
    return [
        [
            *[article_of(*annotated, tokenizer)] * (all_ - bare),
            *[article_of(*without_marks(*annotated), tokenizer)] * bare,
        ]
        for annotated in articles
    ]


if __name__ == "__main__":
    main()

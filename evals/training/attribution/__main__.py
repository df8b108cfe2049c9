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

from evals.attributions import Annotated, measure
from evals.loaders.polnear import load_attributions
from evals.stripping import without_marks
from evals.training.attribution.losses import loss
from evals.training.attribution.texts import Article, article_of
from evals.training.attribution.windows import make_batch, windows
from evals.training.loop import Schedule, Training, batches
from index.attribution.graph import load_graph
from index.attribution.network import AttributionNetwork
from index.model import PACKAGED_MODEL, locate_model
from index.types import Attribution, Document

Loaded = tuple[Document, Sequence[Attribution]]

SEED = 20261124
SCHEDULE = Schedule(rate=8e-4, tokens=3072, steps=2400, warmup=0.05, decay=0.8)
_BARE = 1, 3
"""How many of so many times an article is read without its marks."""

_HELD_OUT = 20
"""Of so many articles the last is not learnt from: on these was decided what is not learnt."""


def main() -> None:
    """Trains, writes the weights, and prints the figures on what was held out."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.attribution")
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data")
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    training = Training(AttributionNetwork(), loss, SCHEDULE, arguments.work)
    rng = random.Random(f"{SEED} {training.step}")  # noqa: S311 - no secret
    learnt, held_out = divided(load_attributions(arguments.data / "polnear" / "train.jsonl"))
    source = windows(variants(learnt), rng)
    training.run(batches(source, make_batch, SCHEDULE.tokens, rng), every=100)
    weights = arguments.work / "attribution.safetensors"
    training.network.save(weights)
    unnamed = [Annotated(d, tuple(own), ((),) * len(own)) for d, own in held_out]
    for name, figure in measure(unnamed, load_graph(weights).find).items():
        print(f"{name}: {figure.value:.3f} of {figure.n}")


def divided(articles: Sequence[Loaded]) -> tuple[list[Loaded], list[Loaded]]:
    """Returns the articles that are learnt from, and those that are held out."""
    numbered = list(enumerate(articles, start=1))
    return (
        [article for number, article in numbered if number % _HELD_OUT],
        [article for number, article in numbered if number % _HELD_OUT == 0],
    )


def variants(articles: Iterable[Loaded]) -> list[list[Article]]:
    """Returns articles as tokens, each in its variants, as often as they are to be read."""
    tokenizer = Tokenizer.from_file(str(locate_model(PACKAGED_MODEL).folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    bare, all_ = _BARE
    return [
        [
            *[article_of(*loaded, tokenizer)] * (all_ - bare),
            *[article_of(*without_marks(*loaded), tokenizer)] * bare,
        ]
        for loaded in articles
    ]


if __name__ == "__main__":
    main()

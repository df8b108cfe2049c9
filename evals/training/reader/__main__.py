"""Trains the reader.

    python -m evals.training.reader --data BENCHMARKS --work FOLDER

reads the public data in BENCHMARKS and the project's own news, and leaves checkpoints in FOLDER,
where it goes on if it is called again. What it is trained on, and how, is in ``recipe``.
"""

import argparse
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

from evals.training.loop import Training, batches
from evals.training.reader import recipe
from evals.training.reader.batches import make_batch
from evals.training.reader.losses import loss
from evals.training.reader.texts import sentence_maker
from index.model import PACKAGED_MODEL, locate_model
from qa.reading.network import ReaderNetwork


def main() -> None:
    """Trains phase after phase."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.reader")
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data")
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints")
    arguments = parser.parse_args()
    torch.manual_seed(recipe.SEED)
    network = ReaderNetwork()
    tokenizer = Tokenizer.from_file(str(locate_model(PACKAGED_MODEL).folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    make = sentence_maker(tokenizer)
    for phase in recipe.PHASES:
        folder = arguments.work / phase.name
        folder.mkdir(parents=True, exist_ok=True)
        training = Training(network, loss, phase.schedule, folder)
        rng = random.Random(f"{recipe.SEED} {phase.name} {training.step}")  # noqa: S311 - no secret
        windows = recipe.windows(arguments.data, phase, make, rng)
        training.run(batches(windows, make_batch, phase.schedule.tokens, rng), every=200)
        network.save(folder / "reader.safetensors")


if __name__ == "__main__":
    main()

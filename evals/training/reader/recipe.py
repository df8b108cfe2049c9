"""What the reader is trained on, in what shares, and for how long."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from evals.loaders.polnear import load_attributions
from evals.loaders.squad import load_squad
from evals.rows import load_questions
from evals.seen import SQUAD_ARTICLES
from evals.training.loop import Schedule
from evals.training.reader.attributions import load_asked
from evals.training.reader.politics import load_politics
from evals.training.reader.texts import Asked, MakeSentence, asked_of
from evals.training.reader.windows import Mixture, Window, WindowMaker

SEED = 20261124
NEWS = Path(__file__).parents[1] / "news"
"""The project's own articles and questions for training."""

POLITICS = NEWS.with_name("politics.jsonl")
"""The project's own questions about PolNeAR's articles."""

_HELD_OUT_NEWS = 6
"""One article of our own in so many is kept for calibration."""


@dataclass(frozen=True)
class Phase:
    """A part of the training.

    Attributes:
        shares: Of the windows, by source.
    """

    name: str
    schedule: Schedule
    shares: Mapping[str, float]


MIXTURES = {
    "squad2": Mixture(negatives=0.1),
    "new_wiki": Mixture(negatives=0.45),
    "reddit": Mixture(negatives=0.4),
    "attributions": Mixture(negatives=0.2),
    "politics": Mixture(negatives=0.25),
    "news": Mixture(negatives=0.25),
}
"""Of each source. All but two of them have questions without an answer of their own."""

PHASES = (
    Phase(
        "general",
        Schedule(rate=2e-4, tokens=3072, steps=1200, warmup=0.05, decay=0.0),
        {"squad2": 0.15, "new_wiki": 0.4, "reddit": 0.25, "attributions": 0.2},
    ),
    Phase(
        "news",
        Schedule(rate=2e-4, tokens=3072, steps=2800, warmup=0.02, decay=0.6),
        {"squad2": 0.15, "new_wiki": 0.22, "reddit": 0.1, "attributions": 0.13, "news": 0.4},
    ),
    Phase(
        "last",
        Schedule(rate=6e-5, tokens=3072, steps=600, warmup=0.05, decay=0.95),
        {"squad2": 0.15, "new_wiki": 0.2, "reddit": 0.05, "attributions": 0.1, "news": 0.5},
    ),
    Phase(
        "wider",
        Schedule(rate=1.5e-4, tokens=3072, steps=1500, warmup=0.05, decay=0.0),
        {"squad2": 0.17, "new_wiki": 0.33, "reddit": 0.2, "attributions": 0.2, "news": 0.1},
    ),
    Phase(
        "final",
        Schedule(rate=1.5e-4, tokens=3072, steps=2700, warmup=0.02, decay=0.7),
        {
            "squad2": 0.13,
            "new_wiki": 0.17,
            "reddit": 0.05,
            "attributions": 0.07,
            "politics": 0.28,
            "news": 0.3,
        },
    ),
)


def _squad2(data: Path, make: MakeSentence, _: random.Random) -> list[Asked]:
    asked = asked_of(load_squad(data / "squad2" / "dev-v2.0-part.json"), make)
    return [a for a in asked if a.text.group in SQUAD_ARTICLES]


def _new_wiki(data: Path, make: MakeSentence, _: random.Random) -> list[Asked]:
    return list(asked_of(load_squad(data / "squadshifts" / "new_wiki.json"), make))


def _reddit(data: Path, make: MakeSentence, _: random.Random) -> list[Asked]:
    return list(asked_of(load_squad(data / "squadshifts" / "reddit.json"), make))


def _attributions(data: Path, make: MakeSentence, rng: random.Random) -> list[Asked]:
    return list(load_asked(data / "polnear" / "train.jsonl", make, rng))


def _politics(data: Path, make: MakeSentence, _: random.Random) -> list[Asked]:
    articles = {d.key: d for d, _ in load_attributions(data / "polnear" / "train.jsonl")}
    return list(load_politics(POLITICS, articles, make))


def _news(_data: Path, make: MakeSentence, _: random.Random) -> list[Asked]:
    return [a for path in news_files(held_out=False) for a in news_asked(path, make)]


_SOURCES: dict[str, Callable[[Path, MakeSentence, random.Random], list[Asked]]] = {
    "squad2": _squad2,
    "new_wiki": _new_wiki,
    "reddit": _reddit,
    "attributions": _attributions,
    "politics": _politics,
    "news": _news,
}


def news_files(*, held_out: bool) -> list[Path]:
    """Returns our own question files, those trained on or the others.

    Which is which is by a hash of the name, so that another article moves none.
    """
    return [f for f in sorted(NEWS.glob("*.jsonl")) if _is_held_out(f) == held_out]


def _is_held_out(file: Path) -> bool:
    [number] = blake2b(file.stem.encode(), digest_size=1).digest()
    return number % _HELD_OUT_NEWS == 0


def news_asked(path: Path, make: MakeSentence) -> list[Asked]:
    """Returns the questions of a file of our own."""
    return [a for collection in load_questions(path) for a in asked_of(collection, make)]


def windows(data: Path, phase: Phase, make: MakeSentence, rng: random.Random) -> Iterator[Window]:
    """Yields training windows without end, the sources mixed by the phase's shares.

    Raises:
        SourceError: The data cannot be read.
        ValueError: A source has no questions to train on.
    """
    streams = {
        name: _stream(_asked(name, data, make, rng), make, MIXTURES[name], rng)
        for name in phase.shares
    }
    names, shares = list(phase.shares), list(phase.shares.values())
    while True:
        yield next(streams[rng.choices(names, shares)[0]])


def _asked(name: str, data: Path, make: MakeSentence, rng: random.Random) -> list[Asked]:
    asked = _SOURCES[name](data, make, rng)
    if not asked:
        raise ValueError(f"{name} has no questions to train on")
    return asked


def _stream(
    asked: Sequence[Asked], make: MakeSentence, mixture: Mixture, rng: random.Random
) -> Iterator[Window]:
    maker = WindowMaker(asked, make, mixture, rng)
    while True:
        for each in rng.sample(asked, len(asked)):
            if window := maker.window(each):
                yield window

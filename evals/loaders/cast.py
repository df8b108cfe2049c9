"""TREC CAsT 2019: follow-up questions, and the same ones rewritten to stand alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.loaders.files import folder_of, read_json, read_table
from evals.types import Collection, Sample


@dataclass(frozen=True)
class _Turn:
    number: int
    raw_utterance: str


@dataclass(frozen=True)
class _Topic:
    number: int
    turn: tuple[_Turn, ...]


@dataclass(frozen=True)
class _Resolved:
    turn: str
    question: str


def load_cast(path: Path) -> Collection:
    """Loads the turns of all conversations that are rewritten; there are no documents.

    Args:
        path: The folder with topics.json and resolved.tsv, or one of the two.

    Raises:
        SourceError: One of them cannot be read or is of another format.
    """
    folder = folder_of(path)
    topics = read_json(folder / "topics.json", tuple[_Topic, ...])
    table = read_table(folder / "resolved.tsv", _Resolved, columns=("turn", "question"))
    resolved = {row.turn: row.question for _, row in table}
    samples = tuple(sample for topic in topics for sample in _samples(topic, resolved))
    return Collection(folder.resolve().name, (), samples, frozenset({"rewriting"}))


def _samples(topic: _Topic, resolved: Mapping[str, str]) -> Iterator[Sample]:
    questions = tuple(turn.raw_utterance for turn in topic.turn)
    for position, turn in enumerate(topic.turn):
        name = f"{topic.number}_{turn.number}"
        if name in resolved:
            yield Sample(
                id=name,
                question=turn.raw_utterance,
                kind="follow-up" if position else "first",
                answerable=True,
                history=questions[:position],
                standalone=resolved[name],
            )

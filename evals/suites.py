"""The suites by name: those that come with the project, and those of public data, by path."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals import packaged
from evals.loaders.beir import load_beir
from evals.loaders.cast import load_cast
from evals.loaders.clapnq import load_clapnq
from evals.loaders.polnear import load_polnear
from evals.loaders.wice import load_wice
from evals.rows import load_questions
from evals.seen import load_unseen_squad
from evals.types import Collection, Evidence, Suite
from index.errors import SourceError

PACKAGED: Mapping[str, Callable[[], Suite]] = {
    "bundled": packaged.bundled_suite,
    "written": packaged.written_suite,
    "together": packaged.together_suite,
    "conversations": packaged.conversation_suite,
    "standalone": packaged.standalone_suite,
}
"""What is run where no suite is named."""

TUNE = "tune"
"""What may be fitted on. It is run where it is named, and reported nowhere."""


@dataclass(frozen=True)
class PublicData:
    """A public data set: where its files stand in its folder, and what reads one of them."""

    pattern: str
    load: Callable[[Path], Collection | Sequence[Collection]]

    def suite(self, name: str, path: Path) -> Suite:
        """Loads it from its file, its folder, or a folder that holds that."""
        files = sorted(_folder(name, path).glob(self.pattern)) if path.is_dir() else [path]
        collections = [c for file in files for c in self._loaded(file)]
        if len(files) > 1:
            collections = [_told_apart(c) for c in collections]
        return Suite(name, tuple(collections))

    def _loaded(self, file: Path) -> Sequence[Collection]:
        loaded = self.load(file)
        return (loaded,) if isinstance(loaded, Collection) else loaded


PUBLIC: Mapping[str, PublicData] = {
    "squad2": PublicData("*.json", load_unseen_squad),
    "squadshifts": PublicData("*.json", load_unseen_squad),
    "xquad": PublicData("*.json", load_unseen_squad),
    "clapnq": PublicData("*.jsonl", load_clapnq),
    "wice": PublicData("*.jsonl", load_wice),
    "polnear": PublicData("dev.jsonl", load_polnear),
    "cast19": PublicData("topics.json", load_cast),
    "beir": PublicData("**/corpus.jsonl", load_beir),
}


def load_suites(names: Sequence[str], data: Path | None) -> Iterator[Suite]:
    """Loads suites, one when the one before it is done with.

    Args:
        names: Those to run. None: the packaged ones with the public ones that ``data`` has; or
            where that is a file, the questions in it.
        data: A file of questions, the files of the one public suite that is named, or a folder
            with a folder for each of several.

    Raises:
        SourceError: There is no such suite, or its data is missing or wrong.
    """
    if data is not None and not data.exists():
        raise SourceError(f"{data}: there is no such file or folder")
    if not names and data is not None and data.is_file():
        yield Suite(data.name, tuple(load_questions(data)))
        return
    wanted = list(names) or [*PACKAGED, *_found(data)]
    if data is not None and not PUBLIC.keys() & set(wanted):
        raise SourceError(f"{data}: no suite uses it; there are suites for {', '.join(PUBLIC)}")
    for name in wanted:
        yield _load(name, data)


def _load(name: str, data: Path | None) -> Suite:
    if name in PACKAGED:
        return PACKAGED[name]()
    if name == TUNE:
        return packaged.tune_suite()
    if name not in PUBLIC:
        known = ", ".join([*PACKAGED, TUNE, *PUBLIC])
        raise SourceError(f"{name}: there is no such suite; there are {known}")
    suite = PUBLIC[name].suite(name, data) if data else Suite(name, ())
    if not suite.collections:
        raise SourceError(
            f"{name}: its data is not there, or all of it was trained on; name "
            "its file or folder with --data"
        )
    return suite


def _found(data: Path | None) -> list[str]:
    return [name for name in PUBLIC if data and (data / name).is_dir()]


def _told_apart(collection: Collection) -> Collection:
    """Puts its name before all ids and keys: those of two files may be the same."""

    def own(name: str) -> str:
        return f"{collection.name}/{name}"

    def placed(evidence: Evidence) -> Evidence:
        return evidence._replace(article=own(evidence.article))

    samples = [
        replace(
            sample,
            id=own(sample.id),
            alternatives=tuple(tuple(map(placed, each)) for each in sample.alternatives),
            within=None if sample.within is None else own(sample.within),
        )
        for sample in collection.samples
    ]
    documents = [replace(document, key=own(document.key)) for document in collection.documents]
    return replace(collection, documents=tuple(documents), samples=tuple(samples))


def _folder(name: str, path: Path) -> Path:
    return path / name if (path / name).is_dir() else path

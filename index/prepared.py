"""The networks that the project trained, as they are run: exported once a user."""

import logging
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from index.errors import ModelError
from index.exported import digest_of, read_manifest
from index.locations import cache_directory
from index.model import packaged_fingerprint

_log = logging.getLogger(__name__)

Export = Callable[[Path, str, Path], None]
"""Writes a network's weights as a graph, with a fingerprint in its manifest, to a folder."""

G = TypeVar("G")


class ShippedNetwork(Generic[G]):
    """A network whose weights come with the project. All threads share what is loaded of it."""

    def __init__(
        self,
        name: str,
        package: str,
        file: str,
        version: int,
        export: Export,
        load: Callable[[Path], G],
    ) -> None:
        """Names it; nothing is loaded yet.

        Args:
            name: Of the network, for people and for folders.
            package: In whose ``data`` the weights are.
            file: The weights.
            version: Of the export: another one where what is exported changes.
            export: Is called only where there is something to make; it may import torch.
            load: Loads the network from the folder of its export.
        """
        self._name = name
        self._weights = files(package).joinpath("data", file)
        self._version = version
        self._export = export
        self._load = load
        self._lock = Lock()
        self._loaded: G | None = None

    def packaged(self) -> G:
        """Returns it with the project's weights, loaded once a process; see ``prepared``."""
        with self._lock:
            if self._loaded is None:
                with as_file(self._weights) as weights:
                    self._loaded = self.of(weights)
            return self._loaded

    def of(self, weights: Path) -> G:
        """Returns it with these weights; see ``prepared``."""
        return self._load(prepared(self._name, weights, self._version, self._export))


def prepared(name: str, weights: Path, version: int, export: Export) -> Path:
    """Returns the folder of a network's export, made first where it is missing or damaged.

    Args:
        name: Of the network, for people and for the folder.
        weights: What was trained.
        version: Of the export: another one where what is exported changes.
        export: Is called only where there is something to make; it may import torch.

    Raises:
        ModelError: The weights or the packaged encoder are missing or damaged, or the cache
            cannot be written.
    """
    try:
        fingerprint = f"{packaged_fingerprint()[:16]}{digest_of(weights)[:16]}"
    except OSError as error:
        raise ModelError(f"{weights}: the {name}'s weights are missing: {error}") from error
    folder = cache_directory() / f"{name}s" / f"{fingerprint}-{version}"
    if not _is_whole(folder, fingerprint):
        _log.info("preparing the %s, which takes some seconds, once", name)
        export(weights, fingerprint, folder)
        if not _is_whole(folder, fingerprint):
            raise ModelError(f"{folder}: the {name} cannot be read back; is the disk full?")
    return folder


def _is_whole(folder: Path, fingerprint: str) -> bool:
    return (read_manifest(folder) or {}).get("fingerprint") == fingerprint

"""Where things are kept when nobody says where: the user's data and cache directories."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import platformdirs

_APP = "article-qa"


def default_index_directory() -> Path:
    """Returns the directory of the index that is used when none is named."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "index"


def cache_directory() -> Path:
    """Returns the directory for what can be made again: encoders, and indexes of ``ask SOURCE``."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def cached_index_directory(sources: Sequence[str], model: str | None) -> Path:
    """Returns the directory of the index that is kept for the sources of these names."""
    key = [model, *sorted(sources)]
    digest = hashlib.sha256(json.dumps(key).encode("utf-8", "surrogatepass")).hexdigest()
    return cache_directory() / "indexes" / digest[:32]

"""Processes that are killed: real ones, forked where everything is imported, so that they begin
with their work at once."""

import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from multiprocessing.process import BaseProcess
from pathlib import Path

from index.cli import app
from index.encoder import load_encoder

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(
    ["__main__", "index.ingestion", "index.article_index", "index.export"]
)


def add(folder: Path, directory: Path) -> None:
    """Runs ``article-qa index add``."""
    with redirect_stdout(StringIO()):
        app(["add", str(folder), "--index", str(directory)])


def export(model: Path, cache: Path) -> None:
    """Prepares a model's encoder in a cache directory."""
    os.environ["XDG_CACHE_HOME"] = str(cache)
    load_encoder(str(model))


def started(work: Callable[..., None], *arguments: Path) -> BaseProcess:
    """Starts a process of its own that does the work."""
    process = _forks.Process(target=work, args=arguments)
    process.start()
    return process


def kill(process: BaseProcess, seconds: float, file: Path | None = None) -> None:
    """Kills a process as no handler can notice, after so long, and then when a file is there."""
    process.join(seconds)
    while file and process.is_alive() and not file.exists():
        time.sleep(0.0005)
    process.kill()
    process.join()
    process.close()


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    """Waits until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it does not come to hold"
        time.sleep(0.0005)

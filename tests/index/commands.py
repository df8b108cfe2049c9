"""Commands of the command line, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path


def article_qa(package: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """Starts ``article-qa`` with the commands of a package."""
    return subprocess.Popen(
        [sys.executable, "-m", package, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Waits for a process; returns its exit status, and what it printed to both outputs."""
    stdout, stderr = process.communicate(timeout=120)
    return process.returncode, stdout, stderr

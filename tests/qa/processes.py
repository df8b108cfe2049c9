"""Python programs of their own, under the guard that refuses the network."""

import os
import subprocess
import sys

_PROXIES = {"http_proxy", "https_proxy", "all_proxy"}


def run_python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the interpreter; a proxy on this machine would be a way around the guard."""
    inherited = {name: v for name, v in os.environ.items() if name.lower() not in _PROXIES}
    return subprocess.run(
        [sys.executable, *arguments],
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )

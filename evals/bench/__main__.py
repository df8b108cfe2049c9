"""``python -m evals.bench``."""

from evals.bench.cli import app

app(prog_name="python -m evals.bench")

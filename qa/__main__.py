"""``python -m qa`` is ``article-qa ask``."""

from qa.cli import app

app(prog_name="python -m qa")

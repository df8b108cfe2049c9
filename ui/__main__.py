"""``python -m ui`` is ``article-qa chat``."""

from ui.cli import app

app(prog_name="python -m ui")

"""A run as one page to look at: its figures, its curves, and every sample with its evidence.

The page is a single file that asks the network for nothing: ``static/report.html.j2``, with the
style and the scripts beside it, filled with what the other modules here take from a run.
"""

from evals.report.page import write_report

__all__ = ["write_report"]

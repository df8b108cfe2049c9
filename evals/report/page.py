"""The page: a run's figures and samples put into one file."""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evals.metrics import METRICS
from evals.report.data import as_json, cuts
from evals.report.figures import HEADLINE, shown, suite_views
from evals.report.outcomes import OUTCOMES, outcome
from evals.types import Run

_STATIC = files("evals.report") / "static"


def write_report(run: Run, path: Path) -> None:
    """Writes a run as one file that needs nothing else; the same run, the same bytes.

    Raises:
        OSError: It cannot be written.
    """
    path.write_text(_page(run), encoding="utf-8", newline="\n")


def _page(run: Run) -> str:
    style, *scripts = map(_static, ("page.css", "sample.js", "page.js"))
    occurring = {outcome(each) for each in run.scored}
    template = _environment().get_template("report.html.j2")
    return template.render(
        policy=_policy(style, scripts),
        style=style,
        scripts=scripts,
        systems=list(dict.fromkeys(summary.system for summary in run.summaries)),
        suites=suite_views(run),
        asked=sum(summary.samples for summary in run.summaries),
        failed=sum(summary.errors for summary in run.summaries),
        headline=[METRICS[name] for name in HEADLINE],
        outcomes=[each for each in OUTCOMES if each in occurring],
        cuts=cuts(run.scored),
        data=Markup(as_json(run)),  # noqa: S704 - it has no <
    )


def _static(name: str) -> Markup:
    return Markup(_STATIC.joinpath(name).read_text("utf-8"))  # noqa: S704 - ours


def _policy(style: str, scripts: Iterable[str]) -> str:
    """Lets the browser load nothing, and run nothing but the page's own scripts."""
    own = " ".join(map(_digest, scripts))
    return f"default-src 'none'; style-src {_digest(style)}; script-src {own}"


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _filtered(**filters: str) -> str:
    """The link to the samples that a filter leaves; ``static/page.js`` reads it."""
    return f"#{urlencode(filters)}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("evals.report", "static"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = shown
    environment.globals["filtered"] = _filtered
    return environment

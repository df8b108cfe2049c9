"""Curves as SVG that stands in the page: what colours them is the page's style.

Both diagrams are squares of shares, 0 to 1 either way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from markupsafe import Markup

from evals.types import Bin, Point

_SIDE = 270
_LEFT, _TOP, _RIGHT = 52, 10, 18
_BOTTOM = _TOP + _SIDE
_LEGEND = _BOTTOM + 62
_LINE = 20
_LARGEST_DOT = 6
_STYLES = 4
"""How many ways the page's style has to draw a line."""

_TICKS = tuple(step / 5 for step in range(6))


class Plot(NamedTuple):
    """A diagram with what is written over it."""

    title: str
    meaning: str
    drawing: Markup


def risk_coverage_plot(anchor: str, curves: Mapping[str, Sequence[Point]]) -> Plot:
    """Returns the share of wrong answers, against how many of the questions are answered.

    Args:
        anchor: What the names of its parts begin with; unique in the page.
        curves: By system. The empty ones are not drawn.
    """
    lines = [
        _line(number, [(point.coverage, point.risk) for point in _thinned(curve)])
        for number, curve in enumerate(curves.values())
        if curve
    ]
    told = " ".join(f"{name}: {_risks(curve)}." for name, curve in curves.items() if curve)
    return Plot(
        "Risk and coverage",
        "If only the surest questions were answered: how many of the answers would be wrong.",
        _diagram(anchor, told, curves, ("coverage: share answered", "risk: share wrong"), lines),
    )


def reliability_plot(anchor: str, bins: Mapping[str, Sequence[Bin]]) -> Plot:
    """Returns how often the articles answer, against how sure the system is that they do.

    Args:
        anchor: What the names of its parts begin with; unique in the page.
        bins: By system. The empty ones are not drawn.
    """
    largest = max(each.n for own in bins.values() for each in own)
    lines = [_dotted(number, own, largest) for number, own in enumerate(bins.values()) if own]
    diagonal = _tag("path", class_="diagonal", d=f"M{_x(0):g} {_y(0):g}L{_x(1):g} {_y(1):g}")
    told = " ".join(f"{name}: {_shares(own)}." for name, own in bins.items() if own)
    return Plot(
        "Reliability",
        "How often the articles do answer, by how sure it is that they do: on the straight line, "
        "as often as it says. A dot's area is its number of questions.",
        _diagram(anchor, told, bins, ("confidence", "share answerable"), [diagonal, *lines]),
    )


def _diagram(
    anchor: str,
    told: str,
    series: Mapping[str, Sequence[object]],
    axes: tuple[str, str],
    drawn: Iterable[Markup],
) -> Markup:
    across, up = axes
    named = [(number, name) for number, (name, own) in enumerate(series.items()) if own]
    return _tag(
        "svg",
        _tag("title", f"{up}, by {across}", id=f"{anchor}-title"),
        _tag("desc", told, id=f"{anchor}-desc"),
        *_axes(across, up),
        *drawn,
        *(_legend(row, number, name) for row, (number, name) in enumerate(named)),
        viewBox=f"0 0 {_LEFT + _SIDE + _RIGHT} {_LEGEND + _LINE * len(named)}",
        role="img",
        aria_labelledby=f"{anchor}-title",
        aria_describedby=f"{anchor}-desc",
    )


def _axes(across: str, up: str) -> Iterator[Markup]:
    for tick in _TICKS:
        yield _tag("path", class_="grid", d=f"M{_x(tick):g} {_TOP}V{_BOTTOM}")
        yield _tag("path", class_="grid", d=f"M{_LEFT} {_y(tick):g}H{_LEFT + _SIDE}")
        yield _text(f"{tick:.1f}", _x(tick), _BOTTOM + 18, "middle")
        yield _text(f"{tick:.1f}", _LEFT - 8, _y(tick) + 4, "end")
    yield _tag("path", class_="axis", d=f"M{_LEFT} {_TOP}V{_BOTTOM}H{_LEFT + _SIDE}")
    yield _text(across, _x(0.5), _BOTTOM + 40, "middle")
    yield _text(up, 14, _y(0.5), "middle", transform=f"rotate(-90 14 {_y(0.5):g})")


def _legend(row: int, number: int, name: str) -> Markup:
    y = _LEGEND + _LINE * row
    key = _tag("path", class_=_style(number), d=f"M{_LEFT} {y}h32")
    return key + _text(name, _LEFT + 42, y + 4, "start")


def _line(number: int, points: Iterable[tuple[float, float]]) -> Markup:
    places = " ".join(f"{_x(across):.1f},{_y(up):.1f}" for across, up in points)
    return _tag("polyline", class_=_style(number), points=places)


def _dotted(number: int, bins: Sequence[Bin], largest: int) -> Markup:
    line = _line(number, [(each.confidence, each.share) for each in bins])
    return line + Markup().join(_dot(number, each, largest) for each in bins)


def _dot(number: int, each: Bin, largest: int) -> Markup:
    told = f"{each.n} questions: confidence {each.confidence:.2f}, answerable {each.share:.2f}"
    return _tag(
        "circle",
        _tag("title", told),
        class_=f"dot {_style(number)}",
        cx=f"{_x(each.confidence):.1f}",
        cy=f"{_y(each.share):.1f}",
        r=f"{_LARGEST_DOT * sqrt(each.n / largest):.1f}",
    )


def _thinned(curve: Sequence[Point]) -> Iterable[Point]:
    """One point for each unit of the drawing, the last one always: more cannot be seen."""
    return {round(_x(point.coverage)): point for point in curve}.values()


def _risks(curve: Sequence[Point]) -> str:
    half = curve[(len(curve) - 1) // 2]
    return f"{half.risk:.0%} of the surest half are wrong, {curve[-1].risk:.0%} of all"


def _shares(bins: Sequence[Bin]) -> str:
    return ", ".join(f"{each.share:.0%} at confidence {each.confidence:.2f}" for each in bins)


def _style(number: int) -> str:
    return f"series series-{number % _STYLES}"


def _x(share: float) -> float:
    return _LEFT + _SIDE * share


def _y(share: float) -> float:
    return _BOTTOM - _SIDE * share


def _text(written: str, x: float, y: float, anchor: str, **attributes: object) -> Markup:
    return _tag("text", written, x=f"{x:g}", y=f"{y:g}", text_anchor=anchor, **attributes)


def _tag(name: str, *content: str, **attributes: object) -> Markup:
    """An element; what is no markup is escaped. An underscore is a dash, at the end it is none."""
    written = (
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, Markup().join(written), Markup().join(content))

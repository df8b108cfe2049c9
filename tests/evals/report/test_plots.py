"""Curves, by where their points are."""

from xml.etree import ElementTree

from evals.report.plots import Plot, reliability_plot, risk_coverage_plot
from evals.types import Bin, Point

LEFT, RIGHT, TOP, BOTTOM = 52, 322, 10, 280


def points(plot: Plot) -> list[list[tuple[float, ...]]]:
    """The corners of each line that is drawn."""
    svg = ElementTree.fromstring(plot.drawing)
    lines = [line.attrib["points"].split() for line in svg.iter("polyline")]
    return [[tuple(map(float, corner.split(","))) for corner in line] for line in lines]


def test_the_curve_goes_through_its_points() -> None:
    plot = risk_coverage_plot("a", {"ours": [Point(0.5, 0.0), Point(1.0, 1.0)]})
    assert points(plot) == [[((LEFT + RIGHT) / 2, BOTTOM), (RIGHT, TOP)]]


def test_a_long_curve_is_thinned_and_keeps_its_end() -> None:
    curve = [Point(k / 5000, 0.5) for k in range(1, 5001)] + [Point(1.0, 0.25)]
    (line,) = points(risk_coverage_plot("a", {"ours": curve}))
    assert len(line) <= RIGHT - LEFT + 1
    assert line[-1] == (RIGHT, BOTTOM - (BOTTOM - TOP) / 4)


def test_a_system_looks_the_same_beside_one_without_a_curve() -> None:
    plot = risk_coverage_plot("a", {"ours": [], "other": [Point(1.0, 0.5)]})
    (line,) = ElementTree.fromstring(plot.drawing).iter("polyline")
    assert line.attrib["class"] == "series series-1"
    assert ">other<" in plot.drawing
    assert ">ours<" not in plot.drawing


def test_dots_have_areas_by_their_number_of_questions() -> None:
    plot = reliability_plot("a", {"ours": [Bin(0.2, 0.1, 10), Bin(0.8, 0.9, 40)]})
    small, large = ElementTree.fromstring(plot.drawing).iter("circle")
    assert float(large.attrib["r"]) == 2 * float(small.attrib["r"])
    assert small.find("title") is not None
    assert 'class="diagonal"' in plot.drawing


def test_it_is_told_in_words_and_escaped() -> None:
    plot = risk_coverage_plot("a", {"<b>": [Point(0.5, 0.1), Point(1.0, 0.25)]})
    svg = ElementTree.fromstring(plot.drawing)
    assert svg.attrib["role"] == "img"
    title, description = svg.findtext("title"), svg.findtext("desc")
    assert title == "risk: share wrong, by coverage: share answered"
    assert description == "<b>: 10% of the surest half are wrong, 25% of all."
    assert svg.attrib["aria-labelledby"] == "a-title"
    assert svg.attrib["aria-describedby"] == "a-desc"

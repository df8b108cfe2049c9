"""Countries, by all that a newspaper calls them."""

from functools import cache
from importlib.resources import files

from index.lexical import words


@cache
def countries() -> dict[str, str]:
    """Returns the country of each name, adjective and people, all in the form of ``words``."""
    return {called: country for country, also, _ in _rows() for called in (country, *also)}


@cache
def seats() -> dict[str, str]:
    """Returns the country of each place by which its government is called: "moscow"."""
    return {seat: country for country, _, own in _rows() for seat in own}


@cache
def _rows() -> list[tuple[str, list[str], list[str]]]:
    lines = files("qa").joinpath("data", "countries.tsv").read_text("utf-8").splitlines()[1:]
    return [(_key(name), _keys(also), _keys(own)) for name, also, own in map(_columns, lines)]


def _columns(line: str) -> tuple[str, str, str]:
    name, also, own = line.split("\t")
    return name, also, own


def _keys(column: str) -> list[str]:
    return [_key(each) for each in column.split(",") if each.strip()]


def _key(name: str) -> str:
    return " ".join(words(name))

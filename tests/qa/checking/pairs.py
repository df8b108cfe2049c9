"""Sentences to be cited, as short as the tests want them."""

from datetime import date

from qa.checking.types import Cited

HARGAN = Cited(
    "Hargan told the Evening Post on Monday that 450 soldiers had been sent to the valley.",
    speaker="Leopold Hargan",
    before="The interior minister, Leopold Hargan, spoke in the capital.",
    title="Wildfire races through Tamarel Valley",
    published=date(2024, 8, 6),
)


def cited(text: str, speaker: str | None = None, before: str = "") -> list[Cited]:
    """Returns one sentence, as what is cited."""
    return [Cited(text, speaker, before)]

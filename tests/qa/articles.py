"""Three invented articles: as a feed delivers one, Markdown with front matter, and plain text."""

from pathlib import Path

CLOCK_TOWER = """\
Clock tower of Brenning opens again after nine years
20230504
https://news.example/brenning-clock-tower
The clock tower of Brenning opened its doors to visitors on Thursday, after nine years of repairs.
The bells will ring every hour again, mayor Ilse Karlsen told reporters at the foot of the tower.
The repairs cost 14 million euros, twice as much as planned.
"""
BAKERS = """\
---
title: Bakers of Lindholm end their strike
date: 2024-02-11
url: https://news.example/bakers
---

The bakers of Lindholm ended their strike on Sunday. Their union had asked for longer nights.

> We sleep again, said the baker Tomas Orly.
"""
FERRY = """\
Night ferry to Vell stops

The night ferry between Orsa and Vell will stop in October. Only 12 passengers a night took it.
"""
HEADLINES = {
    "Clock tower of Brenning opens again after nine years",
    "Bakers of Lindholm end their strike",
    "Night ferry to Vell stops",
}


def write_articles(folder: Path) -> Path:
    """Writes the three into a folder, which it returns."""
    (folder / "clock-tower.txt").write_text(CLOCK_TOWER)
    (folder / "bakers.md").write_text(BAKERS)
    (folder / "ferry.txt").write_text(FERRY)
    return folder

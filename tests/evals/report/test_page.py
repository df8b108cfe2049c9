"""The file: whole, the same each time, and escaped."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from evals.report import write_report
from evals.types import Run
from tests.evals.report.made import DOCUMENTS, NEWS, RIGHT, SCORED, made_run


def written(run: Run, folder: Path) -> str:
    path = folder / "report.html"
    write_report(run, path)
    return path.read_text("utf-8")


def test_the_same_run_makes_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    write_report(made_run(), first)
    write_report(made_run(), second)
    assert first.read_bytes() == second.read_bytes()


def test_nothing_is_loaded_from_elsewhere(tmp_path: Path) -> None:
    page = written(made_run(), tmp_path)
    shell = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.S)
    assert not re.search(r"""\bsrc=|url\(|@import|https?://|<link""", shell)
    assert "default-src &#39;none&#39;" in page


def test_names_are_escaped(tmp_path: Path) -> None:
    page = written(made_run(), tmp_path)
    assert "odd &lt;i&gt;names&lt;/i&gt; &amp; more" in page
    assert "<i>names" not in page
    assert "<b>hostile" not in page


def test_errors_are_counted_and_lead_to_them(tmp_path: Path) -> None:
    page = written(made_run(), tmp_path)
    assert '<p class="errors">1 of 13 questions, counted for each\nsystem, failed' in page
    assert 'href="#suite=news&amp;system=plain+LlamaIndex&amp;outcome=error">1 failed<' in page


def test_without_errors_it_says_so(tmp_path: Path) -> None:
    summaries = [replace(summary, errors=0) for summary in made_run().summaries]
    page = written(Run(summaries, SCORED, DOCUMENTS), tmp_path)
    assert "No question failed with an error." in page
    assert 'class="errors"' not in page.partition("<noscript>")[0]


def test_it_says_where_samples_are_left_out(tmp_path: Path) -> None:
    page = written(replace(made_run(), scored=[RIGHT] * 1001), tmp_path)
    told = "article-qa: 1,000 of 1,001 are shown,\nfailures first; all are in samples.jsonl."
    assert f"<li>{NEWS}, {told}</li>" in page


def test_a_folder_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_report(made_run(), tmp_path / "missing" / "report.html")

"""How good the answers are: a floor under the figures that the README shows."""

from pathlib import Path

import pytest

from evals.answers import ask_all, summarize


@pytest.mark.usefixtures("encoder")
def test_answers_on_the_packaged_article_do_not_get_worse(tmp_path: Path) -> None:
    asked = ask_all("us-russia-talks-2022-01-10", "test", tmp_path)
    figures = summarize(asked)
    assert figures["quotes exact"] == 1
    assert figures["passage hit@1"] > 0.75
    assert figures["right where answered"] > 0.8
    assert figures["refused"] > 0.55
    assert figures["AUROC"] > 0.65

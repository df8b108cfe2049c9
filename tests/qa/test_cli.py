import json
import os
import runpy
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import qa
from qa.cli import app
from tests.qa.articles import FERRY, write_articles
from tests.qa.llm.scripted import refuses, scripted
from tests.qa.llm.writing import SUPPORTED, WRONG, writes
from tests.qa.processes import run_python

pytestmark = pytest.mark.usefixtures("encoder")

NATO = "what did Ryabkov say about NATO?"
ARTICLE = {
    "title": "Clock tower of Brenning opens again after nine years",
    "url": "https://news.example/brenning-clock-tower",
    "published": "2023-05-04",
}
REPAIRS = "How much did the repairs cost?"
NOT_IN_THE_ARTICLES = "who won the election?"
HEAVY = {"gradio", "llama_index", "sentence_transformers", "torch", "transformers"}
"""What takes seconds to import, and asking does not need."""

ENTRIES = {
    "python -m qa": "import runpy; runpy.run_module('qa', run_name='__main__')",
    "article-qa": "sys.argv.insert(1, 'ask'); import index.command_line as c; c.main()",
}


def _ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_an_answer_is_printed_with_each_quote_and_where_it_is_from(news_directory: Path) -> None:
    run = _ask(REPAIRS, "--index", news_directory)
    assert run.exit_code == 0
    assert run.stdout.splitlines() == [
        "14 million euros [1] – The repairs cost 14 million euros, twice as much as planned. [1]",
        "(very likely what you asked for)",
        "",
        '[1] "The repairs cost 14 million euros, twice as much as planned."',
        "    Clock tower of Brenning opens again after nine years · 2023-05-04 · "
        "https://news.example/brenning-clock-tower",
    ]


def test_a_quote_without_url_and_date_is_printed_with_its_source(tmp_path: Path) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text(FERRY)
    run = _ask("When will the night ferry stop?", source)
    assert run.stdout.splitlines()[4] == f"    Night ferry to Vell stops · {source}"


def test_to_abstain_prints_the_closest_passages_and_is_no_error(news_directory: Path) -> None:
    run = _ask(NOT_IN_THE_ARTICLES, "--index", news_directory)
    assert run.exit_code == 0
    assert run.stdout.startswith(
        "The articles do not say.\n\nSearched: all 3 articles.\n\nThe closest passages:\n[1] "
    )


def test_json_is_one_object_with_all_of_the_answer(news_directory: Path) -> None:
    printed = json.loads(_ask(REPAIRS, "--json", "--index", news_directory).stdout)
    with qa.open(index_dir=news_directory) as articles:
        answer = articles.ask(REPAIRS)
        (citation,) = answer.citations
    assert printed.pop("timings").keys() == {"retrieve", "read", "total"}
    assert printed == {
        "question": REPAIRS,
        "standalone_question": REPAIRS,
        "text": answer.text,
        "short": {
            "number": 1,
            "quote": "14 million euros",
            "start": citation.start + len("The repairs cost "),
            "end": citation.start + len("The repairs cost 14 million euros"),
            "speaker": None,
            "score": citation.score,
            "article": ARTICLE | {"id": citation.article_id, "source": citation.source},
        },
        "answered": True,
        "confidence": answer.confidence,
        "citations": [
            {
                "number": 1,
                "quote": "The repairs cost 14 million euros, twice as much as planned.",
                "start": citation.start,
                "end": citation.end,
                "speaker": None,
                "score": citation.score,
                "article": ARTICLE | {"id": citation.article_id, "source": citation.source},
            }
        ],
        "closest": [],
        "searched": {"articles": 3, "held": 3},
        "left_out": [],
        "mode": "extractive",
        "notice": None,
    }


def test_json_timings_are_seconds(news_directory: Path) -> None:
    timings = json.loads(_ask(REPAIRS, "--json", "--index", news_directory).stdout)["timings"]
    assert 0 < timings["retrieve"] + timings["read"] <= timings["total"] + 1e-6 < 60


def test_json_of_an_abstention_has_the_closest_passages(news_directory: Path) -> None:
    run = _ask(NOT_IN_THE_ARTICLES, "--json", "--index", news_directory)
    printed = json.loads(run.stdout)
    assert run.exit_code == 0
    assert (printed["answered"], printed["citations"]) == (False, [])
    assert [closest["number"] for closest in printed["closest"]] == [1, 2, 3]


def test_json_of_an_article_without_date_and_url_has_null(tmp_path: Path) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text(FERRY)
    printed = json.loads(_ask("When will the night ferry stop?", source, "--json").stdout)
    article = printed["citations"][0]["article"]
    assert (article["published"], article["url"]) == (None, None)


def test_without_sources_the_packaged_article_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert "flat and plan no" in _ask(NATO).stdout


def test_several_sources_are_asked(tmp_path: Path) -> None:
    write_articles(tmp_path)
    run = _ask("what is the headline?", tmp_path / "ferry.txt", tmp_path / "bakers.md")
    assert run.exit_code == 0
    assert "Night ferry to Vell stops" in run.stdout
    assert "Bakers of Lindholm end their strike" in run.stdout


def test_a_folder_with_a_bad_file_is_answered_and_the_bad_one_told(tmp_path: Path) -> None:
    write_articles(tmp_path)
    bad = tmp_path / "broken.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    run = _ask(REPAIRS, tmp_path)
    assert run.exit_code == 2
    assert "14 million euros" in run.stdout
    told, count = run.stderr.splitlines()
    assert told.startswith(f"article-qa: {bad}: ")
    assert count == "article-qa: 1 could not be read"


@pytest.mark.parametrize("question", ["", "?!", "why " * 501, "what\x07now", "caf\udce9"])
def test_what_cannot_be_asked_is_one_line_and_status_2(
    bundled_directory: Path, question: str
) -> None:
    run = _ask(question, "--index", bundled_directory)
    assert (run.exit_code, run.stdout) == (2, "")
    (line,) = run.stderr.splitlines()
    assert line.startswith("article-qa: the question ")


def test_a_missing_source_is_one_line_and_status_2(tmp_path: Path) -> None:
    run = _ask("who?", tmp_path / "missing.txt")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == (
        f"article-qa: {tmp_path / 'missing.txt'}: there is no such file or folder\n"
    )


def test_the_package_runs_as_a_program(
    bundled_directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["qa", NATO, "--index", str(bundled_directory)])
    with pytest.raises(SystemExit) as end:
        runpy.run_module("qa", run_name="__main__")
    assert end.value.code == 0
    assert "flat and plan no" in capsys.readouterr().out


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_asking_is_quick_and_imports_nothing_heavy(bundled_directory: Path, entry: str) -> None:
    program = f"""
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
{entry}
"""
    before = os.times()
    run = run_python("-c", program, NATO, "--index", str(bundled_directory))
    after = os.times()
    assert "flat and plan no" in run.stdout
    assert not HEAVY & set(run.stderr.split())
    # Of the processor, since this machine may have others to serve.
    assert after.children_user + after.children_system < (
        before.children_user + before.children_system + 5
    )


def test_what_cannot_be_asked_shows_no_traceback(bundled_directory: Path) -> None:
    run = run_python("-m", "qa", "caf\udce9", "--index", str(bundled_directory))
    assert run.returncode == 2
    assert run.stderr == "article-qa: the question holds a control character (U+DCE9); remove it\n"


def test_a_reader_is_named(news_directory: Path) -> None:
    plain = json.loads(
        _ask(REPAIRS, "--json", "--reader", "none", "--index", news_directory).stdout
    )
    assert plain["short"] is None
    assert (
        plain["confidence"]
        != json.loads(_ask(REPAIRS, "--json", "--index", news_directory).stdout)["confidence"]
    )


def test_a_reader_that_is_not_there_is_told_in_one_line(news_directory: Path) -> None:
    run = _ask(REPAIRS, "--reader", "nobody/nothing", "--index", news_directory)
    assert run.exit_code == 2
    [line] = run.stderr.splitlines()
    assert line.startswith("article-qa: nobody/nothing: ")


def test_a_language_model_of_a_server_answers(bundled_directory: Path) -> None:
    with scripted(writes(SUPPORTED, WRONG)) as server:
        options = ["--llm", "small", "--llm-base-url", server.base_url]
        run = _ask(NATO, "--index", bundled_directory, *options)
    assert run.exit_code == 0
    assert run.stdout.startswith(f"{SUPPORTED[0]} [1]\n(written by small, each statement checked")
    assert f"Left out by the checks:\n- {WRONG[0]} (" in run.stdout
    assert run.stderr == ""


def test_a_language_model_is_named_by_the_environment_too(
    bundled_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted(refuses(401)) as server:
        monkeypatch.setenv("ARTICLE_QA_LLM_MODEL", "small")
        monkeypatch.setenv("ARTICLE_QA_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("ARTICLE_QA_LLM_API_KEY", "s3cret")
        printed = json.loads(_ask(NATO, "--json", "--index", bundled_directory).stdout)
    assert server.exchanges[0].headers["Authorization"] == "Bearer s3cret"
    assert printed["mode"] == "extractive"
    assert "refused the key" in printed["notice"]
    assert "s3cret" not in json.dumps(printed)


def test_a_language_model_without_a_server_is_one_clear_line(bundled_directory: Path) -> None:
    run = _ask(NATO, "--index", bundled_directory, "--llm", "small")
    assert run.exit_code == 2
    assert run.stdout == ""
    assert "the language model small has no base URL" in run.stderr

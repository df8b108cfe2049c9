"""Nothing of the project reaches for the network, unless a model is named that is not here."""

from pathlib import Path

from tests.qa.processes import run_python


def test_the_first_question_of_a_new_user_needs_no_network(tmp_path: Path) -> None:
    program = """
import atexit, sys, sitecustomize
atexit.register(lambda: print("refused:", sitecustomize.refused, file=sys.stderr))
import qa.__main__
"""
    run = run_python(
        *("-c", program, "what did Ryabkov say about NATO?"),
        XDG_CACHE_HOME=str(tmp_path / "cache"),
        XDG_DATA_HOME=str(tmp_path / "data"),
    )
    assert "flat and plan no" in run.stdout
    assert run.stderr.endswith("refused: []\n")
    assert list(tmp_path.glob("cache/article-qa/encoders/*/graph.onnx"))
    assert list(tmp_path.glob("data/article-qa/index/passages.sqlite"))
    # ONNX Runtime would prepare its reports there; what it sends does not pass through Python.
    assert [folder.name for folder in (tmp_path / "cache").iterdir()] == ["article-qa"]


def test_what_reaches_for_the_network_is_refused_and_noted() -> None:
    program = """
import sitecustomize, urllib.request
try:
    urllib.request.urlopen("http://192.0.2.1/", timeout=5)
finally:
    print(sitecustomize.refused)
"""
    run = run_python("-c", program)
    assert run.stdout == "[\"getaddrinfo of '192.0.2.1'\"]\n"
    assert "NetworkRefusedError: getaddrinfo of '192.0.2.1'" in run.stderr

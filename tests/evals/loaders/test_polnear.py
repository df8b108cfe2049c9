"""Files of PolNeAR's attributions."""

import json
from pathlib import Path

import pytest

from evals.loaders.polnear import load_attributions, load_polnear
from index.errors import SourceError
from index.types import Attribution, Span
from tests.evals.made import span_of

TEXT = """Council votes on bridge

Ms Orr said “the old bridge will open again in May,” and left.

He said that nobody had asked the council for more money.

Aides told the town’s paper that the aides knew nothing of it.

“Costs rose,” Mayor Lund said, “and they will rise again next year.”
"""
ORR = ("Ms Orr", "said", "“the old bridge will open again in May,”")
HE = ("He", "said", "that nobody had asked the council for more money")
AIDES = ("Aides", "told", "that the aides knew nothing of it")

Made = dict[str, list[list[int]]]


def made(source: str, cue: str, *contents: str) -> Made:
    spans = {"source": [source] if source else [], "cue": [cue], "content": contents}
    return {name: [list(span_of(each, TEXT)) for each in found] for name, found in spans.items()}


def written(folder: Path, *attributions: Made, copies: int = 1) -> Path:
    path = folder / "council.jsonl"
    rows = [{"id": f"a{n}", "text": TEXT, "attributions": attributions} for n in range(copies)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def questions(path: Path) -> list[str]:
    return [sample.question for sample in load_polnear(path).samples]


def test_attributions(tmp_path: Path) -> None:
    [(document, attributions)] = load_attributions(
        written(tmp_path, made(*ORR), made("", "said", "Costs rose", "and they will rise"))
    )
    assert (document.key, document.text) == ("a0", TEXT)
    assert document.title == "Council votes on bridge"
    assert len(document.paragraphs) == 5
    source, cue, content = (span_of(words, TEXT) for words in ORR)
    assert attributions == [
        Attribution((source,), (cue,), (content,)),
        Attribution((), (cue,), (span_of("Costs rose", TEXT), span_of("and they will rise", TEXT))),
    ]
    assert all(isinstance(span, Span) for each in attributions for span in each.spans)


def test_it_is_asked_who_said_it(tmp_path: Path) -> None:
    loaded = load_polnear(written(tmp_path, made(*ORR)))
    [sample] = loaded.samples
    assert loaded.name == "council"
    assert loaded.tasks == {"retrieval", "answers"}
    assert sample.question == 'Who said "the old bridge will open again in May"?'
    assert (sample.kind, sample.within, sample.answerable) == ("who-said", None, True)
    assert sample.answers == sample.speaker == ("Ms Orr",)
    [evidence] = sample.evidence
    assert evidence.article == "a0"
    assert TEXT[evidence.start : evidence.end] == ORR[2]


@pytest.mark.parametrize(
    "unasked",
    [
        made(*HE),
        made(*AIDES),
        made("", *ORR[1:]),
        made("Ms Orr", "said", "again in May"),
        made("Mayor Lund", "said", "Costs rose", "and they will rise again next year"),
        made("Ms Orr", "said", "again in May,” and left.\n\nHe said that nobody"),
    ],
    ids=["a pronoun", "no name", "nobody", "too short", "in two pieces", "in two paragraphs"],
)
def test_what_is_not_asked(tmp_path: Path, unasked: Made) -> None:
    assert questions(written(tmp_path, unasked)) == []


def test_what_is_too_long_is_not_asked(tmp_path: Path) -> None:
    def asked(words: int) -> int:
        text = "Ms Orr said " + "so " * words
        end = len(text) - 1
        spans = {"source": [[0, 6]], "cue": [[7, 11]], "content": [[12, end]]}
        path = tmp_path / "long.jsonl"
        path.write_text(json.dumps({"id": "a", "text": text, "attributions": [spans]}))
        return len(questions(path))

    assert [asked(words) for words in (5, 6, 40, 41)] == [0, 1, 1, 0]


def test_the_same_words_are_asked_about_once(tmp_path: Path) -> None:
    loaded = load_polnear(written(tmp_path, made(*ORR), made(*ORR), copies=2))
    assert [document.key for document in loaded.documents] == ["a0", "a1"]
    assert [sample.id for sample in loaded.samples] == [f"a0:{span_of(ORR[2], TEXT).start}"]


@pytest.mark.parametrize("span", [[5, 5], [-3, 2], [4, len(TEXT) + 1]])
@pytest.mark.parametrize("field", ["source", "cue", "content"])
def test_a_span_that_is_not_in_the_text_is_refused(
    tmp_path: Path, field: str, span: list[int]
) -> None:
    path = written(tmp_path, made(*ORR), made(*ORR) | {field: [span]})
    fault = rf"council.jsonl: line 1: \[{span[0]}, {span[1]}\] is no stretch"
    with pytest.raises(SourceError, match=fault):
        load_polnear(path)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"id": "a", "text": TEXT}, "attributions: Field required"),
        ({"id": "a", "text": 1, "attributions": []}, "text: Input should be a valid string"),
        (
            {"id": "a", "text": TEXT, "attributions": [made(*ORR) | {"cue": [[1]]}]},
            "attributions.0.cue.0.1: Field required",
        ),
    ],
)
def test_another_format_is_refused(tmp_path: Path, row: object, fault: str) -> None:
    path = written(tmp_path, made(*ORR))
    path.write_text(f"{path.read_text('utf-8')}\n{json.dumps(row)}", encoding="utf-8")
    with pytest.raises(SourceError, match=f"council.jsonl: line 2: {fault}"):
        load_attributions(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing.jsonl: No such file"):
        load_polnear(tmp_path / "missing.jsonl")

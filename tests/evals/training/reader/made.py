"""Texts and questions about them, and tiny files in the formats that the training reads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hypothesis import strategies as st
from tokenizers import Tokenizer

from evals.training.reader.noise import without_marks
from evals.training.reader.texts import Answer, Asked, Sentence, Text, sentence_maker
from index.model import PACKAGED_MODEL, locate_model

TOKENIZER: Tokenizer = Tokenizer.from_file(
    str(locate_model(PACKAGED_MODEL).folder / "tokenizer.json")
)
TOKENIZER.no_padding()
TOKENIZER.no_truncation()
MAKE = sentence_maker(TOKENIZER)

PIER = "The pier at Lund will close in March. Mayor Orr said the repairs will cost 90 crowns."
FERRY = "The ferry to Brack sails at noon. Captain Moe said the ferry is never late."

SPEECHES = "Mayor Orr said that the pier would close in March. Ms Moe said that tickets cost more."


def text_of(*paragraphs: Sequence[str], group: str = "harbour") -> Text:
    """A text of paragraphs of sentences."""
    ranges: list[range] = []
    for own in paragraphs:
        first = ranges[-1].stop if ranges else 0
        ranges.append(range(first, first + len(own)))
    sentences = tuple(MAKE(sentence) for own in paragraphs for sentence in own)
    return Text(group, sentences, tuple(ranges))


def asked_of_text(question: str, text: Text, words: str, *evidence: int) -> Asked:
    """A question that the first sentence of the evidence answers with these words."""
    start = text.sentences[evidence[0]].text.index(words)
    answer = Answer(evidence[0], start, start + len(words))
    return Asked(question, text, frozenset(evidence), answer)


def same_words(found: str, expected: str) -> bool:
    """Whether two texts are the same but for case, spaces and marks: a tokenizer keeps no more."""
    first, second = ("".join(without_marks(each).lower().split()) for each in (found, expected))
    return first == second


def words_of(answer: Answer, sentences: Sequence[Sentence]) -> str:
    """The words of an answer."""
    return sentences[answer.sentence].text[answer.start : answer.end]


_WORDS = (
    "pier Orr “May don’t the town’s bridge, 4,200 ferry.” ‘quay’ '' harbourmaster's \"Lund "
    "unrepaired closed? no”thing and"
).split()


@st.composite
def asked_ones(draw: st.DrawFn) -> Asked:
    """Questions on texts whose sentences begin with their number, the answer anywhere in one."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    count = sum(sizes)
    inner = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=9)
    bodies = draw(st.lists(inner, min_size=count, max_size=count))
    numbered = iter([" ".join([str(i), *body]) for i, body in enumerate(bodies)])
    text = text_of(*[[next(numbered) for _ in range(size)] for size in sizes])
    evidence = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=3))
    place = draw(st.sampled_from(sorted(evidence)))
    words = text.sentences[place].text.split(" ")
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    start = len(" ".join([*words[:first], ""]))
    answer = Answer(place, start, len(" ".join(words[: last + 1])))
    question = " ".join(["Who", *draw(inner)]) + "?"
    return Asked(question, text, frozenset(evidence), answer)


def squad_question(name: str, question: str, context: str, answer: str) -> dict[str, object]:
    """A question in SQuAD's format; one without an answer is impossible."""
    found = [{"text": answer, "answer_start": context.index(answer)}] if answer else []
    return {"id": name, "question": question, "answers": found, "is_impossible": not answer}


def write_squad(
    path: Path, articles: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]]
) -> None:
    """Writes questions with their answers, by title and paragraph, in SQuAD's format."""

    def paragraphs(title: str) -> Iterator[dict[str, object]]:
        for context, asked in articles[title].items():
            qas = [squad_question(question, question, context, a) for question, a in asked]
            yield {"context": context, "qas": qas}

    data = [{"title": title, "paragraphs": list(paragraphs(title))} for title in articles]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": "made", "data": data}), encoding="utf-8")


def write_attributions(path: Path, text: str, *attributions: tuple[str, str, str]) -> None:
    """Writes an article with who says what in it, in PolNeAR's format."""
    spans = [
        {
            part: [[text.index(words), text.index(words) + len(words)]]
            for part, words in zip(("source", "cue", "content"), each, strict=True)
        }
        for each in attributions
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"id": path.stem, "text": text, "attributions": spans}), "utf-8")


def write_politics(path: Path) -> Path:
    """Writes questions by positions about the article that ``write_public_data`` writes."""
    rows: list[dict[str, object]] = [
        {"question": "Why would anyone pay Ms Moe?", "kind": "made"},
        {
            "question": "When is the pier shut, says the mayor?",
            "kind": "made",
            "evidence": [[0, SPEECHES.index(" Ms")]],
            "answer": [SPEECHES.index("March"), SPEECHES.index(". Ms")],
        },
    ]
    lines = (json.dumps({"article": "train", **row}) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def write_public_data(folder: Path, title: str) -> None:
    """Writes a little of each public data set, where the recipe looks for it.

    Args:
        folder: What is given as the folder of the data.
        title: Of the first article of SQuAD 2.
    """
    pier = [("When will the pier at Lund close?", "March"), ("Who opened the pier?", "")]
    ferry = [("When does the ferry sail?", "noon"), ("Who said the ferry is never late?", "Moe")]
    squad2 = {title: {PIER: pier}, "Not trained on": {FERRY: ferry}}
    write_squad(folder / "squad2" / "dev-v2.0-part.json", squad2)
    both = {"Harbour": {PIER: pier[:1], FERRY: ferry}}
    write_squad(folder / "squadshifts" / "new_wiki.json", both)
    write_squad(folder / "squadshifts" / "reddit.json", both)
    write_attributions(
        folder / "polnear" / "train.jsonl",
        SPEECHES,
        ("Mayor Orr", "said", "that the pier would close in March"),
        ("Ms Moe", "said", "that tickets cost more"),
    )

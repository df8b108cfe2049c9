"""What this project does, one task a process: ``python -m evals.bench.ours TASK FOLDER PASSAGES``.

The tasks of a corpus are run in the order in which they stand here.
"""

import shutil
from pathlib import Path

from evals.bench.made_text import made_articles, made_questions
from evals.bench.process import (
    EMBEDDED_FILE,
    INDEX,
    PASSAGES_FILE,
    QUESTIONS_FILE,
    WARMING,
    Clock,
    Figures,
    build_rounds,
    measure_asking,
    peak_memory,
    read_texts,
    run_task,
    size_on_disk,
    write_texts,
)
from index.article_index import ArticleIndex
from index.chunking import chunk
from index.encoder import load_encoder
from qa.service import ArticleQA

_QUESTIONS = 100


def texts(folder: Path, passages: int) -> Figures:
    """Writes the texts that ``build`` embeds, and the questions. Exports the model, too."""
    encoder = load_encoder()
    cut: list[str] = []
    embedded: list[str] = []
    for document in made_articles(passages):
        text = document.text
        spans = chunk(document, encoder.count_tokens, encoder.max_tokens)
        own = [text[span.start : span.end] for span in spans]
        sentences = [text[s.start : s.end] for span in spans for s in span.sentences]
        cut += own
        embedded += dict.fromkeys(own + sentences)
    folder.mkdir(parents=True)
    write_texts(folder / PASSAGES_FILE, cut)
    write_texts(folder / EMBEDDED_FILE, embedded)
    write_texts(folder / QUESTIONS_FILE, made_questions(WARMING + _QUESTIONS))
    return {"passages": len(cut), "texts": len(embedded), "vector": 4 * encoder.dimension}


def build(folder: Path, passages: int) -> Figures:
    """Builds the index."""
    directory, clock = folder / INDEX, Clock()
    documents = made_articles(passages)
    for _ in range(build_rounds(passages)):
        shutil.rmtree(directory, ignore_errors=True)
        index = ArticleIndex.open(directory, create=True)
        index.encoder.encode(["This loads the model."])
        with clock.timed(), index:
            for document in documents:
                index.add(document)
    return {
        "build": passages / clock.p50,
        "peak": peak_memory(),
        "disk": size_on_disk(directory) / passages,
    }


def ask(folder: Path, passages: int) -> Figures:  # noqa: ARG001 - every task takes both
    """Asks the questions."""
    questions = read_texts(folder / QUESTIONS_FILE)
    with ArticleQA(ArticleIndex.open(folder / INDEX)) as articles:
        return measure_asking(questions, articles.index.encoder.encode_question, articles.ask)


if __name__ == "__main__":
    run_task([texts, build, ask])

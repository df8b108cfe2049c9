"""``qa.open``: from sources, or from an index that is there, to something that answers."""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.article_index import ArticleIndex
from index.encoder import OnnxEncoder, load_encoder
from index.errors import SourceError
from index.ingestion import add_sources
from index.locations import cached_index_directory, default_index_directory
from index.readers import Source, bundled_document, source_name
from index.sentences import split_paragraphs
from index.types import Document, Original, Progress, Span
from qa.llm.model import open_model
from qa.question import check_question
from qa.reading.readers import reader_maker
from qa.service import ArticleQA
from qa.types import Answer

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from qa.llm.settings import LlmSettings


def open(  # noqa: A001 - qa.open is the API's name
    sources: Source | Sequence[Source] | None = None,
    *,
    index_dir: str | Path | None = None,
    model: str | None = None,
    reader: str | None = None,
    llm: "LlmSettings | LLM | None" = None,
    progress: Progress | None = None,
) -> ArticleQA:
    """Opens articles to ask about.

    Args:
        sources: A file, a folder, a web address, text as ``pasted`` takes it, or a list of them.
            They are read again each time; only what changed is embedded. None: what is in the
            index already, which where there is none is the packaged article.
        index_dir: Where the index is. None: with sources, one in the user's cache directory
            that holds these sources and nothing else; without, the user's own index.
        model: The embedding model, by folder or Hugging Face name. None: the index's own, and
            for a new index the packaged all-MiniLM-L6-v2.
        reader: What chooses the sentences that answer. None: the project's own reader. "none":
            similarity and shared words alone. Or a cross-encoder or question-answering model, by
            folder or Hugging Face name.
        llm: The language model that writes the answers, each statement of which is checked
            before it is shown: one behind a server, or any ``LLM`` of LlamaIndex. None: answers
            are made of quotations.
        progress: Told how many of an article's texts are embedded, and how many there are.

    Returns:
        Something to ask. Its ``skipped`` has the sources that could not be read.

    Raises:
        SourceError: None of the sources can be read.
        IndexStateError: The index is damaged, or of another format or model.
        ModelError: The model is missing or damaged.
        LlmError: The language model cannot be used.
    """
    written_by = open_model(llm) if llm else None
    make = reader_maker(reader)
    if sources is None:
        index = (
            ArticleIndex.open(Path(index_dir), model=model)
            if index_dir is not None
            else _own_index(model, progress)
        )
        return ArticleQA(index, reader=make(index.term_weights), llm=written_by)
    named = [sources] if isinstance(sources, str | Path | Original) else list(sources)
    if not named:
        raise SourceError("[]: no source was named")
    directory = Path(index_dir or cached_index_directory(list(map(source_name, named)), model))
    index, skipped = _open_sources(named, directory, model, progress, mirror=index_dir is None)
    return ArticleQA(index, reader=make(index.term_weights), llm=written_by, skipped=skipped)


def read(question: str, passages: Sequence[str], *, reader: str | None = None) -> Answer:
    """Answers a question from these texts alone, for those who have their own retrieval.

    Args:
        question: In natural language, at most 2,000 characters.
        passages: In any order. Citations count from the start of the passage that they name by
            its place: ``source`` is "passage 1" for the first.
        reader: See ``open``.

    Raises:
        QuestionError: The question is empty, only punctuation, too long or no text.
        SourceError: There is no passage with a word in it, or one cannot be read as text.
        ModelError: The reader is missing or damaged.
    """
    check_question(question)
    if isinstance(passages, str):
        raise SourceError("passages: it is one text; give a list of texts, if of one only")
    _kept_encoder()
    make = reader_maker(reader)
    with (
        tempfile.TemporaryDirectory() as folder,
        ArticleIndex.open(Path(folder), create=True) as index,
    ):
        for number, text in enumerate(passages, start=1):
            if document := _passage_document(f"passage {number}", text):
                index.add(document)
        if index.is_new():
            raise SourceError("passages: none of them has a word in it")
        return ArticleQA(index, reader=make(index.term_weights)).ask(question)


def _passage_document(name: str, text: str) -> Document | None:
    paragraphs = tuple(split_paragraphs(text, Span(0, len(text))))
    return Document(name, name, text, name, paragraphs) if paragraphs else None


@cache
def _kept_encoder() -> OnnxEncoder:
    """Keeps the encoder loaded from one call of ``read`` to the next."""
    return load_encoder()


def _own_index(model: str | None, progress: Progress | None) -> ArticleIndex:
    """The user's own index, begun with the packaged article."""
    index = ArticleIndex.open(default_index_directory(), model=model, create=True)
    if index.is_new():
        index.add(bundled_document(), progress)
        index.save()
    return index


def _open_sources(
    sources: Sequence[Source],
    directory: Path,
    model: str | None,
    progress: Progress | None,
    *,
    mirror: bool,
) -> tuple[ArticleIndex, list[SourceError]]:
    """Adds what the sources hold; where the index mirrors them, removes what they lack."""
    with ExitStack() as until_opened:
        index = ArticleIndex.open(directory, model=model, create=True)
        until_opened.callback(index.close)
        added = list(add_sources(index, sources, progress))
        keys = {one.key for one in added if not isinstance(one, SourceError)}
        skipped = [one for one in added if isinstance(one, SourceError)]
        if not keys:
            if mirror and index.is_new():
                shutil.rmtree(directory, ignore_errors=True)
            raise skipped[0]
        if mirror:
            for key in {article.key for article in index.articles()} - keys:
                index.remove(key)
        index.save()
        until_opened.pop_all()
    return index, skipped
